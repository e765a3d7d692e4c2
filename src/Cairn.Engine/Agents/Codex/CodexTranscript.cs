using System.Text.Json;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents.Codex;

/// <summary>
/// One rollout of Codex. Fields as recorded from version 0.169.0; the older layout without an envelope, where a line is itself
/// the item, as its sources describe it.
/// </summary>
internal sealed class CodexTranscript(TranscriptState state) : TranscriptParser(state)
{
    // Every line of these repeats what the items say, or is the agent's own housekeeping.
    private static readonly HashSet<string> NothingToKeep = new(StringComparer.Ordinal)
    {
        "world_state", "token_usage_record", "state", "ghost_snapshot", "reasoning", "web_search_call", "tool_search_call",
        "tool_search_output", "image_generation_call", "compaction", "compaction_summary", "context_compaction", "inter_agent_communication",
    };

    protected override AgentSpec Agent => AgentSpec.Codex;

    protected override void Take(JsonElement line)
    {
        var at = TimeOf(line);
        var type = line.Text("type") ?? line.Text("record_type") ?? (line.Text("id") is null ? "(no type)" : "session_meta");
        var payload = line.Part("payload") ?? line;
        switch (type)
        {
            case "session_meta":
                TakeSession(payload);
                break;
            case "turn_context":
                var turn = payload.Text("turn_id") ?? State.TurnId;
                State = State with
                {
                    TurnId = turn,
                    Prompted = State.Prompted && turn == State.TurnId,
                    Model = payload.Text("model") ?? State.Model,
                    Cwd = State.Cwd.Length == 0 ? payload.Text("cwd") ?? "" : State.Cwd,
                };
                break;
            case "response_item":
                TakeItem(payload, payload.Text("type") ?? "(no type)", at);
                break;
            case "event_msg":
                TakeEvent(payload, at);
                break;
            case "compacted":
                GoneOn(State.SubagentId);
                Add(Message(Input(EventKind.Compacted, Line(at, payload), at) with { Text = payload.Text("message") ?? "" }, EventKind.Compacted, IdOf(at, payload)));
                break;
            case var _ when NothingToKeep.Contains(type):
                break;
            default:
                TakeItem(payload, type, at);
                break;
        }
    }

    // A subagent's rollout names the session of its parent, and itself by another id.
    private void TakeSession(JsonElement meta)
    {
        var own = meta.Text("id");
        var session = meta.Text("session_id") ?? own;
        if (State.SessionId is not null || session is not { Length: > 0 and <= 512 })
        {
            return;
        }

        State = State with
        {
            SessionId = session,
            Cwd = meta.Text("cwd") ?? "",
            SubagentId = own is not null && own != session ? own : null,
            SubagentType = own is not null && own != session ? meta.Text("agent_role") ?? meta.Text("agent_nickname") ?? "subagent" : null,
        };
    }

    private void TakeItem(JsonElement item, string type, DateTimeOffset? at)
    {
        if (State.SessionId is null)
        {
            Count("item without a session");
            return;
        }

        switch (type)
        {
            case "message":
                TakeMessage(item, at);
                break;
            case "function_call" or "custom_tool_call" or "local_shell_call":
                TakeCall(item);
                break;
            case "function_call_output" or "custom_tool_call_output" or "local_shell_call_output":
                TakeAnswer(item, at);
                break;
            case var _ when NothingToKeep.Contains(type):
                break;
            default:
                Count(type);
                break;
        }
    }

    private void TakeMessage(JsonElement message, DateTimeOffset? at)
    {
        var words = CodexText.Of(message);
        if (words.Length == 0)
        {
            return;
        }

        switch (message.Text("role"))
        {
            case "user" when State.SubagentId is null && CodexText.IsAPersons(message, words):
                EventIdentity identity = State is { TurnId: { } turn, Prompted: false } ? new EventIdentity.Named(turn) : Line(at, message);
                Prompted(Input(EventKind.Prompt, identity, at) with { Text = words });
                State = State with { Prompted = true };
                break;
            case "assistant":
                Said(Input(EventKind.AssistantText, Line(at, message), at) with { Text = words }, IdOf(at, message));
                break;
        }
    }

    private void TakeCall(JsonElement item)
    {
        if (item.Text("call_id") is not { Length: > 0 } id)
        {
            return;
        }

        var call = CodexCall.Read(item);
        using var input = JsonDocument.Parse(call.InputJson);
        if (OwnTools.IsOurs(call.Name, input.RootElement))
        {
            GoneOn(State.SubagentId);
            return;
        }

        Called(id, call with { CallId = id }, State.SubagentId);
    }

    private void TakeAnswer(JsonElement item, DateTimeOffset? at)
    {
        if (item.Text("call_id") is not { Length: > 0 } id || Answered(id) is not { } call)
        {
            return;
        }

        var (output, failed) = CodexCall.Answer(item);
        Add(Input(failed ? EventKind.ToolFailure : EventKind.ToolResult, new EventIdentity.Named(id), at) with
        {
            Tool = call with
            {
                Output = output,
                Failed = failed,
                Files = failed ? [.. call.Files.Select(file => file with { Role = FileRole.Other })] : call.Files,
            },
        });
    }

    private void TakeEvent(JsonElement told, DateTimeOffset? at)
    {
        switch (told.Text("type"))
        {
            case "task_started" or "turn_started":
                State = State with { TurnId = told.Text("turn_id"), Prompted = false };
                break;
            case "task_complete" or "turn_complete":
                Close(State.SubagentId);
                break;
            case "turn_aborted":
                GoneOn(State.SubagentId);
                Add(Input(EventKind.TurnFailed, Line(at, told), at) with { Text = "[Request interrupted by user]" });
                break;
        }
    }

    private static EventIdentity.Line Line(DateTimeOffset? at, JsonElement item) => new(IdOf(at, item));

    private static string IdOf(DateTimeOffset? at, JsonElement item) =>
        item.Text("id") is { Length: > 0 } id ? id : $"{at?.ToUnixTimeMilliseconds()}:{ContentHash.Of("item", item, "type", "role", "content", "message")}";
}
