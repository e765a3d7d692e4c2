namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>The ways in which Claude Code can be told of us; the manifest holds these names.</summary>
internal static class RegistrationRoute
{
    /// <summary>Its own plugin commands.</summary>
    public const string Plugin = "plugin";

    /// <summary>
    /// A link in its skills directory, from where it loads plugins too. For a settings file with comments: Claude Code
    /// 2.1.197 ignores such a file whole and its plugin commands fail on it, but it still loads these.
    /// </summary>
    public const string Folder = "folder";

    /// <summary>Hook entries in its settings file.</summary>
    public const string Settings = "settings";
}
