namespace Cairn.Core;

/// <summary>A kept fact.</summary>
public sealed record Memory
{
    /// <summary>Row id: the number that people and agents use to name it.</summary>
    public required long Id { get; init; }

    /// <summary>The id that stays the same over export and import.</summary>
    public required MemoryId PublicId { get; init; }

    /// <summary>What the observer or the person said.</summary>
    public required MemoryContent Content { get; init; }

    /// <summary>Row id of the project that it belongs to.</summary>
    public required long ProjectId { get; init; }

    /// <summary>Label of that project.</summary>
    public required string Project { get; init; }

    /// <summary>Row id of the session that it came from; null for what a person wrote by hand.</summary>
    public long? SessionId { get; init; }

    /// <summary>When the thing happened that it speaks of, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>True when a person asked to keep it in view.</summary>
    public bool Pinned { get; init; }
}

/// <summary>The words of a memory and what they rest on; what an observer makes.</summary>
public sealed record MemoryContent
{
    /// <summary>One of <see cref="MemoryKinds"/>, or a mode's own kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Tells a colleague what happened, at most 120 characters; most have half of that.</summary>
    public required string Title { get; init; }

    /// <summary>The request or the plan behind it in a few words; empty when there is nothing to add.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Two to five sentences; empty when the evidence has no words.</summary>
    public string Narrative { get; init; } = "";

    /// <summary>Short statements that stand alone, at most 8.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>Labels such as <c>problem-solution</c>, <c>gotcha</c>.</summary>
    public IReadOnlyList<string> Concepts { get; init; } = [];

    /// <summary>Files that the work read, relative to the project; from tool evidence only.</summary>
    public IReadOnlyList<string> FilesRead { get; init; } = [];

    /// <summary>Files that the work changed, relative to the project; from tool evidence only.</summary>
    public IReadOnlyList<string> FilesModified { get; init; } = [];

    /// <summary>Ids of the events that it rests on, oldest first; empty for what a person wrote by hand.</summary>
    public IReadOnlyList<long> Evidence { get; init; } = [];

    /// <summary>Where the title came from, e.g. <c>commit</c>, <c>plan</c>, <c>closing-text</c>, <c>prompt</c>, <c>files</c>, <c>user</c>.</summary>
    public required string Source { get; init; }

    /// <summary>How far that source is to be trusted.</summary>
    public required MemoryConfidence Confidence { get; init; }
}

/// <summary>How far a memory's source is to be trusted. Low ones are found by search, and are not shown unasked.</summary>
public enum MemoryConfidence
{
    /// <summary>A prompt, a question, a bare list of files.</summary>
    Low = 0,

    /// <summary>The agent's own words.</summary>
    Medium,

    /// <summary>A commit, a plan, a pull request, a person.</summary>
    High,
}

/// <summary>The built-in kinds of memory.</summary>
public static class MemoryKinds
{
    /// <summary>Something was broken and was mended.</summary>
    public const string Bugfix = "bugfix";

    /// <summary>Something new was made.</summary>
    public const string Feature = "feature";

    /// <summary>The same behaviour in another shape.</summary>
    public const string Refactor = "refactor";

    /// <summary>Any other change of files.</summary>
    public const string Change = "change";

    /// <summary>Something was found out.</summary>
    public const string Discovery = "discovery";

    /// <summary>Something was decided.</summary>
    public const string Decision = "decision";

    /// <summary>Something was looked into, with an answer worth keeping.</summary>
    public const string Exploration = "exploration";

    /// <summary>What a person asked to remember.</summary>
    public const string Note = "note";

    /// <summary>What a session was about and how it ended; one per session, evolving.</summary>
    public const string SessionSummary = "session_summary";

    /// <summary>Every built-in kind, in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Bugfix, Feature, Refactor, Change, Discovery, Decision, Exploration, Note, SessionSummary];
}
