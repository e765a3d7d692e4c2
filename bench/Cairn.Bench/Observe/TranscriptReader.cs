using System.IO.Compression;
using System.Text.Json;
using Cairn.Core;
using Cairn.Engine.Observe;

namespace Cairn.Bench.Observe;

/// <summary>An agent's transcript as the events that its hooks would have sent.</summary>
/// <param name="File">The file's path below the folder that was read.</param>
/// <param name="Log">The session.</param>
/// <param name="SourceIds">For each event id the transcript's own id of the line (Claude Code: its uuid) that it came from.</param>
internal sealed record Transcript(string File, SessionLog Log, IReadOnlyDictionary<long, string> SourceIds);

/// <summary>Reads Claude Code's JSON lines, plain or gzipped, and Gemini CLI's JSON. What it does not know it skips.</summary>
internal sealed class TranscriptReader
{
    private readonly List<SessionEvent> _events = [];
    private readonly Dictionary<long, string> _sourceIds = [];
    private readonly Dictionary<string, JsonElement> _calls = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string _root = "";

    private TranscriptReader() { }

    /// <summary>Reads every transcript below a folder, in the order of their names.</summary>
    public static IEnumerable<Transcript> ReadFolder(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where file.EndsWith(".jsonl", StringComparison.Ordinal) || file.EndsWith(".jsonl.gz", StringComparison.Ordinal) || file.EndsWith(".json", StringComparison.Ordinal)
        select Read(file, Path.GetRelativePath(folder, file));

    private static Transcript Read(string file, string name)
    {
        var reader = new TranscriptReader();
        var text = Text(file);
        if (text.Length > 400 && text[..400].Contains("\"projectHash\"", StringComparison.Ordinal) || name.EndsWith(".json", StringComparison.Ordinal))
        {
            reader.TakeGemini(text);
        }
        else
        {
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                reader.TakeLine(line);
            }
        }

        return new Transcript(name, new SessionLog(reader._root, reader._events), reader._sourceIds);
    }

    private static string Text(string file)
    {
        using Stream stream = File.OpenRead(file);
        using var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }

    private void TakeLine(string line)
    {
        JsonElement entry;
        try
        {
            using var document = JsonDocument.Parse(line);
            entry = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return;
        }

        var type = String(entry, "type");
        var id = String(entry, "uuid");
        if (type is not ("user" or "assistant") || Flag(entry, "isMeta") || (id.Length > 0 && !_seen.Add(id)))
        {
            return;
        }

        _root = _root.Length == 0 ? String(entry, "cwd") : _root;
        var at = entry.TryGetProperty("timestamp", out var stamp) && stamp.TryGetDateTimeOffset(out var time) ? time : DateTimeOffset.UnixEpoch;
        var subagent = Flag(entry, "isSidechain") ? "sidechain" : null;
        if (!entry.TryGetProperty("message", out var message) || !message.TryGetProperty("content", out var content))
        {
            return;
        }

        if (content.ValueKind == JsonValueKind.String)
        {
            TakeText(type, content.GetString()!, id, at, subagent);
            return;
        }

        foreach (var block in content.EnumerateArray())
        {
            TakeBlock(type, block, id, at, subagent);
        }
    }

    private void TakeBlock(string type, JsonElement block, string id, DateTimeOffset at, string? subagent)
    {
        switch (String(block, "type"))
        {
            case "text":
                TakeText(type, String(block, "text"), id, at, subagent);
                break;
            case "tool_use":
                _calls[String(block, "id")] = block;
                break;
            case "tool_result" when _calls.TryGetValue(String(block, "tool_use_id"), out var call):
                var failed = Flag(block, "is_error");
                Add(id, new SessionEvent
                {
                    Id = _events.Count + 1,
                    Kind = failed ? EventKind.ToolFailure : EventKind.ToolResult,
                    At = at,
                    SubagentId = subagent,
                    Tool = Tool(String(call, "name"), call.GetProperty("input").GetRawText(), ResultText(block), failed),
                });
                break;
        }
    }

    private void TakeText(string type, string text, string id, DateTimeOffset at, string? subagent)
    {
        if (!string.IsNullOrWhiteSpace(text) && (type == "assistant" || subagent is null))
        {
            Add(id, new SessionEvent
            {
                Id = _events.Count + 1,
                Kind = type == "user" ? EventKind.Prompt : EventKind.AssistantMessage,
                At = at,
                SubagentId = subagent,
                Text = text,
            });
        }
    }

    private void TakeGemini(string text)
    {
        using var document = JsonDocument.Parse(text);
        foreach (var message in document.RootElement.GetProperty("messages").EnumerateArray())
        {
            var id = String(message, "id");
            var at = message.TryGetProperty("timestamp", out var stamp) && stamp.TryGetDateTimeOffset(out var time) ? time : DateTimeOffset.UnixEpoch;
            var isUser = String(message, "type") == "user";
            foreach (var call in message.TryGetProperty("toolCalls", out var calls) ? calls.EnumerateArray() : default)
            {
                var failed = String(call, "status") == "error";
                var result = call.TryGetProperty("result", out var output) ? output.GetRawText() : "";
                Add(id, new SessionEvent
                {
                    Id = _events.Count + 1,
                    Kind = failed ? EventKind.ToolFailure : EventKind.ToolResult,
                    At = at,
                    Tool = Tool(ClaudeName(String(call, "name")), call.TryGetProperty("args", out var args) ? args.GetRawText() : "{}", result, failed),
                });
            }

            var content = message.TryGetProperty("content", out var said) ? JoinedText(said) : "";
            TakeText(isUser ? "user" : "assistant", content, id, at, subagent: null);
        }
    }

    private void Add(string sourceId, SessionEvent happened)
    {
        _events.Add(happened);
        _sourceIds[happened.Id] = sourceId;
    }

    private static ToolUse Tool(string name, string input, string output, bool failed) =>
        new() { Name = name, InputJson = input, Output = output, Failed = failed };

    private static string ResultText(JsonElement block) => block.TryGetProperty("content", out var content) ? JoinedText(content) : "";

    private static string JoinedText(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.Object ? String(part, "text") : "")),
        _ => "",
    };

    private static string ClaudeName(string geminiTool) => geminiTool switch
    {
        "run_shell_command" => "Bash",
        "read_file" => "Read",
        "write_file" => "Write",
        "replace" => "Edit",
        "search_file_content" => "Grep",
        _ => geminiTool,
    };

    private static string String(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
