using System.Text.Json;
using Cairn.Core;

namespace Cairn.Engine.Agents.GeminiCli;

/// <summary>Gemini CLI's tools under the names that observers know, and what they answered.</summary>
internal static class GeminiTool
{
    /// <summary>The name by which observers know a tool.</summary>
    public static string NameOf(string tool) => tool switch
    {
        "run_shell_command" => "Bash",
        "read_file" => "Read",
        "write_file" => "Write",
        "replace" => "Edit",
        "search_file_content" or "grep_search" => "Grep",
        "glob" => "Glob",
        "write_todos" => "TodoWrite",
        _ => tool,
    };

    /// <summary>The text that a call answered.</summary>
    public static string OutputOf(JsonElement call)
    {
        var parts = call.Part("result") is { ValueKind: JsonValueKind.Array } results
            ? results.EnumerateArray().Select(part => part.Part("functionResponse")?.Part("response")).OfType<JsonElement>()
                .Select(response => response.Text("output") ?? response.Text("error") ?? "")
            : [];
        var text = string.Join('\n', parts.Where(part => part.Length > 0));
        return text.Length > 0 ? text : call.Text("resultDisplay") ?? "";
    }

    /// <summary>True when a command's output says that it failed: the status of such a call is success.</summary>
    public static bool FailedCommand(string tool, string output)
    {
        const string Mark = "Exit Code: ";
        var at = tool == "run_shell_command" ? output.LastIndexOf(Mark, StringComparison.Ordinal) : -1;
        return at >= 0 && output.AsSpan(at + Mark.Length) is [>= '1' and <= '9' or '-', ..];
    }

    /// <summary>The files that a call names.</summary>
    public static IReadOnlyList<TouchedFile> FilesOf(string tool, JsonElement? input, bool failed)
    {
        var role = tool switch
        {
            _ when failed => FileRole.Other,
            "write_file" or "replace" => FileRole.Modified,
            "read_file" => FileRole.Read,
            _ => FileRole.Other,
        };
        return input is { } given && (given.Text("file_path") ?? given.Text("absolute_path")) is { Length: > 0 and < 4_096 } path
            ? [new TouchedFile(path, role)]
            : [];
    }
}
