using System.Text.Json.Nodes;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>What the scripted model does about one prompt. The first script whose words are in the prompt is used.</summary>
/// <param name="Prompt">Words of the prompt; empty matches every prompt.</param>
/// <param name="Turns">One answer for each call: the Nth follows N tool results. After the last one it says "Done.".</param>
internal sealed record ModelScript(string Prompt, params IReadOnlyList<ModelTurn> Turns);

/// <summary>One answer of the scripted model.</summary>
internal sealed record ModelTurn
{
    public string? Text { get; init; }

    public IReadOnlyList<ToolCall> Tools { get; init; } = [];

    /// <summary>How long the model thinks first.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>An HTTP error in the place of an answer. 400 is not retried by the client; 401 is.</summary>
    public int? Status { get; init; }

    public static ModelTurn Say(string text) => new() { Text = text };

    public static ModelTurn Call(params IReadOnlyList<ToolCall> tools) => new() { Tools = tools };

    public static ModelTurn SayAndCall(string text, params IReadOnlyList<ToolCall> tools) => new() { Text = text, Tools = tools };

    public static ModelTurn Refuse(int status) => new() { Status = status };
}

/// <summary>A tool that the scripted model asks for.</summary>
/// <param name="Name">The client's name of the tool.</param>
/// <param name="Input">Its input, as the client's schema wants it.</param>
internal sealed record ToolCall(string Name, JsonObject Input)
{
    public static ToolCall Bash(string command, string description) =>
        new("Bash", new JsonObject { ["command"] = command, ["description"] = description });

    public static ToolCall Read(string path) => new("Read", new JsonObject { ["file_path"] = path });

    public static ToolCall Write(string path, string content) =>
        new("Write", new JsonObject { ["file_path"] = path, ["content"] = content });

    public static ToolCall Edit(string path, string before, string after) =>
        new("Edit", new JsonObject { ["file_path"] = path, ["old_string"] = before, ["new_string"] = after });

    public static ToolCall Agent(string description, string prompt) =>
        new("Agent", new JsonObject { ["description"] = description, ["prompt"] = prompt, ["subagent_type"] = "general-purpose" });
}
