using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Cairn.Tests.Support;

/// <summary>Writes a transcript in the shape that Claude Code 2.1 gives it, line by line.</summary>
internal sealed class ClaudeTranscriptText(string session, string cwd, DateTimeOffset start)
{
    private readonly List<string> _lines = [];
    private DateTimeOffset _at = start;
    private string? _prompt;
    private int _count;

    public string Session => session;

    /// <summary>The whole file.</summary>
    public string Text => string.Concat(_lines.Select(line => line + "\n"));

    /// <summary>When its last line was written.</summary>
    public DateTimeOffset At => _at;

    /// <summary>The next line is written that much later.</summary>
    public ClaudeTranscriptText After(TimeSpan time)
    {
        _at += time;
        return this;
    }

    /// <summary>A person's prompt; without an id as older versions wrote it.</summary>
    public ClaudeTranscriptText Prompt(string text, string? id)
    {
        _prompt = id;
        return Add("user", new JsonObject { ["role"] = "user", ["content"] = text });
    }

    public ClaudeTranscriptText Says(string text, bool ends = false, string? subagent = null) => Add(
        "assistant", Assistant(new JsonObject { ["type"] = "text", ["text"] = text }, ends ? "end_turn" : null), subagent);

    public ClaudeTranscriptText Thinks(string text) => Add("assistant", Assistant(new JsonObject { ["type"] = "thinking", ["thinking"] = text }, null));

    public ClaudeTranscriptText Calls(string id, string tool, JsonObject input, string? subagent = null) => Add(
        "assistant", Assistant(new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = tool, ["input"] = input }, "tool_use"), subagent);

    public ClaudeTranscriptText Answers(string id, string output, bool failed = false, JsonNode? result = null, string? subagent = null) => Add(
        "user",
        new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = id, ["content"] = output, ["is_error"] = failed }),
        },
        subagent,
        line => line["toolUseResult"] = result);

    /// <summary>A line as it stands.</summary>
    public ClaudeTranscriptText Raw(string line)
    {
        _lines.Add(line);
        return this;
    }

    /// <summary>Writes the file into a configuration directory, where the client would.</summary>
    public string WriteTo(string configDirectory, string? name = null)
    {
        var path = Path.Combine(configDirectory, "projects", "-demo", name ?? session + ".jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Text, new UTF8Encoding(false));
        return path;
    }

    private static JsonObject Assistant(JsonObject part, string? stopReason) => new()
    {
        ["role"] = "assistant",
        ["model"] = "claude-test-1",
        ["content"] = new JsonArray(part),
        ["stop_reason"] = stopReason,
    };

    private ClaudeTranscriptText Add(string type, JsonObject message, string? subagent = null, Action<JsonObject>? more = null)
    {
        _at += TimeSpan.FromSeconds(1);
        var line = new JsonObject
        {
            ["parentUuid"] = null,
            ["isSidechain"] = subagent is not null,
            ["type"] = type,
            ["message"] = message,
            ["uuid"] = string.Create(CultureInfo.InvariantCulture, $"{session}-{_count++}"),
            ["timestamp"] = _at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["cwd"] = cwd,
            ["sessionId"] = session,
            ["version"] = "2.1.197",
        };
        if (type == "user" && _prompt is not null)
        {
            line["promptId"] = _prompt;
        }

        if (subagent is not null)
        {
            line["agentId"] = subagent;
        }

        more?.Invoke(line);
        _lines.Add(line.ToJsonString());
        return this;
    }
}
