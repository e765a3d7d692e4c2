using System.CommandLine;
using Cairn.Cli.Connection;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn doctor</c></summary>
internal static class DoctorCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "doctor",
        "Examine everything: whether anything keeps sessions in this directory from being captured or memories from being recalled, and what to do about it. Ends with 1 when something is wrong.",
        "cairn doctor", "cairn doctor --json")
        .Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var checks = new List<CheckReply>();
        checks.AddRange(HomeExamination.Run(context));
        checks.AddRange(await DaemonAsync(context, ct));
        checks.AddRange(SettingsExamination.Run(context));
        checks.AddRange(await AgentExamination.RunAsync(context, ct));
        if (context.Output.IsJson)
        {
            context.Output.Json(new DoctorReply(checks), WireJson.Default.DoctorReply);
        }
        else
        {
            Show(context.Output, checks);
        }

        return checks.Any(check => check.State == CheckState.Failed) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<IReadOnlyList<CheckReply>> DaemonAsync(CommandContext context, CancellationToken ct)
    {
        try
        {
            var started = await context.Daemon.EnsureRunningAsync(context.Output.Progress, ct);
            var version = await context.Daemon.GetAsync(Routes.Version, WireJson.Default.VersionReply, ct);
            var reply = await context.Daemon.GetAsync(Address.Of(Routes.Doctor, ("cwd", context.Directory)), WireJson.Default.DoctorReply, ct);
            return [Running(version, started), .. reply.Checks];
        }
        catch (DaemonException problem)
        {
            var last = LogsCommand.LastLines(context.Home.Paths.LogsDirectory, 1);
            return
            [
                new("daemon", CheckState.Failed,
                    problem.Message + (last.Count > 0 ? $" Its log ends with: {last[0]}" : ""),
                    $"{problem.Advice} Until it runs, events wait in the spool and nothing is recalled."),
            ];
        }
    }

    private static CheckReply Running(VersionReply version, bool started)
    {
        var own = Core.Hosting.ProductVersion.Current;
        return version.Version == own
            ? new("daemon", CheckState.Ok, started ? $"did not run; started {version.Version}" : $"runs, version {version.Version}", "")
            : new("daemon", CheckState.Warning, $"runs in version {version.Version}; this command is {own}", "'cairn restart' brings both to one version.");
    }

    private static void Show(Output output, List<CheckReply> checks)
    {
        var width = checks.Max(check => check.Name.Length);
        foreach (var check in checks)
        {
            var mark = check.State switch
            {
                CheckState.Ok => output.Good("ok     "),
                CheckState.Warning => output.Warning("warning"),
                _ => output.Bad("failed "),
            };
            output.Line($"{mark}  {check.Name.PadRight(width)}  {Output.Safe(check.Message)}");
            if (check.Advice.Length > 0)
            {
                output.Line($"{new string(' ', 11 + width)}{output.Strong("→")} {Output.Safe(check.Advice)}");
            }
        }

        var (failed, warnings) = (checks.Count(check => check.State == CheckState.Failed), checks.Count(check => check.State == CheckState.Warning));
        output.Line();
        output.Line((failed, warnings) switch
        {
            (0, 0) => "All is well: sessions here are captured, and memories are recalled.",
            (0, _) => $"It works, with {Words.Count(warnings, "thing")} to look at.",
            _ => $"{Words.Count(failed, "thing")} {(failed == 1 ? "keeps" : "keep")} it from working; see the arrows.",
        });
    }
}
