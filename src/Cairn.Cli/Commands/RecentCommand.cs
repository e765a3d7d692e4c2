using System.CommandLine;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn recent</c></summary>
internal static class RecentCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "recent",
        "List memories, the newest first.",
        "cairn recent", "cairn recent --here -n 5", "cairn recent --kind decision")
        .WithFilter().Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var found = await daemon.GetAsync(
            Address.Of(Routes.Memories, MemoryFilter.Query(context, parsed)), WireJson.Default.MemoryListReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(found, WireJson.Default.MemoryListReply);
        }
        else if (found.Items.Count == 0)
        {
            context.Output.Note("There are no memories yet. They come with the work of your agent; 'cairn doctor' tells whether it is seen.");
        }
        else
        {
            MemoryText.List(context.Output, found.Items);
            if (found.HasMore)
            {
                context.Output.Line(context.Output.Faint($"{found.Items.Count} of {found.Total}; --limit shows more."));
            }
        }

        return found.Items.Count == 0 ? ExitCode.NothingFound : ExitCode.Ok;
    }
}
