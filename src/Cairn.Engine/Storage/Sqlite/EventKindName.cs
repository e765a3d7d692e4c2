using Cairn.Core;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>How kinds, roles and origins are written in the database. A name that this version does not know reads as Other.</summary>
internal static class EventKindName
{
    public static string Of(EventKind kind) => kind switch
    {
        EventKind.SessionStarted => "session_started",
        EventKind.Prompt => "prompt",
        EventKind.ToolResult => "tool_result",
        EventKind.ToolFailure => "tool_failure",
        EventKind.AssistantMessage => "assistant_message",
        EventKind.AssistantText => "assistant_text",
        EventKind.TurnFailed => "turn_failed",
        EventKind.SubagentStarted => "subagent_started",
        EventKind.SubagentStopped => "subagent_stopped",
        EventKind.Compacted => "compacted",
        EventKind.SessionEnded => "session_ended",
        EventKind.Checkpoint => "checkpoint",
        EventKind.Usage => "usage",
        _ => "other",
    };

    public static EventKind Read(string name) => name switch
    {
        "session_started" => EventKind.SessionStarted,
        "prompt" => EventKind.Prompt,
        "tool_result" => EventKind.ToolResult,
        "tool_failure" => EventKind.ToolFailure,
        "assistant_message" => EventKind.AssistantMessage,
        "assistant_text" => EventKind.AssistantText,
        "turn_failed" => EventKind.TurnFailed,
        "subagent_started" => EventKind.SubagentStarted,
        "subagent_stopped" => EventKind.SubagentStopped,
        "compacted" => EventKind.Compacted,
        "session_ended" => EventKind.SessionEnded,
        "checkpoint" => EventKind.Checkpoint,
        "usage" => EventKind.Usage,
        _ => EventKind.Other,
    };

    public static string Of(FileRole role) => role switch
    {
        FileRole.Read => "read",
        FileRole.Modified => "modified",
        _ => "other",
    };

    public static FileRole ReadRole(string name) => name switch
    {
        "read" => FileRole.Read,
        "modified" => FileRole.Modified,
        _ => FileRole.Other,
    };
}
