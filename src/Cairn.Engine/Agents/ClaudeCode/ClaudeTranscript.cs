using System.Text.Json;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents.ClaudeCode;

/// <summary>
/// One transcript of Claude Code. Fields as recorded from version 2.1.197 and as found in files of versions 1.0.117 to 2.1.41;
/// before the agent wrote <c>promptId</c> a line is named by its <c>uuid</c>.
/// </summary>
internal sealed class ClaudeTranscript(TranscriptState state) : TranscriptParser(state)
{
    // Lines of the agent's own housekeeping.
    private static readonly HashSet<string> NothingToKeep = new(StringComparer.Ordinal)
    {
        "summary", "file-history-snapshot", "queue-operation", "last-prompt", "mode", "permission-mode", "custom-title", "ai-title",
        "agent-name", "agent-color", "agent-setting", "tag", "pr-link", "attribution-snapshot", "task-summary", "worktree-state",
        "content-replacement", "marble-origami-commit", "marble-origami-snapshot", "speculation-accept", "started", "result",
    };

    private static readonly HashSet<string> PartsNotKept = new(StringComparer.Ordinal)
    {
        "thinking", "redacted_thinking", "image", "document", "server_tool_use", "web_search_tool_result", "web_fetch_tool_result",
    };

    protected override AgentSpec Agent => AgentSpec.ClaudeCode;

    protected override void Take(JsonElement line) => Take(line, line.Text("agentId") ?? State.SubagentId);

    private void Take(JsonElement line, string? subagentId)
    {
        var type = line.Text("type") ?? "(no type)";
        switch (type)
        {
            case "user" or "assistant":
                Attribute(line, subagentId);
                TakeMessage(line, type == "user", new Line(line, TimeOf(line), subagentId ?? (line.Flag("isSidechain") ? "sidechain" : null)));
                break;
            case "progress":
                TakeProgress(line);
                break;
            case "system":
                TakeSystem(line);
                break;
            case "attachment":
                TakeAttachment(line);
                break;
            case var _ when NothingToKeep.Contains(type):
                break;
            default:
                Count(type);
                break;
        }
    }

    private void Attribute(JsonElement line, string? subagentId)
    {
        State = State with
        {
            SessionId = line.Text("sessionId") is { Length: > 0 and <= 512 } session ? session : State.SessionId,
            Cwd = State.Cwd.Length == 0 ? line.Text("cwd") ?? "" : State.Cwd,
            TurnId = line.Text("promptId") is { Length: > 0 } turn ? turn : State.TurnId,
            Prompted = State.Prompted && (line.Text("promptId") is not { } of || of == State.TurnId),
            SubagentType = subagentId is null ? State.SubagentType : line.Text("attributionAgent") ?? State.SubagentType,
        };
    }

    private void TakeMessage(JsonElement line, bool isUser, Line at)
    {
        if (State.SessionId is null || line.Part("message") is not { } message)
        {
            Count("message without a session");
            return;
        }

        if (isUser)
        {
            TakeUser(line, message, at);
        }
        else
        {
            TakeAssistant(line, message, at);
        }
    }

    private void TakeUser(JsonElement line, JsonElement message, Line at)
    {
        var words = "";
        if (message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array)
        {
            var results = content.EnumerateArray().Count(part => part.Text("type") == "tool_result");
            foreach (var part in content.EnumerateArray())
            {
                if (part.Text("type") == "tool_result")
                {
                    TakeResult(line, part, at, results == 1);
                }
            }

            words = JoinedText(content);
        }
        else
        {
            words = message.Text("content") ?? "";
        }

        if (words.Length > 0 && at.SubagentId is null && !line.Flag("isMeta"))
        {
            TakeWords(line, words, at);
        }
    }

    private void TakeWords(JsonElement line, string words, Line at)
    {
        var said = ClaudeUserText.Read(words, line.Flag("isCompactSummary"));
        switch (said.Kind)
        {
            case EventKind.Prompt:
                Prompted(Of(EventKind.Prompt, IdentityOfPrompt(line, at), at) with { Text = said.Text });
                State = State with { Prompted = true };
                break;
            case EventKind.Compacted or EventKind.TurnFailed:
                GoneOn(null);
                Add(Message(Of(said.Kind, new EventIdentity.Line(at.Id), at) with { Text = said.Text }, said.Kind, at.Id));
                break;
        }
    }

    // A second prompt under the same id was put in while the agent worked on the first.
    private EventIdentity IdentityOfPrompt(JsonElement line, Line at) =>
        line.Text("promptId") is { Length: > 0 } id && !State.Prompted ? new EventIdentity.Named(id) : new EventIdentity.Line(at.Id);

    private void TakeResult(JsonElement line, JsonElement part, Line at, bool only)
    {
        if (part.Text("tool_use_id") is not { Length: > 0 } id || Answered(id) is not { } call)
        {
            return;
        }

        var failed = part.Flag("is_error");
        var told = !failed && only && line.Part("toolUseResult") is { } answer ? ToolOutput.OfAnswer(answer) : "";
        Add(Of(failed ? EventKind.ToolFailure : EventKind.ToolResult, new EventIdentity.Named(id), at) with
        {
            Tool = call with
            {
                Output = told.Length > 0 ? told : ClaudeUserText.WithoutErrorTag(OutputOf(part)),
                Failed = failed,
                Files = failed ? [.. call.Files.Select(file => file with { Role = FileRole.Other })] : call.Files,
            },
        });
    }

    private void TakeAssistant(JsonElement line, JsonElement message, Line at)
    {
        if (message.Text("model") is { Length: > 0 } model && model != "<synthetic>")
        {
            State = State with { Model = model };
        }

        if (message.Part("content") is not { ValueKind: JsonValueKind.Array } content)
        {
            return;
        }

        var words = JoinedText(content).Trim();
        if (line.Flag("isApiErrorMessage"))
        {
            GoneOn(at.SubagentId);
            Add(Message(Of(EventKind.TurnFailed, new EventIdentity.Line(at.Id), at) with { Text = words }, EventKind.TurnFailed, at.Id));
        }
        else if (words.Length > 0 && message.Text("model") != "<synthetic>")
        {
            Said(Of(EventKind.AssistantText, new EventIdentity.Line(at.Id), at) with { Text = words }, at.Id, message.Text("stop_reason") == "end_turn");
        }

        foreach (var part in content.EnumerateArray().Where(part => part.Text("type") == "tool_use"))
        {
            TakeCall(part, at);
        }
    }

    private void TakeCall(JsonElement part, Line at)
    {
        if (part.Text("id") is not { Length: > 0 } id || part.Text("name") is not { Length: > 0 } name)
        {
            Count("tool_use without a name");
            return;
        }

        var input = part.Part("input");
        if (OwnTools.IsOurs(name, input))
        {
            GoneOn(at.SubagentId);
            return;
        }

        Called(id, new ToolUse
        {
            Name = name,
            CallId = id,
            InputJson = input is { ValueKind: JsonValueKind.Object } given ? given.GetRawText() : "{}",
            Output = "",
            Failed = false,
            Files = TouchedFiles.Of(name, input, failed: false),
        }, at.SubagentId);
    }

    // Some versions tell a subagent's work only as the progress of the call that started it.
    private void TakeProgress(JsonElement line)
    {
        if (line.Part("data") is { } data && data.Text("type") == "agent_progress" && data.Part("message") is { } told
            && data.Text("agentId") is { Length: > 0 } subagentId && told.Text("type") is "user" or "assistant" && told.Part("message") is { } message)
        {
            TakeMessage(told, told.Text("type") == "user", new Line(told, TimeOf(told), subagentId));
        }
    }

    private void TakeSystem(JsonElement line)
    {
        _ = TimeOf(line);
        if (line.Text("subtype") is "stop_hook_summary" or "turn_duration" && !line.Flag("isSidechain"))
        {
            Close("");
        }
    }

    // A prompt that was put in while the agent worked reaches it as an attachment of the running turn.
    private void TakeAttachment(JsonElement line)
    {
        var at = new Line(line, TimeOf(line), line.Text("agentId"));
        if (line.Part("attachment") is { } attachment && attachment.Text("type") == "queued_command"
            && attachment.Text("commandMode") is null or "prompt" && attachment.Text("prompt") is { Length: > 0 } prompt
            && State.SessionId is not null && at.SubagentId is null
            && ClaudeUserText.Read(prompt, isSummary: false) is { Kind: EventKind.Prompt } said)
        {
            GoneOn(null);
            Add(Of(EventKind.Prompt, new EventIdentity.Line(at.Id), at) with { Text = said.Text });
        }
    }

    private CaptureInput Of(EventKind kind, EventIdentity identity, Line at) => Input(kind, identity, at.At) with
    {
        SubagentId = at.SubagentId,
        SubagentType = at.SubagentId is null ? null : State.SubagentType,
    };

    private string JoinedText(JsonElement content)
    {
        var texts = new List<string>();
        foreach (var part in content.EnumerateArray())
        {
            var type = part.Text("type") ?? "(no type)";
            if (type == "text")
            {
                texts.Add(part.Text("text") ?? "");
            }
            else if (type is not ("tool_use" or "tool_result") && !PartsNotKept.Contains(type))
            {
                Count("part " + type);
            }
        }

        return string.Join('\n', texts.Where(text => !ClaudeUserText.IsInjected(text)));
    }

    private static string OutputOf(JsonElement part) =>
        part.TryGetProperty("content", out var content) ? ToolOutput.OfAnswer(content) : "";

    /// <summary>Where and when a message stands.</summary>
    private sealed record Line(string Id, DateTimeOffset? At, string? SubagentId)
    {
        public Line(JsonElement line, DateTimeOffset? at, string? subagentId)
            : this(line.Text("uuid") ?? ContentHash.Of("line", line, "timestamp", "message"), at, subagentId) { }
    }
}
