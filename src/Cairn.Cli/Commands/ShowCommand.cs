using System.CommandLine;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn show</c></summary>
internal static class ShowCommand
{
    private static readonly Argument<long> Id = new("id") { Description = "The memory's number, as the lists show it." };

    public static CairnCommand Create() => new CairnCommand(
        "show",
        "Show all of one memory: what happened, its facts, its files, and what it rests on.",
        "cairn show 12", "cairn show 12 --json")
    {
        Id,
    }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var memory = await daemon.GetAsync(Address.Of(Routes.MemoryById, parsed.GetValue(Id)), WireJson.Default.MemoryReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(memory, WireJson.Default.MemoryReply);
        }
        else
        {
            MemoryText.Whole(context.Output, memory);
        }

        return ExitCode.Ok;
    }
}
