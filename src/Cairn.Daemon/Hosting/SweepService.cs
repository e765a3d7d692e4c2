using Cairn.Core.Configuration;
using Cairn.Engine;
using Cairn.Engine.Jobs;

namespace Cairn.Daemon.Hosting;

/// <summary>Sweeps every so often, by the settings as they are then.</summary>
internal sealed partial class SweepService(
    CairnEngine engine, LiveSettings settings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SweepService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.AnsweringAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var reader = settings.For(HookHandler.NoEnvironment);
            engine.Batches.Rules = new BatchRules(
                TimeSpan.FromMilliseconds(reader.Get(Settings.StuckBatch)), reader.Get(Settings.MaxAttempts));
            await Task.Delay(IntervalOf(reader), time, stoppingToken);
            await SweepAsync(RulesOf(reader), stoppingToken);
        }
    }

    private async Task SweepAsync(SweepRules rules, CancellationToken ct)
    {
        try
        {
            await engine.Sweep.RunAsync(rules, ct);
        }
        catch (StoreUnavailableException problem)
        {
            LogWaiting(problem.Message);
        }
    }

    /// <summary>What a sweep does by these settings.</summary>
    public static SweepRules RulesOf(SettingsReader reader) => new(
        QuietOf(reader), reader.Get(Settings.SweeperLimit), TimeSpan.FromMilliseconds(reader.Get(Settings.Retention)));

    private static TimeSpan? QuietOf(SettingsReader reader)
    {
        int?[] waits =
        [
            reader.Get(Settings.Sweeper) ? reader.Get(Settings.SweeperIdle) : null,
            reader.Get(Settings.AutoFlush) ? reader.Get(Settings.Debounce) : null,
        ];
        return waits.Min() is { } shortest ? TimeSpan.FromMilliseconds(shortest) : null;
    }

    /// <summary>How long it sleeps between two sweeps: a short debounce does not wait for a long interval.</summary>
    public static TimeSpan IntervalOf(SettingsReader reader)
    {
        var interval = reader.Get(Settings.SweeperInterval);
        return TimeSpan.FromMilliseconds(
            reader.Get(Settings.AutoFlush) ? Math.Clamp(reader.Get(Settings.Debounce), 1_000, interval) : interval);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep waits for the store: {Reason}")]
    private partial void LogWaiting(string reason);
}
