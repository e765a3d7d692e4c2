using System.CommandLine;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn search</c></summary>
internal static class SearchCommand
{
    private static readonly Argument<string[]> Query = new("words")
    {
        Description = "What to look for, in your own words.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static CairnCommand Create() => new CairnCommand(
        "search",
        "Find memories by what they say. The best match comes first; ends with 3 when nothing matches.",
        "cairn search why does the discount apply twice", "cairn search timeout --here --kind bugfix", "cairn search \"connection pool\" --json")
    {
        Query,
    }.WithFilter().Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var words = string.Join(' ', parsed.GetValue(Query)!);
        var found = await daemon.GetAsync(
            Address.Of(Routes.Search, [("query", words), .. MemoryFilter.Query(context, parsed)]), WireJson.Default.MemoryListReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(found, WireJson.Default.MemoryListReply);
        }
        else if (found.Items.Count == 0)
        {
            context.Output.Note("Nothing matches.");
        }
        else
        {
            MemoryText.Matches(context.Output, found.Items);
            context.Output.Line();
            context.Output.Line(context.Output.Faint("'cairn show <id>' shows all of one."));
        }

        return found.Items.Count == 0 ? ExitCode.NothingFound : ExitCode.Ok;
    }
}
