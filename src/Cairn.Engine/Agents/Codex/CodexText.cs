using System.Text.Json;

namespace Cairn.Engine.Agents.Codex;

/// <summary>The words of a message of Codex.</summary>
internal static class CodexText
{
    // What the program puts in a person's place, by how it begins.
    private static readonly string[] Injected =
    [
        "<environment_context>", "<user_instructions>", "<subagent_notification>", "<turn_aborted>", "<skill>", "<permissions",
        "<INSTRUCTIONS>", "<hook_prompt", "<user_shell_command>", "# AGENTS.md instructions",
    ];

    /// <summary>All texts of a message, or of a call's answer.</summary>
    public static string Of(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("content", out var content) ? Joined(content).Trim() : "";

    /// <summary>A text, or all texts of a list of parts.</summary>
    public static string Joined(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.Text()!,
        JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select(part => part.Text("text") ?? "").Where(text => text.Length > 0)),
        JsonValueKind.Object => content.Text("content") ?? content.Text("text") ?? "",
        _ => "",
    };

    /// <summary>True when a person wrote it. Newer versions say so; of older ones only how it begins tells.</summary>
    public static bool IsAPersons(JsonElement message, string words)
    {
        if (message.Part("internal_chat_message_metadata_passthrough")?.Part("content_item_kinds") is { ValueKind: JsonValueKind.Array } kinds)
        {
            return kinds.EnumerateArray().Any(kind => kind.Text() is { } name && name.StartsWith("user.", StringComparison.Ordinal));
        }

        return !Injected.Any(start => words.StartsWith(start, StringComparison.Ordinal));
    }
}
