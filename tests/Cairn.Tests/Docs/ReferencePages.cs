using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cairn.Core;
using Cairn.Core.Configuration;
using Cairn.Core.Wire;
using Cairn.Tests.Support;

namespace Cairn.Tests.Docs;

/// <summary>Writes the pages of docs/reference from the code that they describe.</summary>
internal static partial class ReferencePages
{
    /// <summary>Every generated page: its path and its text.</summary>
    public static IReadOnlyList<(string Path, string Text)> All() =>
    [
        ("docs/reference/cli.md", CliPage()),
        ("docs/reference/settings.md", SettingsPage()),
        ("docs/reference/http.md", HttpPage()),
        ("docs/reference/agents.md", AgentsPage()),
    ];

    private static string CliPage() => Head("Commands", """
        Every command says the same of itself with `--help`, and takes `--json` to print its result for a program. Exit codes:
        0 done, 1 it did not work, 2 the command line is not understood, 3 there is nothing of what was asked for; `cairn hook`
        always ends with 0.
        """) + CommandPage.Write();

    private static string SettingsPage()
    {
        var page = Head("Settings", """
            Every setting can stand in `~/.cairn/settings.json` (JSON with comments; only what differs from the default needs to
            be there), in the environment of the agent's session, or be changed by `cairn config set KEY VALUE`. The session's
            environment outranks the file, and applies to that session only. An edit of the file applies to the next request,
            unless the table says "restart". The names of older systems are accepted wherever ours are; where two names
            disagree, ours wins.
            """);
        page.Append("| setting | default | what it does | allowed | environment | also known as | |\n|---|---|---|---|---|---|---|\n");
        foreach (var setting in Settings.All)
        {
            var aliases = string.Join(", ", setting.Aliases.Select(alias => $"`{alias}`"));
            var note = string.Join(", ", new[] { setting.NeedsRestart ? "restart" : "", setting.LocalOnly ? "never over HTTP" : "" }.Where(text => text.Length > 0));
            var standard = setting.DefaultText.Length == 0 ? "(empty)" : $"`{setting.DefaultText}`";
            page.Append(CultureInfo.InvariantCulture, $"| `{setting.Key}` | {standard} | {Cell(setting.Help)} | {Cell(setting.Rule)} | `{setting.EnvironmentVariable}` | {aliases} | {note} |\n");
        }

        page.Append("""

            ## Names of the older systems

            What each documented variable does here. "mapped" ones set the named setting, with our range and default; those in
            seconds are taken in seconds.

            | name | here |
            |---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var (name, effect) in OlderNames().OrderBy(row => row.Name, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {Cell(effect)} |\n");
        }

        return page.ToString();
    }

    private static IEnumerable<(string Name, string Effect)> OlderNames() =>
        Settings.All.SelectMany(setting => setting.Aliases.Select(alias => (alias, $"mapped to `{setting.Key}`")))
            .Concat(OlderName.All.Select(older => (older.Name, "accepted, no effect because " + older.Reason)));

    private static string HttpPage()
    {
        var page = Head("HTTP", """
            The daemon answers on its own Unix socket (`cairn.sock` in the data directory) and on a loopback port
            (`cairn status` shows it). Words are JSON in snake_case. Every refusal has the shape
            `{error, message, code, details}`: 400 `invalid_request`, 403 `forbidden` (a host or origin that is not this
            machine's own), 404 `not_found`, 413 `too_large`, 503 `not_ready` with `Retry-After` when the database cannot be
            used. A browser that changes something must show the token (`Authorization: Bearer`, file `token` in the data
            directory). Every answer names the daemon's version in `Cairn-Version`.
            """);
        page.Append("| address | what it does |\n|---|---|\n");
        var summaries = Summaries(typeof(Routes).Assembly);
        foreach (var (name, address) in RouteConstants())
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{address}` | {Cell(summaries[$"F:{typeof(Routes).FullName}.{name}"])} |\n");
        }

        return page.ToString();
    }

    private static string AgentsPage()
    {
        var page = Head("Agents", "The coding agents that Cairn knows. `cairn install` lists those that it finds on this machine.");
        page.Append("| name | agent | command | most characters of one injection |\n|---|---|---|---|\n");
        foreach (var agent in AgentSpec.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{agent.Name}` | {agent.Title} | `{agent.Command}` | {agent.ContextLimit} |\n");
        }

        return page.ToString();
    }

    /// <summary>Every address of <see cref="Routes"/> with the name of its constant.</summary>
    public static IEnumerable<(string Name, string Address)> RouteConstants() =>
        from field in typeof(Routes).GetFields(BindingFlags.Public | BindingFlags.Static)
        let value = (string)field.GetRawConstantValue()!
        where value.StartsWith('/')
        select (field.Name, value);

    private static StringBuilder Head(string title, string introduction) =>
        new($"# {title}\n<!-- Written by scripts/docs from the code; edit the code. -->\n\n{introduction.ReplaceLineEndings("\n")}\n\n");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static Dictionary<string, string> Summaries(Assembly assembly)
    {
        var file = Path.ChangeExtension(Path.Combine(Repository.Root, "artifacts", "bin", "Cairn.Core", "release", "Cairn.Core.dll"), ".xml");
        return XDocument.Load(File.Exists(file) ? file : Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => (string)member.Attribute("name")!, member => Plain(member.Element("summary")!));
    }

    private static string Plain(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.Nodes())
        {
            text.Append(node switch
            {
                XText words => words.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => $"`{((string)see.Attribute("cref")!).Split('.')[^1]}`",
                _ => "",
            });
        }

        return Space().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
