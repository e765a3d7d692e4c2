using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents.GeminiCli;

/// <summary>
/// One chat of Gemini CLI. Fields as recorded from version 0.61.0, and as found in the one-object files of January 2026. A line
/// with a message that was there before tells more of it, such as its calls; patches that replace the model's context say nothing
/// new, and what a person took back had happened all the same.
/// </summary>
internal sealed partial class GeminiTranscript(TranscriptState state) : TranscriptParser(state)
{
    protected override AgentSpec Agent => AgentSpec.GeminiCli;

    protected override void Take(JsonElement line)
    {
        if (line.Text("type") is { } type && line.Text("id") is { Length: > 0 } id)
        {
            TakeMessage(line, type, id);
            return;
        }

        var told = line.Part("$set") ?? line;
        if (told.Text("sessionId") is { Length: > 0 and <= 512 } session)
        {
            State = State with { SessionId = session };
        }

        if (State.Cwd.Length == 0 && told.Text("projectHash") is { Length: 64 } hash)
        {
            State = State with { Cwd = Directories.FirstOrDefault(directory => HashOf(directory) == hash) ?? "" };
        }

        foreach (var message in told.Part("messages") is { ValueKind: JsonValueKind.Array } messages ? messages.EnumerateArray() : default)
        {
            if (message.Text("type") is { } kind && message.Text("id") is { Length: > 0 } of)
            {
                TakeMessage(message, kind, of);
            }
        }

        if (!told.EnumerateObject().Any(property => property.Name is "sessionId" or "projectHash" or "startTime" or "lastUpdated" or "kind"
            or "messages" or "summary" or "directories" or "memoryScratchpad" or "$rewindTo"))
        {
            Count(told.EnumerateObject().Select(property => property.Name).FirstOrDefault("(empty)"));
        }
    }

    private void TakeMessage(JsonElement message, string type, string id)
    {
        var at = TimeOf(message);
        if (State.SessionId is null)
        {
            Count("message without a session");
            return;
        }

        switch (type)
        {
            case "user":
                TakeUser(message, id, at);
                break;
            case "gemini":
                TakeModel(message, id, at);
                break;
            case "info" or "warning" or "error":
                break;
            default:
                Count(type);
                break;
        }
    }

    private void TakeUser(JsonElement message, string id, DateTimeOffset? at)
    {
        var words = TextOf(message, "displayContent") is { Length: > 0 } shown ? shown : TextOf(message, "content");
        words = HookContext().Replace(words, "").Trim();
        if (words.StartsWith("<session_context>", StringComparison.Ordinal))
        {
            State = State with { Cwd = State.Cwd.Length == 0 && Workspace().Match(words) is { Success: true } found ? found.Groups[1].Value : State.Cwd };
        }
        else if (words.Length > 0)
        {
            State = State with { TurnId = id, Prompted = true };
            Prompted(Input(EventKind.Prompt, new EventIdentity.Named(id), at) with { Text = words });
        }
    }

    private void TakeModel(JsonElement message, string id, DateTimeOffset? at)
    {
        State = State with { Model = message.Text("model") ?? State.Model };
        var words = TextOf(message, "content").Trim();
        var calls = message.Part("toolCalls") is { ValueKind: JsonValueKind.Array } list ? list : (JsonElement?)null;
        if (words.Length > 0 && !IsOpenText(id))
        {
            Said(Input(EventKind.AssistantText, new EventIdentity.Line(id), at) with { Text = words }, id);
        }

        foreach (var call in calls?.EnumerateArray() ?? default)
        {
            TakeCall(call, at);
        }
    }

    private void TakeCall(JsonElement call, DateTimeOffset? said)
    {
        GoneOn(null);
        if (call.Text("status") is not ("success" or "error" or "cancelled") || call.Text("id") is not { Length: > 0 } id || call.Text("name") is not { Length: > 0 } given)
        {
            return;
        }

        var name = GeminiTool.NameOf(given);
        var input = call.Part("args");
        if (OwnTools.IsOurs(name, input) || OwnTools.IsOurs(name.Replace("mcp_cairn_", "mcp__cairn__", StringComparison.Ordinal), input))
        {
            return;
        }

        var output = HookContext().Replace(GeminiTool.OutputOf(call), "").Trim();
        var failed = call.Text("status") != "success" || GeminiTool.FailedCommand(given, output);
        Add(Input(failed ? EventKind.ToolFailure : EventKind.ToolResult, new EventIdentity.Named(id), TimeOf(call) ?? said) with
        {
            Tool = new ToolUse
            {
                Name = name,
                CallId = id,
                InputJson = input is { ValueKind: JsonValueKind.Object } args ? args.GetRawText() : "{}",
                Output = output,
                Failed = failed,
                Files = GeminiTool.FilesOf(given, input, failed),
            },
        });
    }

    private static string HashOf(string directory) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)));

    private static string TextOf(JsonElement message, string name) =>
        message.TryGetProperty(name, out var content)
            ? content.ValueKind switch
            {
                JsonValueKind.String => content.Text()!,
                JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select(part => part.Text("text") ?? "").Where(text => text.Length > 0)),
                JsonValueKind.Object => content.Text("text") ?? "",
                _ => "",
            }
            : "";

    // What hooks added to a message: it stands in the middle of a person's words.
    [GeneratedRegex("<hook_context>.*?(?:</hook_context>|$)", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex HookContext();

    [GeneratedRegex(@"Workspace Directories:\*{0,2}\s*\n\s*-\s*(/[^\n]+|[A-Za-z]:\\[^\n]+)", RegexOptions.None, 200)]
    private static partial Regex Workspace();
}
