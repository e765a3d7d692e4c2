using System.CommandLine;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn scrub</c></summary>
internal static class ScrubCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "scrub",
        "Apply today's rules of redaction to what was stored before. Secrets that an older version did not know are taken out of events, memories and the index, for good.",
        "cairn scrub")
        .Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        ScrubReply done;
        using (context.Output.Progress("Scrubbing"))
        {
            done = await daemon.PostTextAsync(Routes.Scrub, default, WireJson.Default.ScrubReply, ct);
        }

        if (context.Output.IsJson)
        {
            context.Output.Json(done, WireJson.Default.ScrubReply);
            return ExitCode.Ok;
        }

        context.Output.Line(done.Changed == 0
            ? $"Looked at {Words.Count(done.Seen, "row")}: nothing had to be taken out."
            : $"Looked at {Words.Count(done.Seen, "row")}, and took something out of {Words.Count(done.Changed, "of them", "of them")}.");
        if (done.Changed > 0 && done.Backups.Count > 0)
        {
            context.Output.Line(context.Output.Warning("! ") + "These backups are as they were; delete them when you need them no more:");
            foreach (var backup in done.Backups)
            {
                context.Output.Line("  " + backup);
            }
        }

        return ExitCode.Ok;
    }
}
