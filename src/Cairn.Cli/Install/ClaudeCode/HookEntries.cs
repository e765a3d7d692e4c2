using System.Text.Json;

namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>The hook entries of a plugin's hooks.json.</summary>
internal static class HookEntries
{
    /// <summary>Every entry as it stands there, with its event, in its order.</summary>
    public static IReadOnlyList<(string Event, string Json)> Of(byte[] hooksJson)
    {
        using var document = JsonDocument.Parse(hooksJson);
        return document.RootElement.TryGetProperty("hooks", out var hooks)
            ? [.. hooks.EnumerateObject().SelectMany(one => one.Value.EnumerateArray().Select(entry => (one.Name, entry.GetRawText())))]
            : [];
    }

    /// <summary>The addresses that HTTP hooks post to.</summary>
    public static IReadOnlyList<string> Urls(byte[] hooksJson)
    {
        var urls = new List<string>();
        foreach (var (_, json) in Of(hooksJson))
        {
            using var entry = JsonDocument.Parse(json);
            urls.AddRange(entry.RootElement.GetProperty("hooks").EnumerateArray()
                .Where(hook => hook.TryGetProperty("url", out _))
                .Select(hook => hook.GetProperty("url").GetString()!));
        }

        return [.. urls.Distinct()];
    }
}
