using System.Text.Json;

namespace Cairn.Cli.Demo;

/// <summary>What a hook printed for the agent.</summary>
/// <param name="Person">The line that the person sees; empty when there is none.</param>
/// <param name="Context">What is put in front of the model; empty when there is nothing.</param>
/// <param name="Took">How long the hook's process took, started to ended.</param>
internal sealed record HookAnswer(string Person, string Context, TimeSpan Took)
{
    /// <summary>Reads it; text that is no answer counts as context.</summary>
    public static HookAnswer Read(string printed, TimeSpan took)
    {
        if (string.IsNullOrWhiteSpace(printed))
        {
            return new("", "", took);
        }

        try
        {
            using var document = JsonDocument.Parse(printed);
            var root = document.RootElement;
            var context = root.TryGetProperty("hookSpecificOutput", out var specific) ? Text(specific, "additionalContext") : "";
            return new(Text(root, "systemMessage"), context, took);
        }
        catch (JsonException)
        {
            return new("", printed, took);
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
