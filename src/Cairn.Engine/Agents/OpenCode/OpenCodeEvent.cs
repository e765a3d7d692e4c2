using System.Text.Json;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents.OpenCode;

/// <summary>One event of OpenCode in the plugin's frame, on its way to a <see cref="CaptureInput"/>.</summary>
internal sealed class OpenCodeEvent
{
    private static readonly AgentPayload.Ignored Unknown = new("unknown-event");
    private static readonly AgentPayload.Ignored NotKept = new("not-kept");
    private static readonly AgentPayload.Ignored OwnTool = new("own-tool");

    private readonly JsonElement _frame;
    private readonly JsonElement _properties;
    private readonly string _session;
    private readonly string _eventId;
    private readonly EventOrigin _origin;
    private readonly DateTimeOffset? _at;

    private OpenCodeEvent(JsonElement frame, string session, string eventId, EventOrigin origin, DateTimeOffset? observedAt)
    {
        (_frame, _session, _eventId, _origin) = (frame, session, eventId, origin);
        _properties = frame.Part("properties") ?? default;
        _at = frame.Number("time_ms") is { } ms and > 0 and < 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : observedAt;
    }

    /// <summary>Reads one frame.</summary>
    public static AgentPayload Read(JsonElement frame, EventOrigin origin, DateTimeOffset? observedAt)
    {
        if (frame.Text("hook_event_name") is not { Length: > 0 } name)
        {
            return new AgentPayload.Malformed("hook_event_name is missing");
        }

        if (frame.Text("session_id") is not { Length: > 0 and <= 512 } session)
        {
            return new AgentPayload.Malformed("session_id must be a text of 1 to 512 characters");
        }

        return frame.Text("event_id") is { Length: > 0 and <= 512 } id
            ? new OpenCodeEvent(frame, session, id, origin, observedAt).Translate(name)
            : new AgentPayload.Malformed("event_id must be a text of 1 to 512 characters");
    }

    private string? SubagentId => _frame.Text("agent_id") is { Length: > 0 } id ? id : null;

    private AgentPayload Translate(string name) => name switch
    {
        "session.started" => Said(EventKind.SessionStarted, _properties.Text("source"), RecallMoment.SessionStart),
        "chat.message" => Prompt(),
        "message.part.updated" => Tool(),
        "message.updated" => Message(),
        "session.error" => Said(EventKind.TurnFailed, Error()),
        "session.checkpoint" => Said(EventKind.Checkpoint, _properties.Text("reason")),
        "session.ended" => Said(EventKind.SessionEnded, _properties.Text("reason")),
        "subagent.started" => SubagentId is null ? NotKept : Said(EventKind.SubagentStarted, null),
        "subagent.stopped" => SubagentId is null ? NotKept : Said(EventKind.SubagentStopped, _properties.Text("text")),
        _ => Unknown,
    };

    private AgentPayload Prompt()
    {
        // A subagent's prompt was written by the agent, not by a person.
        if (SubagentId is not null)
        {
            return NotKept;
        }

        var parts = _properties.Part("parts") is { ValueKind: JsonValueKind.Array } given ? given.EnumerateArray().ToList() : [];
        var text = string.Join('\n', parts.Where(IsWritten).Select(part => part.Text("text")));
        EventIdentity identity = _properties.Part("message")?.Text("id") is { Length: > 0 } id ? new EventIdentity.Named(id) : new EventIdentity.Named(_eventId);
        return new AgentPayload.Event(Input(EventKind.Prompt, identity) with { Text = Unquoted(text) }, RecallMoment.Prompt);
    }

    private static bool IsWritten(JsonElement part) =>
        part.Text("type") == "text" && !IsTrue(part, "synthetic") && !IsTrue(part, "ignored");

    private static bool IsTrue(JsonElement part, string name) =>
        part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    // 'opencode run' puts what has spaces between quotes.
    private static string Unquoted(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length < 2 || trimmed[0] != '"' || trimmed[^1] != '"')
        {
            return text;
        }

        var inner = trimmed[1..^1].Replace("\\\"", "\0", StringComparison.Ordinal);
        return inner.Contains('"', StringComparison.Ordinal) ? text : inner.Replace('\0', '"');
    }

    // One answer of the model: what it said, and what it used. A summary is a compaction's.
    private AgentPayload Message()
    {
        if (_properties.Part("info") is not { } info || info.Text("id") is not { Length: > 0 } id)
        {
            return new AgentPayload.Malformed("info.id is missing");
        }

        var text = _properties.Text("text") ?? "";
        var kind = IsTrue(info, "summary") ? EventKind.Compacted
            : info.Text("finish") == "tool-calls" || SubagentId is not null ? EventKind.AssistantText
            : EventKind.AssistantMessage;
        var said = Input(kind, new EventIdentity.Named(id)) with { Text = text };
        var used = Input(EventKind.Usage, new EventIdentity.Named(id)) with { Text = ModelUsage.Of(info) };
        // One without words that did not finish was broken off: the error says so itself.
        var isTold = text.Length > 0 || (kind != EventKind.AssistantText && info.Text("finish") is not null);
        return new AgentPayload.Several(
        [
            .. used.Text is null ? Array.Empty<AgentPayload>() : [new AgentPayload.Event(used, RecallMoment.None)],
            .. isTold ? [new AgentPayload.Event(said, RecallMoment.None)] : Array.Empty<AgentPayload>(),
        ]);
    }

    private AgentPayload Tool()
    {
        if (_properties.Part("part") is not { } part || part.Text("tool") is not { Length: > 0 } tool)
        {
            return new AgentPayload.Malformed("part.tool is missing");
        }

        if (part.Part("state") is not { } state || state.Text("status") is not ("completed" or "error"))
        {
            return NotKept;
        }

        if (OpenCodeTool.IsOurs(tool) || OwnTools.IsOurs(tool, state.Part("input")))
        {
            return OwnTool;
        }

        var use = OpenCodeTool.Read(tool, part.Text("callID"), state);
        return new AgentPayload.Event(
            Input(use.Failed ? EventKind.ToolFailure : EventKind.ToolResult, new EventIdentity.Named(use.CallId ?? _eventId)) with { Tool = use },
            RecallMoment.None);
    }

    private string Error()
    {
        var error = _properties.Part("error") ?? default;
        if (error.Text("name") == "MessageAbortedError")
        {
            return "[Request interrupted by user]";
        }

        return string.Join(": ", new[] { error.Text("name"), error.Text("message") }.Where(text => !string.IsNullOrEmpty(text)));
    }

    private AgentPayload.Event Said(EventKind kind, string? text, RecallMoment moment = RecallMoment.None) =>
        new(Input(kind, new EventIdentity.Named(_eventId)) with { Text = text ?? "" }, moment);

    private CaptureInput Input(EventKind kind, EventIdentity identity) => new()
    {
        Session = new SessionKey(AgentSpec.OpenCode.Name, _session),
        Kind = kind,
        Identity = identity,
        Origin = _origin,
        At = _at,
        Cwd = _frame.Text("cwd") ?? "",
        TurnId = _frame.Text("turn_id"),
        SubagentId = SubagentId,
        SubagentType = SubagentId is null ? null : _frame.Text("agent_type"),
        Model = _frame.Text("model"),
    };
}
