using Microsoft.Extensions.Logging;

namespace Cairn.Engine.Jobs;

/// <summary>When a sweep acts.</summary>
/// <param name="Quiet">How long a session must have been quiet to be observed in the middle of a turn; null to leave it alone.</param>
/// <param name="Limit">Most sessions in one sweep.</param>
/// <param name="Retention">Age past which observed events are deleted; zero to keep them for ever.</param>
public sealed record SweepRules(TimeSpan? Quiet, int Limit, TimeSpan Retention);

/// <summary>
/// Sees to what no event announces: a session that went quiet in the middle of a turn is observed all the same, and events
/// past their retention are deleted, never one that is not observed.
/// </summary>
public sealed partial class SweepSessions(IQueueStore queue, BatchRunner batches, string observer, TimeProvider time, ILogger<SweepSessions> log)
{
    private const int MostPruned = 20;

    /// <summary>Runs one sweep.</summary>
    /// <returns>How many batches it opened.</returns>
    /// <exception cref="StoreUnavailableException">The database cannot be used; nothing was changed.</exception>
    public async Task<int> RunAsync(SweepRules rules, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var opened = rules.Quiet is { } quiet ? await queue.OpenQuietAsync(observer, now - quiet, rules.Limit, now, ct) : 0;
        if (opened > 0)
        {
            LogOpened(opened);
            batches.Wake();
        }

        if (rules.Retention > TimeSpan.Zero && await queue.PruneAsync(now - rules.Retention, MostPruned, now, ct) is var deleted and > 0)
        {
            LogPruned(deleted);
        }

        return opened;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Opened {Count} batches of sessions that went quiet")]
    private partial void LogOpened(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} events past their retention")]
    private partial void LogPruned(int count);
}
