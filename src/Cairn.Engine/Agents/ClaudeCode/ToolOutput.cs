using System.Text;
using System.Text.Json;

namespace Cairn.Engine.Agents.ClaudeCode;

/// <summary>What a tool of Claude Code answered, as text that a person would read. Each shape is one that its tools were seen to send.</summary>
internal static class ToolOutput
{
    public static string Of(JsonElement root) =>
        root.TryGetProperty("tool_response", out var response) ? Of(response, depth: 0) : "";

    /// <summary>As <see cref="Of(JsonElement)"/>, from the answer itself.</summary>
    public static string OfAnswer(JsonElement response) => Of(response, depth: 0);

    private static string Of(JsonElement response, int depth) => response.ValueKind switch
    {
        JsonValueKind.String => response.Text()!,
        JsonValueKind.Array when depth < 4 => string.Join('\n', response.EnumerateArray().Select(part => Of(part, depth + 1))),
        JsonValueKind.Object when depth < 4 => OfObject(response, depth),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => response.GetRawText(),
    };

    private static string OfObject(JsonElement response, int depth)
    {
        if (response.Text("stdout") is { } stdout)
        {
            return Joined(stdout, response.Text("stderr") ?? "");
        }

        if (response.Part("structuredPatch") is { ValueKind: JsonValueKind.Array } patch)
        {
            return patch.GetArrayLength() > 0 || response.Text("type") != "create" ? PatchOf(patch) : $"File created successfully at: {response.Text("filePath")}";
        }

        if (response.Part("file") is { } file && file.Text("content") is { } content)
        {
            return content;
        }

        if (response.Part("content") is { } parts)
        {
            return Of(parts, depth + 1);
        }

        return response.Text("text") ?? response.Text("content") ?? WithoutWholeFiles(response);
    }

    private static string Joined(string stdout, string stderr) =>
        stderr.Length == 0 ? stdout : stdout.Length == 0 ? stderr : $"{stdout}\n{stderr}";

    private static string PatchOf(JsonElement hunks)
    {
        var text = new StringBuilder();
        foreach (var hunk in hunks.EnumerateArray())
        {
            text.Append("@@ -").Append(hunk.Number("oldStart")).Append(" +").Append(hunk.Number("newStart")).Append(" @@\n");
            foreach (var line in hunk.Part("lines")?.EnumerateArray() ?? default)
            {
                text.Append(line.Text()).Append('\n');
            }
        }

        return text.ToString();
    }

    // An edit answers with the whole file as it was: its size, and every secret in it.
    private static string WithoutWholeFiles(JsonElement response)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var property in response.EnumerateObject().Where(property => property.Name is not ("originalFile" or "base64")))
            {
                property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
