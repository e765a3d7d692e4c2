using Cairn.Core;
using Cairn.Core.Jsonc;

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
    public bool IsHook(JsoncValue hook) =>
        hook["command"]?.Text == Program || (hook["url"]?.Text is { } url && Urls.Contains(url));

    /// <summary>True when the marketplace entry names our plugin's directory.</summary>
    public bool IsMarketplace(JsoncValue? marketplace) => DirectoryOf(marketplace) == Plugin;

    /// <summary>The directory that a marketplace entry names; null when it names none.</summary>
    public static string? DirectoryOf(JsoncValue? marketplace) => marketplace?["source"]?["path"]?.Text;
}
