namespace Cairn.Core;

/// <summary>One thing that happened in a session, redacted and stored. Append-only: nothing edits it.</summary>
public sealed record SessionEvent
{
    /// <summary>Row id: the order in which events were accepted, over all sessions.</summary>
    public required long Id { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>When it happened, UTC, as well as the agent's side knew it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The agent's id of the prompt that this event answers; null where the agent gives none.</summary>
    public string? TurnId { get; init; }

    /// <summary>The agent's id of the subagent that did it; null for the main conversation.</summary>
    public string? SubagentId { get; init; }

    /// <summary>The subagent's kind, e.g. <c>Explore</c>; null for the main conversation.</summary>
    public string? SubagentType { get; init; }

    /// <summary>
    /// What was said: the prompt, the assistant's message, the compaction summary, the reason why a session started,
    /// ended or failed. Null for tool events.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The tool call; set for <see cref="EventKind.ToolResult"/> and <see cref="EventKind.ToolFailure"/> only.</summary>
    public ToolUse? Tool { get; init; }
}

/// <summary>One finished tool call of an agent, in the agent's own words.</summary>
public sealed record ToolUse
{
    /// <summary>
    /// The tool: <c>Bash</c>, <c>Edit</c>, <c>mcp__server__tool</c>. Tools that agents have in common go by one name and one
    /// input, Claude Code's, whatever the agent calls them; the rest by the agent's own.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The agent's id of the call; null where it gives none.</summary>
    public string? CallId { get; init; }

    /// <summary>The call's input as one JSON object, redacted; <c>{}</c> when there was none.</summary>
    public required string InputJson { get; init; }

    /// <summary>
    /// What the tool answered, as text a person would read (a command's output, the text of a file, a diff), redacted and
    /// cut in the middle past the limit; for a failure the error text. Empty when it answered nothing.
    /// </summary>
    public required string Output { get; init; }

    /// <summary>True when the agent said that the call failed.</summary>
    public required bool Failed { get; init; }

    /// <summary>How long the call took, in milliseconds; null where the agent does not say.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Files that the call named, relative to the project where they lie in it.</summary>
    public IReadOnlyList<TouchedFile> Files { get; init; } = [];
}

/// <summary>A file that a tool call named.</summary>
/// <param name="Path">Relative to the project's root with forward slashes; absolute where the file lies outside.</param>
/// <param name="Role">What was done with it.</param>
public sealed record TouchedFile(string Path, FileRole Role);

/// <summary>What a tool call did with a file.</summary>
public enum FileRole
{
    /// <summary>Something that this version does not know.</summary>
    Other = 0,

    /// <summary>Its content was read.</summary>
    Read,

    /// <summary>It was edited or written.</summary>
    Modified,
}

/// <summary>What kind of thing happened. Stored by name; a name that this version does not know reads as <see cref="Other"/>.</summary>
public enum EventKind
{
    /// <summary>A kind that this version does not know. Kept, shown, never observed.</summary>
    Other = 0,

    /// <summary>The session started, was resumed, cleared or compacted; the text says which.</summary>
    SessionStarted,

    /// <summary>What the person asked for.</summary>
    Prompt,

    /// <summary>A tool call that succeeded.</summary>
    ToolResult,

    /// <summary>A tool call that failed.</summary>
    ToolFailure,

    /// <summary>The agent's closing message of a turn: the turn ended.</summary>
    AssistantMessage,

    /// <summary>What the agent said in the middle of a turn, before it went on.</summary>
    AssistantText,

    /// <summary>The turn ended by an error of the agent or its model, or because the person stopped it.</summary>
    TurnFailed,

    /// <summary>A subagent began.</summary>
    SubagentStarted,

    /// <summary>A subagent ended; the text is its last message.</summary>
    SubagentStopped,

    /// <summary>The conversation was compacted; the text is the summary where the agent gives one.</summary>
    Compacted,

    /// <summary>The session ended; the text says why.</summary>
    SessionEnded,

    /// <summary>In the middle of a turn, memories are to be made of what happened so far; the text says why now.</summary>
    Checkpoint,

    /// <summary>What one call of the model used; the text is a JSON object of token counts.</summary>
    Usage,
}
