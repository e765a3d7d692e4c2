namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>Where Claude Code keeps its configuration, and the names under which it knows us.</summary>
/// <param name="site">Where the installation happens.</param>
/// <param name="setDirectory">The configuration directory where it is not the usual one; null for <c>~/.claude</c>.</param>
internal sealed class ClaudeLayout(InstallSite site, string? setDirectory)
{
    /// <summary>Name of our plugin and of the marketplace that holds it.</summary>
    public const string PluginName = "cairn";

    /// <summary>The plugin as settings and commands name it.</summary>
    public const string PluginId = PluginName + "@" + PluginName;

    /// <summary>The environment variable that names another configuration directory.</summary>
    public const string DirectoryVariable = "CLAUDE_CONFIG_DIR";

    /// <summary>The layout that a session started from this environment would use.</summary>
    public static ClaudeLayout Of(InstallSite site) =>
        new(site, site.Environment.GetValueOrDefault(DirectoryVariable, "") is { Length: > 0 } set ? Path.GetFullPath(set) : null);

    /// <summary>The configuration directory where the environment sets it; null for the usual one.</summary>
    public string? SetDirectory => setDirectory;

    /// <summary>The configuration directory.</summary>
    public string ConfigDirectory => setDirectory ?? Path.Combine(site.UserHome, ".claude");

    /// <summary>The user's settings.</summary>
    public string SettingsFile => Path.Combine(ConfigDirectory, "settings.json");

    /// <summary>The link by which the plugin is loaded from the skills directory.</summary>
    public string SkillsLink => Path.Combine(ConfigDirectory, "skills", PluginName);

    /// <summary>The directories of the client's that we may have to make, the outer one first.</summary>
    public IReadOnlyList<string> Directories => [ConfigDirectory, Path.GetDirectoryName(SkillsLink)!];

    /// <summary>What the client keeps for our plugin's own data, whichever way it loads it; empty, as it has none.</summary>
    public IReadOnlyList<string> PluginData =>
    [
        Path.Combine(ConfigDirectory, "plugins", "data", PluginName + "-" + PluginName),
        Path.Combine(ConfigDirectory, "plugins", "data", PluginName + "-skills-dir"),
    ];

    /// <summary>The client's copies of our plugin, one for each version.</summary>
    public string PluginCache => Path.Combine(ConfigDirectory, "plugins", "cache", PluginName);

    /// <summary>True when the client's own list says that our plugin is installed.</summary>
    public bool ListsPlugin => Mentions("installed_plugins.json", $"\"{PluginId}\"");

    /// <summary>True when the client's own list holds our marketplace.</summary>
    public bool ListsMarketplace => Mentions("known_marketplaces.json", $"\"{PluginName}\"");

    private bool Mentions(string list, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(ConfigDirectory, "plugins", list)).Contains(name, StringComparison.Ordinal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
