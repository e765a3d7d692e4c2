using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents;

/// <summary>What an agent's payload turned out to be. Closed: nothing outside this file adds a case.</summary>
public abstract record AgentPayload
{
    private AgentPayload() { }

    /// <summary>Something that happened and is to be captured.</summary>
    /// <param name="Input">The event.</param>
    /// <param name="Moment">Whether the agent now listens for memories.</param>
    public sealed record Event(CaptureInput Input, RecallMoment Moment) : AgentPayload;

    /// <summary>Several things that came together, in their order. One that is not understood stops no other.</summary>
    /// <param name="Items">The things; none of them is a <see cref="Several"/> itself.</param>
    public sealed record Several(IReadOnlyList<AgentPayload> Items) : AgentPayload;

    /// <summary>Understood, and nothing to keep.</summary>
    /// <param name="Reason">Stable name of the reason, fit for a log, e.g. <c>not-kept</c>, <c>own-tool</c>.</param>
    public sealed record Ignored(string Reason) : AgentPayload;

    /// <summary>Not understood. It belongs in quarantine.</summary>
    /// <param name="Reason">What is wrong with it, without any of its words.</param>
    public sealed record Malformed(string Reason) : AgentPayload;
}

/// <summary>A moment at which an agent listens for memories.</summary>
public enum RecallMoment
{
    /// <summary>It does not listen.</summary>
    None = 0,

    /// <summary>A session starts, is resumed, cleared or compacted.</summary>
    SessionStart,

    /// <summary>A person gave a prompt.</summary>
    Prompt,
}
