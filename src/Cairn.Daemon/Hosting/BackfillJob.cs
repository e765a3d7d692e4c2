using Cairn.Engine;
using Cairn.Engine.Capture.Transcripts;

namespace Cairn.Daemon.Hosting;

/// <summary>The one backfill that may run, beside the doors and behind what agents send meanwhile.</summary>
internal sealed class BackfillJob(CairnEngine engine, LiveSettings settings, TranscriptQueue live, IHostApplicationLifetime lifetime, TimeProvider time) : IDisposable
{
    // Few enough that a session that ends now waits for its memories no longer than these take.
    private const int MostWaitingBatches = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan LiveFor = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;

    /// <summary>Begins; false when one runs already.</summary>
    public bool TryStart(BackfillScope scope)
    {
        lock (_gate)
        {
            if (!_running.IsCompleted)
            {
                return false;
            }

            _stop?.Dispose();
            _stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
            var (rules, ct) = (HookHandler.ReadRules(settings.For(HookHandler.NoEnvironment)), _stop.Token);
            engine.Backfill.Begin();
            _running = Task.Run(() => engine.Backfill.RunAsync(scope, rules, GiveWayAsync, ct), CancellationToken.None);
            return true;
        }
    }

    /// <summary>Stops it, and waits until it has.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        Task running;
        lock (_gate)
        {
            _stop?.Cancel();
            running = _running;
        }

        await running.WaitAsync(ct);
    }

    public void Dispose() => _stop?.Dispose();

    private async Task GiveWayAsync(CancellationToken ct)
    {
        engine.Batches.Wake();
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < LongestWait
            && (live.SinceLive < LiveFor || await engine.CountWaitingAsync(ct) > MostWaitingBatches))
        {
            await Task.Delay(Pause, time, ct);
        }
    }
}
