using System.Text.Json;
using Cairn.Core;

namespace Cairn.Engine.Agents.ClaudeCode;

/// <summary>The files that a tool call of Claude Code names, by the tool's documented input.</summary>
internal static class TouchedFiles
{
    public static IReadOnlyList<TouchedFile> Of(string tool, JsonElement? input, bool failed)
    {
        var role = tool switch
        {
            _ when failed => FileRole.Other,
            "Edit" or "Write" or "MultiEdit" or "NotebookEdit" => FileRole.Modified,
            "Read" or "NotebookRead" => FileRole.Read,
            _ => FileRole.Other,
        };
        return input is { } given && (given.Text("file_path") ?? given.Text("notebook_path")) is { Length: > 0 and < 4_096 } path
            ? [new TouchedFile(path, role)]
            : [];
    }
}
