using System.CommandLine;
using System.Globalization;
using Cairn.Core.Projects;

namespace Cairn.Cli;

/// <summary>Which memories are wanted: options that several commands share.</summary>
internal static class MemoryFilter
{
    /// <summary>Only of one project.</summary>
    public static readonly Option<string?> Project = new("--project", "-p") { Description = "Only memories of this project (its name)." };

    /// <summary>Only of the project of the current directory.</summary>
    public static readonly Option<bool> Here = new("--here") { Description = "Only memories of the project that the current directory belongs to." };

    /// <summary>Only of one kind.</summary>
    public static readonly Option<string?> Kind = new("--kind", "-k") { Description = "Only memories of this kind, e.g. bugfix, decision, note." };

    /// <summary>How many.</summary>
    public static readonly Option<int> Limit = new("--limit", "-n") { Description = "The most memories to show.", DefaultValueFactory = _ => 20 };

    /// <summary>What the options ask for, as a query of the daemon.</summary>
    public static (string Name, string? Value)[] Query(CommandContext context, ParseResult parsed) =>
    [
        ("project", parsed.GetValue(Here) ? ProjectHere(context) : parsed.GetValue(Project)),
        ("kind", parsed.GetValue(Kind)),
        ("limit", Math.Clamp(parsed.GetValue(Limit), 1, 100).ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Name of the project that the current directory belongs to.</summary>
    public static string ProjectHere(CommandContext context) => new ProjectResolver(context.Time).Resolve(context.Directory).Label;

    /// <summary>Adds the options to a command.</summary>
    public static CairnCommand WithFilter(this CairnCommand command)
    {
        foreach (var option in new Option[] { Project, Here, Kind, Limit })
        {
            command.Add(option);
        }

        return command;
    }
}
