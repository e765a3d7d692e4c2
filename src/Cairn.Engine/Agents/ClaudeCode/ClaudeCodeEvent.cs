using System.Text.Json;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents.ClaudeCode;

/// <summary>One hook payload of Claude Code, on its way to a <see cref="CaptureInput"/>.</summary>
internal sealed class ClaudeCodeEvent(JsonElement root, string name, string session, EventOrigin origin, DateTimeOffset? observedAt)
{
    private static readonly AgentPayload.Ignored NotKept = new("not-kept");
    private static readonly AgentPayload.Ignored Unknown = new("unknown-event");
    private static readonly AgentPayload.Ignored OwnTool = new("own-tool");

    private string? SubagentId => root.Text("agent_id") is { Length: > 0 } id ? id : null;

    public AgentPayload Translate() => name switch
    {
        "SessionStart" => Said(EventKind.SessionStarted, root.Text("source"), RecallMoment.SessionStart),
        "UserPromptSubmit" => Prompt(),
        "PostToolUse" => Tool(failed: false),
        "PostToolUseFailure" => Tool(failed: true),
        "Stop" => Message(EventKind.AssistantMessage, root.Text("last_assistant_message")),
        "StopFailure" => Message(EventKind.TurnFailed, root.Text("last_assistant_message") ?? root.Text("error")),
        "SubagentStart" => Subagent(EventKind.SubagentStarted),
        "SubagentStop" => Subagent(EventKind.SubagentStopped),
        "PostCompact" => Message(EventKind.Compacted, root.Text("compact_summary")),
        "SessionEnd" => Said(EventKind.SessionEnded, root.Text("reason")),

        // PreToolUse says nothing that the result does not say again, PostToolBatch repeats results, PreCompact carries no
        // summary. InstructionsLoaded can carry a session id that never becomes a session.
        "PreToolUse" or "PostToolBatch" or "PreCompact" or "InstructionsLoaded" or "MessageDisplay"
            or "PermissionRequest" or "PermissionDenied" or "Notification" or "Setup" => NotKept,
        _ => Unknown,
    };

    private AgentPayload Prompt()
    {
        // A subagent's prompt was written by the agent, not by a person.
        if (SubagentId is not null)
        {
            return NotKept;
        }

        EventIdentity identity = root.Text("prompt_id") is { Length: > 0 } id ? new EventIdentity.Named(id) : new EventIdentity.UnnamedPrompt();
        return new AgentPayload.Event(Input(EventKind.Prompt, identity) with { Text = root.Text("prompt") ?? "" }, RecallMoment.Prompt);
    }

    // Compaction ends with a subagent that has no type: it is the agent's own summariser, and not a subagent of the session.
    private AgentPayload Subagent(EventKind kind) =>
        root.Text("agent_type") is { Length: > 0 } && SubagentId is not null
            ? kind == EventKind.SubagentStarted ? Said(kind, text: null) : Message(kind, root.Text("last_assistant_message"))
            : NotKept;

    // What the transcript tells too: the same words about the same prompt are the same event.
    private AgentPayload.Event Message(EventKind kind, string? text) => new(
        Input(kind, new EventIdentity.Content(ContentHash.OfMessage(MessageKey.Of(kind), root.Text("prompt_id"), SubagentId, text ?? ""))) with { Text = text ?? "" },
        RecallMoment.None);

    private AgentPayload.Event Said(EventKind kind, string? text, RecallMoment moment = RecallMoment.None) =>
        new AgentPayload.Event(
            Input(kind, new EventIdentity.Content(ContentHash.Of(name, root, "prompt_id", "agent_id", "source", "reason", "trigger", "error", "last_assistant_message", "compact_summary", "stop_hook_active"))) with { Text = text ?? "" },
            moment);

    private AgentPayload Tool(bool failed)
    {
        if (root.Text("tool_name") is not { Length: > 0 } tool)
        {
            return new AgentPayload.Malformed("tool_name is missing");
        }

        var input = root.Part("tool_input");
        if (OwnTools.IsOurs(tool, input))
        {
            return OwnTool;
        }

        var callId = root.Text("tool_use_id");
        EventIdentity identity = callId is { Length: > 0 }
            ? new EventIdentity.Named(callId)
            : new EventIdentity.Content(ContentHash.Of(name, root, "prompt_id", "agent_id", "tool_name", "tool_input", "tool_response", "error"));
        var use = new ToolUse
        {
            Name = tool,
            CallId = callId,
            InputJson = input is { } given ? given.GetRawText() : "{}",
            Output = failed ? root.Text("error") ?? "" : ToolOutput.Of(root),
            Failed = failed,
            DurationMs = root.Number("duration_ms"),
            Files = TouchedFiles.Of(tool, input, failed),
        };
        return new AgentPayload.Event(Input(failed ? EventKind.ToolFailure : EventKind.ToolResult, identity) with { Tool = use }, RecallMoment.None);
    }

    private CaptureInput Input(EventKind kind, EventIdentity identity) => new()
    {
        Session = new SessionKey(AgentSpec.ClaudeCode.Name, session),
        Kind = kind,
        Identity = identity,
        Origin = origin,
        At = observedAt,
        Cwd = root.Text("cwd") ?? "",
        TurnId = root.Text("prompt_id"),
        SubagentId = SubagentId,
        SubagentType = SubagentId is null ? null : root.Text("agent_type"),
        TranscriptPath = root.Text("transcript_path"),
        Model = root.Text("model"),
    };
}
