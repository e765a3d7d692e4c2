namespace Cairn.Cli.Install.OpenCode;

/// <summary>Where OpenCode keeps its configuration, and how it knows our plugin.</summary>
/// <param name="site">Where the installation happens.</param>
internal sealed class OpenCodeLayout(InstallSite site)
{
    /// <summary>The file of ours that OpenCode loads.</summary>
    public const string PluginFile = "cairn.js";

    /// <summary>The user's configuration directory.</summary>
    public string ConfigDirectory =>
        Path.Combine(
            site.Environment.GetValueOrDefault("XDG_CONFIG_HOME", "") is { Length: > 0 } set && Path.IsPathFullyQualified(set) ? set : Path.Combine(site.UserHome, ".config"),
            "opencode");

    /// <summary>The user's configuration: the file that is there, else the one that OpenCode would make. Where both are, OpenCode reads both.</summary>
    public string ConfigFile
    {
        get
        {
            var withComments = Path.Combine(ConfigDirectory, "opencode.jsonc");
            return File.Exists(withComments) ? withComments : Path.Combine(ConfigDirectory, "opencode.json");
        }
    }

    /// <summary>The entry of the configuration's <c>plugin</c> list that is ours.</summary>
    public string PluginEntry => new Uri(Path.Combine(site.AgentDirectory("opencode"), PluginFile)).AbsoluteUri;
}
