using Cairn.Core;

namespace Cairn.Engine.Recall;

/// <summary>The record of one recall: what was shown to whom, or why nothing was.</summary>
public sealed record Receipt
{
    /// <summary>Its public id, also in the fence around the text.</summary>
    public required ReceiptId Id { get; init; }

    /// <summary>Row id of the session that it was for; null when there was none.</summary>
    public long? SessionId { get; init; }

    /// <summary>Row id of the project that was recalled from; null for all.</summary>
    public long? ProjectId { get; init; }

    /// <summary>What asked for it.</summary>
    public required RecallTrigger Trigger { get; init; }

    /// <summary><see cref="Shown"/>, or why it was silent in a few words.</summary>
    public required string Outcome { get; init; }

    /// <summary>Row id of the event that asked for it, e.g. the prompt; null when there is none.</summary>
    public long? EventId { get; init; }

    /// <summary>Tokens of the rendered text, estimated; 0 when silent.</summary>
    public required int Tokens { get; init; }

    /// <summary>Characters of the rendered text; 0 when silent.</summary>
    public required int Characters { get; init; }

    /// <summary>When it was, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What was shown, in the order shown.</summary>
    public IReadOnlyList<ReceiptItem> Items { get; init; } = [];

    /// <summary>The outcome of a recall that showed something.</summary>
    public const string Shown = "shown";
}

/// <summary>One memory that was shown.</summary>
/// <param name="MemoryId">Its number.</param>
/// <param name="Score">How well it matched; 0 where it was not searched for.</param>
/// <param name="Reason">Why it was shown, in a few words.</param>
public sealed record ReceiptItem(long MemoryId, double Score, string Reason);

/// <summary>What asked for a recall. Stored by name.</summary>
public enum RecallTrigger
{
    /// <summary>A person or an agent searched.</summary>
    Search = 0,

    /// <summary>A session began.</summary>
    SessionStartup,

    /// <summary>A session went on after a pause.</summary>
    SessionResume,

    /// <summary>A conversation was cleared: a new session in the same process.</summary>
    SessionClear,

    /// <summary>A conversation was compacted: what it was shown before is gone.</summary>
    SessionCompact,

    /// <summary>A person gave a prompt.</summary>
    Prompt,
}
