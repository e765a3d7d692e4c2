using System.CommandLine;
using System.Globalization;
using Cairn.Core.Wire;

namespace Cairn.Cli.Codemem;

/// <summary><c>cairn raw-events-status</c></summary>
internal static class RawEventsStatusCommand
{
    private static readonly Option<int> Limit = new("--limit") { Description = "Most sessions (25).", DefaultValueFactory = _ => 25 };

    public static CairnCommand Create() => new CairnCommand(
        "raw-events-status",
        "Lists the sessions with events that are not observed, a line each, in codemem's words. 'cairn queue' says it for people.",
        "cairn raw-events-status --limit 5")
    {
        Limit,
    }.Hide().Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var status = await daemon.GetAsync(
            Address.Of(Routes.RawEventStatus, ("limit", parsed.GetValue(Limit).ToString(CultureInfo.InvariantCulture))), WireJson.Default.RawEventStatusReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(status, WireJson.Default.RawEventStatusReply);
            return ExitCode.Ok;
        }

        if (status.Items.Count == 0)
        {
            context.Output.Line("No pending raw events");
        }

        foreach (var item in status.Items)
        {
            context.Output.Line(Output.Safe(Line(item)));
        }

        return ExitCode.Ok;
    }

    private static string Line(RawEventSessionReply item)
    {
        string Counts(IReadOnlyDictionary<string, int> counts, params ReadOnlySpan<string> names)
        {
            var parts = new List<string>();
            foreach (var name in names)
            {
                parts.Add($"{name}:{counts.GetValueOrDefault(name)}");
            }

            return string.Join(' ', parts);
        }

        return $"- {item.Source}:{item.StreamId} pending={item.Pending} max_seq={item.MaxSeq} last_flushed={item.LastFlushedEventSeq} "
            + $"batches={Counts(item.Batches, "started", "running", "error", "completed")} "
            + $"queue={Counts(item.Queue, "pending", "claimed", "failed", "done")} project={item.Project}";
    }
}
