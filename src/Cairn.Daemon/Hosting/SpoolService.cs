using Cairn.Core.Files;
using Cairn.Core.Hosting;
using Cairn.Core.Spool;
using Cairn.Engine;
using Cairn.Engine.Capture;

namespace Cairn.Daemon.Hosting;

/// <summary>
/// Takes in what clients could not deliver, in order: at the start, and whenever something lands. An event leaves the spool
/// only when it is stored; what can never be stored goes into quarantine.
/// </summary>
internal sealed partial class SpoolService(
    CairnPaths paths, SpoolReader spool, CairnEngine engine, HookHandler hooks, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SpoolService> log) : BackgroundService
{
    // Notifications of a file system can be lost; this is how long one event waits at the most because of that.
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _landed = new(0, 1);

    public override void Dispose()
    {
        _landed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.AnsweringAsync(stoppingToken);
        SafeFile.EnsurePrivateDirectory(paths.SpoolDirectory);
        using var watcher = new FileSystemWatcher(paths.SpoolDirectory, "*.json") { EnableRaisingEvents = true };
        watcher.Renamed += (_, _) => Wake();
        watcher.Created += (_, _) => Wake();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                spool.Recover();
                await DrainAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is StoreUnavailableException or IOException or UnauthorizedAccessException)
            {
                LogWaiting(problem.GetType().Name);
            }

            await SleepAsync(stoppingToken);
        }
    }

    private async Task DrainAsync(CancellationToken ct)
    {
        foreach (var name in spool.List())
        {
            if (spool.Read(name) is not { } envelope)
            {
                continue;
            }

            if (engine.FindAgent(envelope.Agent) is not { } agent)
            {
                spool.Quarantine(name, "the agent is not known to this version");
                continue;
            }

            if (!ProcessEnvironment.IsInternal(envelope.Environment))
            {
                var delivery = new Delivery(
                    EventOrigin.Spool, DateTimeOffset.FromUnixTimeMilliseconds(envelope.ObservedAtMs), envelope.Environment);
                await hooks.HandleAsync(agent, envelope.Payload, delivery, ct);
            }

            spool.Delete(name);
            LogTaken(name);
        }
    }

    private void Wake()
    {
        try
        {
            _landed.Release();
        }
        catch (Exception problem) when (problem is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake already, or stopping.
        }
    }

    private async Task SleepAsync(CancellationToken ct)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(LookAnyway, time, awake.Token), _landed.WaitAsync(awake.Token));
        await awake.CancelAsync();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Took {Name} in from the spool")]
    private partial void LogTaken(string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The spool waits ({Problem})")]
    private partial void LogWaiting(string problem);
}
