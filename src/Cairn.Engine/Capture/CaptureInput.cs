using Cairn.Core;

namespace Cairn.Engine.Capture;

/// <summary>
/// One event as an agent's adapter understood it: complete, but not yet redacted, not yet attributed to a project, and
/// maybe a repeat. What a <see cref="SessionEvent"/> is made from.
/// </summary>
public sealed record CaptureInput
{
    /// <summary>The conversation that it happened in.</summary>
    public required SessionKey Session { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>What makes a repeat of it the same event.</summary>
    public required EventIdentity Identity { get; init; }

    /// <summary>The route that it came by.</summary>
    public required EventOrigin Origin { get; init; }

    /// <summary>When it happened, UTC, as the client stamped it; null when only its arrival is known.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The session's working directory as the agent said it; empty when it did not.</summary>
    public required string Cwd { get; init; }

    /// <summary>The project as the sender calls it; counts only where there is no working directory.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The agent's id of the prompt that this event answers.</summary>
    public string? TurnId { get; init; }

    /// <summary>The agent's id of the subagent that did it.</summary>
    public string? SubagentId { get; init; }

    /// <summary>The subagent's kind.</summary>
    public string? SubagentType { get; init; }

    /// <summary>What was said; see <see cref="SessionEvent.Text"/>.</summary>
    public string? Text { get; init; }

    /// <summary>The tool call, its file paths still as the agent gave them.</summary>
    public ToolUse? Tool { get; init; }

    /// <summary>The agent's transcript file.</summary>
    public string? TranscriptPath { get; init; }

    /// <summary>The model that the session uses.</summary>
    public string? Model { get; init; }
}

/// <summary>What makes a repeat of an event the same event. Closed: nothing outside this file adds a case.</summary>
public abstract record EventIdentity
{
    private EventIdentity() { }

    /// <summary>The agent's own id of the thing, unique in the session for this kind of event.</summary>
    /// <param name="Id">E.g. a <c>tool_use_id</c> or a <c>prompt_id</c>.</param>
    public sealed record Named(string Id) : EventIdentity;

    /// <summary>A prompt to which the agent gave no id: told apart by its place among the session's prompts and its text.</summary>
    public sealed record UnnamedPrompt : EventIdentity;

    /// <summary>
    /// A line of the agent's transcript whose event has no name of its own. What a hook told of the same kind in the same words
    /// at about the same time is the same event.
    /// </summary>
    /// <param name="Id">The transcript's id of the line, unique in the session.</param>
    public sealed record Line(string Id) : EventIdentity;

    /// <summary>Anything else: told apart by what it says and by the number of prompts before it.</summary>
    /// <param name="Hash">Versioned hash of the canonical payload, e.g. <c>h1:…</c>.</param>
    public sealed record Content(string Hash) : EventIdentity;
}

/// <summary>The route that an event came by.</summary>
public enum EventOrigin
{
    /// <summary>An agent's hook, over the socket or HTTP.</summary>
    Hook = 0,

    /// <summary>The client's spool, written while the daemon could not be reached.</summary>
    Spool,

    /// <summary>The agent's own transcript file.</summary>
    Transcript,
}
