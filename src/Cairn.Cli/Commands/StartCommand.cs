using Cairn.Core.Hosting;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn start</c></summary>
internal static class StartCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "start",
        "Start the daemon in the background. There is seldom a need to: hooks and commands start it when they need it.",
        "cairn start")
        .Does(RunAsync);

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(CommandContext context, System.CommandLine.ParseResult parsed, CancellationToken ct)
    {
        var started = await context.Daemon.EnsureRunningAsync(context.Output.Progress, ct);
        await ReportAsync(context, started ? "Started" : "Already running", ct);
        return ExitCode.Ok;
    }

    /// <summary>Says what runs now.</summary>
    public static async Task ReportAsync(CommandContext context, string what, CancellationToken ct)
    {
        var health = await context.Daemon.GetAsync(Routes.ApiHealth, WireJson.Default.HealthReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(health, WireJson.Default.HealthReply);
            return;
        }

        var pid = DaemonInfo.Read(context.Home.Paths)?.Pid;
        context.Output.Line($"{what}: cairn-daemon {health.Version}, process {pid}, http://127.0.0.1:{health.Port}/");
        foreach (var problem in health.Problems)
        {
            context.Output.Line(context.Output.Warning("! ") + problem);
        }
    }
}
