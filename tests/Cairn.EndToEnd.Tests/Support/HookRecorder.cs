using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>Hooks of the real client that keep exactly what it writes to a hook's standard input.</summary>
internal sealed class HookRecorder(AgentHome home, string project)
{
    /// <summary>The events that the product's plugin hooks.</summary>
    public static IReadOnlyList<string> HookedEvents { get; } =
    [
        "SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "PostToolUseFailure", "Stop", "StopFailure",
        "SubagentStart", "SubagentStop", "PreCompact", "PostCompact", "SessionEnd",
    ];

    /// <summary>Others that the client sends and that a user may point at us.</summary>
    public static IReadOnlyList<string> OtherEvents { get; } =
        ["InstructionsLoaded", "MessageDisplay", "PostToolBatch", "PermissionRequest", "Notification", "PermissionDenied", "UserPromptExpansion"];

    private string Folder => Path.Combine(home.Path, ".recorded");

    /// <summary>Puts the recording hooks into the user's settings.</summary>
    public async Task HookAsync(IEnumerable<string> events, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder);
        var script = Path.Combine(home.Path, ".record");
        await File.WriteAllTextAsync(script, $"f='{Folder}/'$(date +%s%N); cat > \"$f.part\" && mv \"$f.part\" \"$f\"\n", ct);
        var hooks = new JsonObject();
        foreach (var name in events)
        {
            hooks[name] = new JsonArray(new JsonObject
            {
                ["hooks"] = new JsonArray(new JsonObject
                {
                    ["type"] = "command",
                    ["command"] = "/bin/sh",
                    ["args"] = new JsonArray(script),
                    ["timeout"] = 20,
                }),
            });
        }

        await File.WriteAllTextAsync(home.SettingsFile, new JsonObject { ["hooks"] = hooks }.ToJsonString(), ct);
    }

    /// <summary>What was recorded, oldest first, with this machine's paths rewritten to a neutral home.</summary>
    public IReadOnlyList<(string Event, string Payload)> Payloads() =>
        [.. Directory.EnumerateFiles(Folder).Where(file => !file.EndsWith(".part", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(file =>
        {
            var payload = Neutral(File.ReadAllText(file));
            using var json = JsonDocument.Parse(payload);
            return (json.RootElement.GetProperty("hook_event_name").GetString()!, payload);
        })];

    /// <summary>Writes what was recorded as <c>NNN-Event.json</c> into an emptied folder of the repository.</summary>
    public async Task SaveAsync(string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.EnumerateFiles(folder, "*.json"))
        {
            File.Delete(old);
        }

        foreach (var (index, (name, payload)) in Payloads().Index())
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{index + 1:D3}-{name}.json"), payload, ct);
        }
    }

    private string Neutral(string payload)
    {
        var name = Path.GetFileName(project);
        return payload
            .Replace(Slug(project), Slug($"/home/dev/{name}"), StringComparison.Ordinal)
            .Replace(home.Path, "/home/dev", StringComparison.Ordinal);
    }

    // The client's own name for a directory in which it keeps transcripts.
    private static string Slug(string path) => string.Concat(path.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
}
