using Cairn.Engine;

namespace Cairn.Daemon.Hosting;

/// <summary>Runs the observers' work beside the doors, and lets go of it when the daemon stops.</summary>
internal sealed class BatchService(CairnEngine engine, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.AnsweringAsync(stoppingToken);
        await engine.Batches.RunAsync(stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await engine.Batches.ReleaseAsync(cancellationToken);
    }
}
