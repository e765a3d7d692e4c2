using System.Text.Json;
using System.Text.RegularExpressions;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents.RawEvents;

/// <summary>One valid raw event on its way to a <see cref="CaptureInput"/>.</summary>
internal sealed partial class RawEventTranslation(JsonElement item, JsonElement request, string session, string? eventId)
{
    private const long LatestMs = 253_402_300_799_999;

    private static readonly RawEvent.Skipped NotKept = new("not-kept");
    private static readonly RawEvent.Skipped Unknown = new("unknown-event");

    // The event in the words that all of the older system's adapters share; missing in the plugin's oldest events.
    private readonly JsonElement? _shared = item.Part("payload")?.Part("_adapter");

    private JsonElement Payload => _shared?.Part("payload") ?? item.Part("payload") ?? item;

    public RawEvent Translate() => (_shared?.Text("event_type") ?? item.Text("event_type")) switch
    {
        "user_prompt" or "prompt" => Said(EventKind.Prompt, Payload.Text("prompt_text") ?? Payload.Text("text")),
        "assistant_message" or "assistant" => Said(EventKind.AssistantMessage, Payload.Text("assistant_text") ?? Payload.Text("text")),
        "tool.execute.after" or "tool_result" => Tool(),
        "session_start" => Said(EventKind.SessionStarted, Payload.Text("source") ?? "startup"),
        "session_end" => Said(EventKind.SessionEnded, Payload.Text("reason") ?? "other"),
        "error" or "session.error" => Said(EventKind.TurnFailed, Payload.Text("error") ?? Payload.Text("text")),
        // Says nothing that a result does not say again; usage is counted where a model is called.
        "tool_call" or "assistant_usage" or "usage" => NotKept,
        _ => Unknown,
    };

    private RawEvent Said(EventKind kind, string? text)
    {
        if (kind is EventKind.Prompt or EventKind.AssistantMessage && string.IsNullOrWhiteSpace(text))
        {
            return NotKept;
        }

        var identity = kind == EventKind.Prompt && eventId is not { Length: > 0 } ? new EventIdentity.UnnamedPrompt() : Identity(kind.ToString());
        return new RawEvent.Kept(Input(kind, identity) with { Text = text ?? "" });
    }

    private RawEvent Tool()
    {
        if ((Payload.Text("tool_name") ?? Payload.Text("tool")) is not { Length: > 0 } tool)
        {
            return new RawEvent.Invalid("tool_name required");
        }

        var input = Payload.Part("tool_input") ?? Payload.Part("args");
        if (OwnTools.IsOurs(tool, input))
        {
            return new RawEvent.Skipped("own-tool");
        }

        var error = TextOf("tool_error") ?? TextOf("error");
        var failed = Payload.Text("status") == "error" || error is { Length: > 0 };
        var callId = _shared?.Part("meta")?.Text("tool_use_id");
        var use = new ToolUse
        {
            Name = tool,
            CallId = callId,
            InputJson = input is { } given ? given.GetRawText() : "{}",
            Output = (failed ? error : TextOf("tool_output") ?? TextOf("result")) ?? "",
            Failed = failed,
            Files = FilesOf(tool, input, failed),
        };
        var identity = callId is { Length: > 0 } ? new EventIdentity.Named(callId) : Identity("tool");
        return new RawEvent.Kept(Input(failed ? EventKind.ToolFailure : EventKind.ToolResult, identity) with { Tool = use });
    }

    private EventIdentity Identity(string name) => eventId is { Length: > 0 }
        ? new EventIdentity.Named(eventId)
        : new EventIdentity.Content(ContentHash.Of(name, item, "event_type", "ts_wall_ms", "payload"));

    private CaptureInput Input(EventKind kind, EventIdentity identity) => new()
    {
        Session = new SessionKey(AgentOf(item.Text("source") ?? request.Text("source") ?? _shared?.Text("source")), session),
        Kind = kind,
        Identity = identity,
        Origin = EventOrigin.Hook,
        At = item.Number("ts_wall_ms") is { } ms and > 0 and < LatestMs ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
        Cwd = item.Text("cwd") ?? request.Text("cwd") ?? "",
        ProjectName = item.Text("project") ?? request.Text("project"),
    };

    private string? TextOf(string name) => !Payload.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.Text(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    };

    private static IReadOnlyList<TouchedFile> FilesOf(string tool, JsonElement? input, bool failed)
    {
        var path = input is { } given ? given.Text("filePath") ?? given.Text("file_path") ?? given.Text("path") : null;
        var role = failed ? FileRole.Other : tool.ToLowerInvariant() switch
        {
            "edit" or "write" or "multiedit" or "notebookedit" => FileRole.Modified,
            "read" => FileRole.Read,
            _ => FileRole.Other,
        };
        return path is { Length: > 0 and < 4_096 } ? [new TouchedFile(path, role)] : [];
    }

    // The older system's names of agents; without one the event comes from its OpenCode plugin.
    private static string AgentOf(string? source) => source?.Trim().ToLowerInvariant() switch
    {
        null or "" or "opencode" => "opencode",
        "claude" => AgentSpec.ClaudeCode.Name,
        var other when Name().IsMatch(other) => other,
        _ => "other",
    };

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
