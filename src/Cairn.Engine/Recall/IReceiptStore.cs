namespace Cairn.Engine.Recall;

/// <summary>Keeps the record of every recall.</summary>
public interface IReceiptStore
{
    /// <summary>Keeps a receipt; when the task completes it is on disk.</summary>
    Task AddAsync(Receipt receipt, CancellationToken ct);

    /// <summary>What the session still has in its context of what it was shown: all since its last compaction.</summary>
    /// <param name="sessionId">Row id of the session; null gives nothing.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<ShownToSession> ReadShownAsync(long? sessionId, CancellationToken ct);
}

/// <summary>What a session still has in its context.</summary>
/// <param name="SessionId">Row id of the session; null when it is not known.</param>
/// <param name="Memories">Numbers of the memories that it was shown since its last compaction.</param>
/// <param name="CompactedAt">When it was last compacted, UTC; null when it never was.</param>
/// <param name="CardAt">When it was last given a card that it still has, UTC; null when it has none.</param>
public sealed record ShownToSession(long? SessionId, IReadOnlySet<long> Memories, DateTimeOffset? CompactedAt, DateTimeOffset? CardAt)
{
    /// <summary>True for a memory that need not be shown: it was, or it is of this session's own work, which the agent still remembers.</summary>
    public bool Knows(Core.Memory memory) =>
        Memories.Contains(memory.Id)
        || (SessionId is not null && memory.SessionId == SessionId && (CompactedAt is null || memory.CreatedAt >= CompactedAt));
}
