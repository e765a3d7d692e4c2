using System.CommandLine;
using System.Globalization;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn status</c></summary>
internal static class StatusCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "status",
        "Show whether the daemon runs, where, and how much it remembers. Starts nothing; ends with 1 when it does not run.",
        "cairn status", "cairn status --json")
        .Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var output = context.Output;
        if (!context.Daemon.IsListening)
        {
            return NotRunning(context);
        }

        var status = await context.Daemon.GetAsync(Routes.Status, WireJson.Default.StatusReply, ct);
        if (output.IsJson)
        {
            output.Json(status, WireJson.Default.StatusReply);
            return ExitCode.Ok;
        }

        var health = status.Health;
        output.Line($"{State(output, health)} cairn-daemon {health.Version}, process {status.Pid}, up {Words.Duration(health.UptimeMs)}");
        var rows = new (string Name, string Value)[]
        {
            ("viewer", $"http://127.0.0.1:{health.Port}/"),
            ("home", status.Home),
            ("database", $"{status.Database} ({Words.Size(status.DatabaseBytes)})"),
            ("memory", Words.Size(status.MemoryBytes)),
            ("stored", Stored(status.Stats)),
            ("recalled", $"{Words.Count(status.Stats.Receipts, "time")}, about {status.Stats.InjectedTokens.ToString("N0", CultureInfo.InvariantCulture)} tokens"),
            ("waiting", Waiting(status)),
        };
        foreach (var (name, value) in rows)
        {
            output.Line($"  {output.Faint(name.PadRight(9))} {value}");
        }

        foreach (var problem in Problems(context, status))
        {
            output.Line($"{output.Warning("!")} {problem}");
        }

        return ExitCode.Ok;
    }

    private static int NotRunning(CommandContext context)
    {
        if (context.Output.IsJson)
        {
            context.Output.Line("""{ "health": null }""");
        }
        else
        {
            context.Output.Line($"{context.Output.Faint("○")} The daemon is not running. The next hook or command starts it; so does 'cairn start'.");
            context.Output.Line($"  {context.Output.Faint("home     ")} {context.Home.Paths.Home}");
            foreach (var notice in context.Home.Notices)
            {
                context.Output.Line($"{context.Output.Warning("!")} {notice}");
            }
        }

        return ExitCode.Failed;
    }

    private static IEnumerable<string> Problems(CommandContext context, StatusReply status)
    {
        foreach (var problem in status.Health.Problems.Concat(context.Home.Notices))
        {
            yield return problem;
        }

        if (status.Database != context.Home.Paths.DatabaseFile)
        {
            yield return $"The daemon that runs uses {status.Database}; from here it would be {context.Home.Paths.DatabaseFile}. 'cairn restart' changes over.";
        }
    }

    private static string State(Output output, HealthReply health) =>
        health.Status == "ok" ? output.Good("●") : output.Bad("● " + health.Status);

    private static string Stored(StatsReply stats) => string.Join(", ",
        Words.Count(stats.Memories, "memory", "memories"), Words.Count(stats.Sessions, "session"),
        Words.Count(stats.Prompts, "prompt"), Words.Count(stats.Events, "event"), Words.Count(stats.Projects, "project"));

    private static string Waiting(StatusReply status) => string.Join(", ",
        Words.Count(status.Waiting, "batch", "batches"), $"{status.Spooled} in the spool", $"{status.Quarantined} in quarantine");
}
