using Cairn.Core.Spool;
using Cairn.Engine;

namespace Cairn.Daemon.Hosting;

/// <summary>Compares what is stored with what the agents' own files say, beside the doors and after them.</summary>
internal sealed partial class TranscriptService(
    TranscriptQueue queue, SpoolReader spool, CairnEngine engine, IHostApplicationLifetime lifetime, ILogger<TranscriptService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.AnsweringAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var waiting = await queue.TakeAsync(stoppingToken);
            try
            {
                await CompareAsync(waiting, stoppingToken);
            }
            catch (Exception problem) when (problem is StoreUnavailableException or IOException or UnauthorizedAccessException)
            {
                LogPutOff(problem.GetType().Name);
                queue.Again(waiting);
            }
        }
    }

    private async Task CompareAsync(WaitingTranscript waiting, CancellationToken ct)
    {
        // What hooks told comes first: it says more of some events than the file does.
        if (spool.List().Any())
        {
            queue.Again(waiting);
            return;
        }

        var reading = await engine.Reconcile.RunAsync(waiting.Agent, waiting.Path, waiting.Ended, waiting.Rules, waiting.Environment, ct);
        if (reading.Stored > 0)
        {
            engine.Batches.Wake();
        }

        if (!reading.Complete)
        {
            queue.Again(waiting);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A transcript is compared later ({Problem})")]
    private partial void LogPutOff(string problem);
}
