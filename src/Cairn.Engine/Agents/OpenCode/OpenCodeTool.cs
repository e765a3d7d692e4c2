using System.Globalization;
using System.Text;
using System.Text.Json;
using Cairn.Core;

namespace Cairn.Engine.Agents.OpenCode;

/// <summary>A finished tool call of OpenCode under the names that agents have in common, with the files that it names.</summary>
internal static class OpenCodeTool
{
    private const int MostFiles = 200;

    private static readonly string[] PatchHeadings = ["*** Update File: ", "*** Add File: ", "*** Delete File: ", "*** Move to: "];

    /// <summary>True for the tools that our plugin brings.</summary>
    public static bool IsOurs(string tool) =>
        tool is "mem-status" or "mem-stats" or "mem-recent" || tool.StartsWith("cairn_", StringComparison.Ordinal);

    /// <summary>Reads the state of a tool part that is completed or failed.</summary>
    public static ToolUse Read(string tool, string? callId, JsonElement state)
    {
        var input = state.Part("input");
        var metadata = state.Part("metadata") ?? default;
        var exit = tool == "bash" ? metadata.Number("exit") : null;
        var failed = state.Text("status") == "error" || exit is not (null or 0);
        return new ToolUse
        {
            Name = NameOf(tool),
            CallId = callId is { Length: > 0 } ? callId : null,
            InputJson = input is { } given ? WithCommonNames(given) : "{}",
            Output = OutputOf(tool, state, metadata, exit),
            Failed = failed,
            DurationMs = Duration(state.Part("time") ?? default),
            Files = FilesOf(tool, input ?? default, metadata, failed),
        };
    }

    private static string NameOf(string tool) => tool switch
    {
        "bash" => "Bash",
        "edit" => "Edit",
        "multiedit" => "MultiEdit",
        "write" => "Write",
        "read" => "Read",
        "grep" => "Grep",
        "glob" => "Glob",
        "lsp" => "LSP",
        "task" => "Agent",
        "todowrite" => "TodoWrite",
        "question" => "AskUserQuestion",
        "webfetch" => "WebFetch",
        "websearch" => "WebSearch",
        _ => tool,
    };

    private static string OutputOf(string tool, JsonElement state, JsonElement metadata, long? exit)
    {
        if (state.Text("status") == "error")
        {
            return state.Text("error") ?? "";
        }

        var output = state.Text("output") ?? "";
        return tool switch
        {
            "bash" when exit is not (null or 0) => string.Create(CultureInfo.InvariantCulture, $"Exit code {exit}\n{output}"),
            "write" when metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("exists", out var exists) && exists.ValueKind == JsonValueKind.False =>
                $"File created successfully.\n{output}",
            "edit" or "multiedit" or "apply_patch" or "patch" when metadata.Text("diff") is { Length: > 0 } diff => diff,
            _ => output,
        };
    }

    private static long? Duration(JsonElement time) =>
        time.Number("start") is { } start && time.Number("end") is { } end && end >= start ? end - start : null;

    // The same inputs under one name, in objects and in lists of them; everything else as it is.
    private static string WithCommonNames(JsonElement input)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, input);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    json.WritePropertyName(property.Name switch
                    {
                        "filePath" => "file_path",
                        "oldString" => "old_string",
                        "newString" => "new_string",
                        "replaceAll" => "replace_all",
                        var name => name,
                    });
                    Write(json, property.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                // As it was written: half of a surrogate pair can't be read as text.
                json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
        }
    }

    private static IReadOnlyList<TouchedFile> FilesOf(string tool, JsonElement input, JsonElement metadata, bool failed)
    {
        var role = tool switch
        {
            _ when failed => FileRole.Other,
            "edit" or "multiedit" or "write" or "apply_patch" or "patch" => FileRole.Modified,
            "read" => FileRole.Read,
            _ => FileRole.Other,
        };
        var paths = tool is "apply_patch" or "patch"
            ? PatchedFiles(input.Text("patchText") ?? input.Text("patch") ?? "")
            : [input.Text("filePath") ?? metadata.Text("filepath") ?? ""];
        return [.. paths.Where(path => path.Length is > 0 and < 4_096).Distinct().Take(MostFiles).Select(path => new TouchedFile(path, role))];
    }

    private static IEnumerable<string> PatchedFiles(string patch)
    {
        foreach (var line in patch.Split('\n'))
        {
            foreach (var heading in PatchHeadings)
            {
                if (line.StartsWith(heading, StringComparison.Ordinal))
                {
                    yield return line[heading.Length..].Trim();
                }
            }
        }
    }
}
