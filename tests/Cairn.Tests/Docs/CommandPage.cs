using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;
using Cairn.Cli;

namespace Cairn.Tests.Docs;

/// <summary>Writes the page of the command line from the commands themselves.</summary>
internal static class CommandPage
{
    /// <summary>The page, after its heading.</summary>
    public static string Write()
    {
        var page = new StringBuilder();
        var root = CommandLine.Create();
        page.Append("| command | what it is for |\n|---|---|\n");
        var commands = root.Subcommands.SelectMany(child => All(child, "cairn")).Where(found => !found.Command.Hidden).ToList();
        foreach (var (path, command) in commands)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [`{path}`](#{path.Replace(' ', '-')}) | {FirstSentence(command.Description!)} |\n");
        }

        foreach (var (path, command) in commands)
        {
            Append(page, path, command);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, string path, Command command)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {path}\n\n{command.Description}\n\n```sh\n");
        foreach (var example in command is CairnCommand { Examples: var examples } ? examples : [])
        {
            page.Append(example).Append('\n');
        }

        page.Append("```\n");
        var rows = command.Arguments.Where(argument => !argument.Hidden).Select(argument => (Name: $"<{argument.Name}>", argument.Description))
            .Concat(command.Options.Where(option => !option.Hidden && option is not HelpOption).OrderBy(option => option.Name, StringComparer.Ordinal)
                .Select(option => (Name: string.Join("`, `", option.Aliases.Prepend(option.Name)), option.Description)))
            .ToList();
        if (rows.Count > 0)
        {
            page.Append("\n| argument or option | what it says |\n|---|---|\n");
            foreach (var (name, description) in rows)
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {description!.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }
        }
    }

    private static IEnumerable<(string Path, Command Command)> All(Command command, string parent)
    {
        var path = $"{parent} {command.Name}";
        return command.Subcommands.SelectMany(child => All(child, path)).Prepend((path, command));
    }

    private static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is var end and > 0 ? text[..(end + 1)] : text;
}
