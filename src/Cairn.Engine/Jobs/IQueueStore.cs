using Cairn.Core;

namespace Cairn.Engine.Jobs;

/// <summary>What waits for an observer, as people see it and act on it.</summary>
public interface IQueueStore
{
    /// <summary>Batches that are not completed, oldest first.</summary>
    /// <param name="limit">Most of them.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<QueuedBatch>> ListAsync(int limit, CancellationToken ct);

    /// <summary>Sessions with events that no completed batch covers, newest first, and the totals over all of them.</summary>
    /// <param name="limit">Most sessions listed.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<PendingSessions> ListSessionsAsync(int limit, CancellationToken ct);

    /// <summary>Makes failed and given-up batches due at once, with all attempts before them. Idempotent: an observer replaces what it made, it never adds to it.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>How many.</returns>
    Task<int> RetryAsync(QueueChoice choice, DateTimeOffset now, CancellationToken ct);

    /// <summary>Ends batches without observing them; their events stay. A batch that is worked on is left alone.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Each that was ended.</returns>
    Task<IReadOnlyList<QueuedBatch>> DiscardAsync(QueueChoice choice, DateTimeOffset now, CancellationToken ct);

    /// <summary>Opens a batch for each session that has events which no batch covers and has been quiet; for what ended without saying so.</summary>
    /// <param name="observer">Name of the observer that is to work on them.</param>
    /// <param name="quietSince">Only sessions whose last event arrived before.</param>
    /// <param name="limit">Most sessions at once.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>How many batches were opened.</returns>
    Task<int> OpenQuietAsync(string observer, DateTimeOffset quietSince, int limit, DateTimeOffset now, CancellationToken ct);

    /// <summary>Deletes the events of sessions whose last event is older and that are observed to their end. Their memories stay.</summary>
    /// <param name="before">Events before it are old.</param>
    /// <param name="limit">Most sessions at once.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>How many events were deleted.</returns>
    Task<int> PruneAsync(DateTimeOffset before, int limit, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Which batches: one by its number, those of one session by its agent's id, or all.</summary>
/// <param name="BatchId">Row id of a batch; null for no such limit.</param>
/// <param name="AgentSessionId">The agent's id of a session; null for no such limit.</param>
/// <param name="Agent">Name of the agent, where the session's id alone may not say enough; null for any.</param>
/// <param name="Limit">Most batches.</param>
public sealed record QueueChoice(long? BatchId, string? AgentSessionId, string? Agent, int Limit);

/// <summary>A batch with what people must know of it.</summary>
public sealed record QueuedBatch
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>The agent's conversation.</summary>
    public required SessionKey Session { get; init; }

    /// <summary>Label of its project.</summary>
    public required string Project { get; init; }

    /// <summary>Who works on it.</summary>
    public required string Observer { get; init; }

    /// <summary><c>pending</c>, <c>claimed</c>, <c>failed</c> or <c>gave_up</c>.</summary>
    public required string State { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Events in its range.</summary>
    public required int Events { get; init; }

    /// <summary>When it is due, UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Class and text of its last failure, redacted; null when it never failed.</summary>
    public string? Error { get; init; }
}

/// <summary>Sessions with events that are not observed.</summary>
/// <param name="Items">The newest of them.</param>
/// <param name="Sessions">How many there are.</param>
/// <param name="Events">How many events wait in all of them.</param>
public sealed record PendingSessions(IReadOnlyList<PendingSession> Items, int Sessions, int Events);

/// <summary>One session with events that are not observed.</summary>
public sealed record PendingSession
{
    /// <summary>The agent's conversation.</summary>
    public required SessionKey Key { get; init; }

    /// <summary>Label of its project.</summary>
    public required string Project { get; init; }

    /// <summary>Its directory.</summary>
    public required string Cwd { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its last event happened, UTC.</summary>
    public required DateTimeOffset LastEventAt { get; init; }

    /// <summary>All events that are stored of it.</summary>
    public required int Events { get; init; }

    /// <summary>Those that no completed batch covers.</summary>
    public required int Pending { get; init; }

    /// <summary>Its batches by state: pending, claimed, failed, gave_up, completed.</summary>
    public required IReadOnlyDictionary<string, int> Batches { get; init; }
}
