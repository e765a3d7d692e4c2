using System.CommandLine;
using System.Globalization;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn stats</c></summary>
internal static class StatsCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "stats",
        "Count what is stored: sessions, prompts, memories by kind and by project, and what was recalled.",
        "cairn stats", "cairn stats --json")
        .Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var stats = await daemon.GetAsync(Routes.Stats, WireJson.Default.StatsReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(stats, WireJson.Default.StatsReply);
            return ExitCode.Ok;
        }

        var counts = new (string Name, long Value)[]
        {
            ("projects", stats.Projects), ("sessions", stats.Sessions), ("prompts", stats.Prompts), ("events", stats.Events),
            ("memories", stats.Memories), ("recalls", stats.Receipts), ("tokens recalled", stats.InjectedTokens),
        };
        foreach (var (name, value) in counts)
        {
            context.Output.Line($"{name,-16} {Number(value),10}");
        }

        List(context.Output, "Memories by kind", stats.ByKind);
        List(context.Output, "Memories by project", stats.ByProject);
        return ExitCode.Ok;
    }

    private static void List(Output output, string heading, IReadOnlyList<CountReply> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        output.Heading(heading);
        var width = Math.Max(16, counts.Max(count => count.Name.Length));
        foreach (var count in counts)
        {
            output.Line($"{Output.Safe(count.Name).PadRight(width)} {Number(count.Count),10}");
        }
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
