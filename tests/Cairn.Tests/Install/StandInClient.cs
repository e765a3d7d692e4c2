using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Tests.Install;

/// <summary>
/// Stands in for the client's own commands at that one edge: writes the lists and rewrites the settings file as version
/// 2.1.197 does, dropping its format on the way. The real client is tested with the real product elsewhere.
/// </summary>
internal static class StandInClient
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Puts it on PATH.</summary>
    /// <param name="home">The home directory.</param>
    /// <param name="failing">The command that fails, e.g. <c>plugin install</c>.</param>
    public static void Put(InstallHome home, string failing = "none")
    {
        var canned = Path.Combine(home.Home, "canned");
        InstallHome.Write(Path.Combine(canned, "installed.json"), Rewritten(home, installed: true));
        InstallHome.Write(Path.Combine(canned, "removed.json"), Rewritten(home, installed: false));
        var program = Path.Combine(home.Programs, "claude");
        InstallHome.Write(program, $$$"""
            #!/bin/sh
            config="${CLAUDE_CONFIG_DIR:-$HOME/.claude}"
            canned="{{{canned}}}"
            mkdir -p "$config/plugins"
            echo "$*" >> "$canned/calls"
            case "$*" in "{{{failing}}}"*) echo "it does not work" >&2; exit 1;; esac
            case "$*" in
                --version) echo "2.1.197 (Claude Code)";;
                "plugin marketplace add "*) echo '{"cairn":{}}' > "$config/plugins/known_marketplaces.json";;
                "plugin install "*)
                    echo '{"version":2,"plugins":{"cairn@cairn":[]}}' > "$config/plugins/installed_plugins.json"
                    mkdir -p "$config/plugins/cache/cairn/cairn/0.1.0"
                    cat "$canned/installed.json" > "$config/settings.json";;
                "plugin uninstall "*)
                    echo '{"version":2,"plugins":{}}' > "$config/plugins/installed_plugins.json"
                    cat "$canned/removed.json" > "$config/settings.json";;
                "plugin marketplace remove "*) echo '{}' > "$config/plugins/known_marketplaces.json";;
                "plugin list") if [ -e "$config/skills/cairn" ]; then echo "cairn@skills-dir"; fi;;
            esac

            """.ReplaceLineEndings("\n"));
        InstallHome.SetMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The commands that it was asked to run, oldest first.</summary>
    public static IReadOnlyList<string> Calls(InstallHome home) =>
        File.Exists(CallsFile(home)) ? File.ReadAllLines(CallsFile(home)) : [];

    private static string CallsFile(InstallHome home) => Path.Combine(home.Home, "canned", "calls");

    private static string Rewritten(InstallHome home, bool installed)
    {
        var settings = Strict(home);
        var plugins = (JsonObject)(settings["enabledPlugins"] ??= new JsonObject());
        var marketplaces = (JsonObject)(settings["extraKnownMarketplaces"] ??= new JsonObject());
        if (installed)
        {
            plugins["cairn@cairn"] = true;
            marketplaces["cairn"] = new JsonObject
            {
                ["source"] = new JsonObject { ["source"] = "directory", ["path"] = Path.Combine(home.Paths.Home, "agents", "claude-code") },
            };
        }

        return settings.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Strict(InstallHome home)
    {
        try
        {
            return (JsonObject)JsonNode.Parse(File.ReadAllBytes(home.SettingsFile).AsSpan().TrimStart("\uFEFF"u8))!;
        }
        catch (Exception problem) when (problem is JsonException or FileNotFoundException)
        {
            return [];
        }
    }
}
