using Cairn.Engine;

namespace Cairn.Daemon.Hosting;

/// <summary>Runs the observers' work beside the doors, and lets go of it when the daemon stops.</summary>
internal sealed class BatchService(CairnEngine engine) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the thread that starts the host: the first query opens the database.
        await Task.Yield();
        await engine.Batches.RunAsync(stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await engine.Batches.ReleaseAsync(cancellationToken);
    }
}
