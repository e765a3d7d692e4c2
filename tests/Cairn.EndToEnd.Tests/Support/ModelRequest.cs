using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>One request that a client sent to the scripted model: the proof of what reached it.</summary>
internal sealed partial record ModelRequest
{
    /// <summary>The client's session, from its own header; null when it named none.</summary>
    public required string? SessionId { get; init; }

    /// <summary>The whole body, as sent.</summary>
    public required string Body { get; init; }

    /// <summary>The last thing that a person said, without what the client added to it.</summary>
    public required string Prompt { get; init; }

    /// <summary>How many messages with tool results follow that prompt.</summary>
    public required int ToolResults { get; init; }

    /// <summary>True for a step of a conversation; false for the client's own errands (titles, checks), which offer no tools.</summary>
    public required bool OffersTools { get; init; }

    /// <summary>True when the client wants an answer in pieces.</summary>
    public required bool Streams { get; init; }

    public required string Model { get; init; }

    public static ModelRequest Parse(string body, string? sessionId)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        var (prompt, results) = ("", 0);
        foreach (var message in root.GetProperty("messages").EnumerateArray())
        {
            if (!message.GetProperty("role").ValueEquals("user"))
            {
                continue;
            }

            // The client may put its next words beside the last tool's result, as it does when it compacts.
            if (WordsOf(message) is { Length: > 0 } words)
            {
                (prompt, results) = (words, 0);
            }
            else if (HasToolResult(message))
            {
                results++;
            }
        }

        return new ModelRequest
        {
            SessionId = sessionId,
            Body = body,
            Prompt = prompt,
            ToolResults = results,
            OffersTools = root.TryGetProperty("tools", out var tools) && tools.GetArrayLength() > 0,
            Streams = root.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True,
            Model = root.GetProperty("model").GetString() ?? "",
        };
    }

    /// <summary>
    /// How often some words are in the conversation, whatever role the client gave them. Its own standing instructions are
    /// left out: they quote the last commits.
    /// </summary>
    public int Count(string words)
    {
        var count = 0;
        foreach (var (_, text) in Texts())
        {
            for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + words.Length, StringComparison.Ordinal))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>What the last tool that was called answered; empty where none was.</summary>
    public string LastToolResult
    {
        get
        {
            using var json = JsonDocument.Parse(Body);
            var message = json.RootElement.GetProperty("messages").EnumerateArray().LastOrDefault(HasToolResult);
            var texts = new List<(string Role, string Text)>();
            if (message.ValueKind == JsonValueKind.Object)
            {
                Collect(texts, "user", message.GetProperty("content"));
            }

            return string.Join('\n', texts.Select(part => part.Text));
        }
    }

    /// <summary>What we put in front of the model: every fenced block of the conversation, in order.</summary>
    public IReadOnlyList<string> Recollections() =>
        [.. Texts().SelectMany(part => Fence().Matches(part.Text)).Select(match => match.Value)];

    /// <summary>What the client told the model before the conversation: its standing instructions, and what plugins added to them.</summary>
    public IReadOnlyList<string> Instructions()
    {
        using var json = JsonDocument.Parse(Body);
        var texts = new List<(string Role, string Text)>();
        if (json.RootElement.TryGetProperty("system", out var system))
        {
            Collect(texts, "system", system);
        }

        return [.. texts.Select(part => part.Text)];
    }

    /// <summary>What we put among the client's instructions: every fenced block, in order.</summary>
    public IReadOnlyList<string> InstructedRecollections() =>
        [.. Instructions().SelectMany(text => Fence().Matches(text)).Select(match => match.Value)];

    /// <summary>Numbers of the memories in those blocks, in order; a number that is there twice was shown twice.</summary>
    public IReadOnlyList<string> RecalledNumbers() =>
        [.. Recollections().SelectMany(block => MemoryNumber().Matches(block)).Select(match => match.Groups[1].Value)];

    /// <summary>Every text of the conversation, unescaped, with the role that it was sent as.</summary>
    public IReadOnlyList<(string Role, string Text)> Texts()
    {
        using var json = JsonDocument.Parse(Body);
        var texts = new List<(string, string)>();
        foreach (var message in json.RootElement.GetProperty("messages").EnumerateArray())
        {
            Collect(texts, message.GetProperty("role").GetString()!, message.GetProperty("content"));
        }

        return texts;
    }

    /// <summary>Short: a body of a hundred thousand characters helps nobody who reads a failed test.</summary>
    public override string ToString() => $"request of {Body.Length} characters, {ToolResults} tool results after: {Prompt}";

    private static void Collect(List<(string Role, string Text)> texts, string role, JsonElement content)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                texts.Add((role, content.GetString()!));
                break;
            case JsonValueKind.Array:
                foreach (var part in content.EnumerateArray())
                {
                    Collect(texts, role, part);
                }

                break;
            case JsonValueKind.Object when content.TryGetProperty("text", out var words):
                Collect(texts, role, words);
                break;
            case JsonValueKind.Object when content.TryGetProperty("content", out var inner):
                Collect(texts, role, inner);
                break;
        }
    }

    private static bool HasToolResult(JsonElement message) =>
        message.GetProperty("content") is { ValueKind: JsonValueKind.Array } parts
        && parts.EnumerateArray().Any(part => part.GetProperty("type").ValueEquals("tool_result"));

    private static string WordsOf(JsonElement message)
    {
        var content = message.GetProperty("content");
        var words = content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : string.Join('\n', content.EnumerateArray()
                .Where(part => part.GetProperty("type").ValueEquals("text"))
                .Select(part => part.GetProperty("text").GetString()));
        return Reminder().Replace(words, "").Trim();
    }

    [GeneratedRegex("<cairn-memory .*?</cairn-memory>", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"#(\d+) ·")]
    private static partial Regex MemoryNumber();

    [GeneratedRegex("<system-reminder>.*?</system-reminder>", RegexOptions.Singleline)]
    private static partial Regex Reminder();
}
