using Cairn.Core;

namespace Cairn.Engine.Agents;

/// <summary>Names of the kinds of message in their hashes; never to be changed.</summary>
internal static class MessageKey
{
    public static string Of(EventKind kind) => kind switch
    {
        EventKind.AssistantMessage => "assistant-message",
        EventKind.AssistantText => "assistant-text",
        EventKind.TurnFailed => "turn-failed",
        EventKind.SubagentStopped => "subagent-stopped",
        EventKind.Compacted => "compacted",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of event carries no message."),
    };
}
