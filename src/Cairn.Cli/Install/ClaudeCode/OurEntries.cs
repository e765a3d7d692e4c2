using System.Text.Json;
using Cairn.Core;

namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>How our entries in Claude Code's settings are told from everyone else's: by the paths and addresses of this installation alone.</summary>
/// <param name="Program">The program that our command hooks start.</param>
/// <param name="Plugin">The directory of our plugin.</param>
/// <param name="Urls">The addresses that our HTTP hooks post to.</param>
internal sealed record OurEntries(string Program, string Plugin, IReadOnlyList<string> Urls)
{
    /// <summary>What this installation has put or will put into the settings.</summary>
    public static OurEntries Of(InstallSite site, InstallRecord? record) =>
        new(site.CurrentProgram, site.AgentDirectory(AgentSpec.ClaudeCode.Name), record?.Registration?.Urls ?? []);

    /// <summary>True for a hook entry of ours.</summary>
    public bool IsHook(JsonElement hook) =>
        TextOf(hook, "command") == Program || (TextOf(hook, "url") is { } url && Urls.Contains(url));

    /// <summary>True when the marketplace entry names our plugin's directory.</summary>
    public bool IsMarketplace(JsonElement marketplace) => DirectoryOf(marketplace) == Plugin;

    /// <summary>The directory that a marketplace entry names; null when it names none.</summary>
    public static string? DirectoryOf(JsonElement marketplace) =>
        marketplace.ValueKind == JsonValueKind.Object && marketplace.TryGetProperty("source", out var source) ? TextOf(source, "path") : null;

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
