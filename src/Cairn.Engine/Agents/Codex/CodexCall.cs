using System.Globalization;
using System.Text.Json;
using Cairn.Core;

namespace Cairn.Engine.Agents.Codex;

/// <summary>A call of Codex in the words of its hooks: a command is <c>Bash</c>, a patch is <c>apply_patch</c>, each with its <c>command</c>.</summary>
internal static class CodexCall
{
    private const string Exited = "Process exited with code ";

    /// <summary>Reads a call.</summary>
    public static ToolUse Read(JsonElement item)
    {
        var name = item.Text("name") ?? "shell";
        var arguments = item.Text("arguments") ?? item.Text("input") ?? item.Part("action")?.GetRawText() ?? "{}";
        if (name == "apply_patch")
        {
            return Use(name, Command(Argument(arguments, "input") ?? arguments), FilesOf(Argument(arguments, "input") ?? arguments));
        }

        if (name is "exec_command" or "shell" or "shell_command" or "local_shell" or "container.exec")
        {
            var command = Argument(arguments, "cmd") ?? Argument(arguments, "command") ?? "";
            return command.Contains("*** Begin Patch", StringComparison.Ordinal) && command.StartsWith("apply_patch", StringComparison.Ordinal)
                ? Use("apply_patch", Command(command), FilesOf(command))
                : Use("Bash", Command(command), []);
        }

        var full = item.Text("namespace") is { Length: > 0 } server && server.StartsWith("mcp__", StringComparison.Ordinal) ? $"{server}__{name}" : name;
        return Use(full, IsObject(arguments) ? arguments : "{}", []);
    }

    /// <summary>Reads an answer: the text, without what the program tells the model about it, and whether the call failed.</summary>
    public static (string Output, bool Failed) Answer(JsonElement item)
    {
        if (!item.TryGetProperty("output", out var given))
        {
            return ("", false);
        }

        var text = CodexText.Joined(given);
        if (text.StartsWith('{') && Argument(text, "output") is { } inner)
        {
            using var document = JsonDocument.Parse(text);
            var code = document.RootElement.Part("metadata")?.Number("exit_code") ?? 0;
            return (inner, code != 0);
        }

        var refused = text.StartsWith("unsupported custom tool call", StringComparison.Ordinal) || text.StartsWith("unsupported call", StringComparison.Ordinal)
            || text.StartsWith("apply_patch verification failed", StringComparison.Ordinal);
        return (OutputOf(text), refused || ExitCode(text) is not (null or 0) || given.Flag("success") is false && given.ValueKind == JsonValueKind.Object && given.TryGetProperty("success", out _));
    }

    private static ToolUse Use(string name, string inputJson, IReadOnlyList<TouchedFile> files) =>
        new() { Name = name, InputJson = inputJson, Output = "", Failed = false, Files = files };

    private static string Command(string command)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("command", command);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static List<TouchedFile> FilesOf(string patch)
    {
        var files = new List<TouchedFile>();
        foreach (var line in patch.AsSpan().EnumerateLines())
        {
            foreach (var start in (ReadOnlySpan<string>)["*** Update File: ", "*** Add File: ", "*** Delete File: ", "*** Move to: "])
            {
                if (line.StartsWith(start, StringComparison.Ordinal) && files.Count < 200)
                {
                    files.Add(new TouchedFile(line[start.Length..].Trim().ToString(), FileRole.Modified));
                }
            }
        }

        return [.. files.DistinctBy(file => file.Path)];
    }

    // A command is a text, or a list whose last part is the script of a shell.
    private static string? Argument(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.Text(name) is { } text)
            {
                return text;
            }

            return document.RootElement.Part(name) is { ValueKind: JsonValueKind.Array } parts
                ? parts.EnumerateArray().Select(part => part.Text() ?? "").ToList() is ["bash" or "sh" or "zsh" or "/bin/bash" or "/bin/sh" or "/bin/zsh", "-lc" or "-c", var script]
                    ? script
                    : string.Join(' ', parts.EnumerateArray().Select(part => part.Text() ?? ""))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string OutputOf(string text)
    {
        var at = text.IndexOf("\nOutput:\n", StringComparison.Ordinal);
        return at >= 0 && at < 400 ? text[(at + "\nOutput:\n".Length)..] : text;
    }

    private static int? ExitCode(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 400));
        var at = head.IndexOf(Exited);
        if (at < 0)
        {
            at = head.StartsWith("Exit code: ") ? 0 : -1;
            return at < 0 ? null : Number(head["Exit code: ".Length..]);
        }

        return Number(head[(at + Exited.Length)..]);
    }

    private static int? Number(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        return int.TryParse(end < 0 ? text : text[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;
    }
}
