namespace Cairn.Cli.Commands;

/// <summary><c>cairn restart</c></summary>
internal static class RestartCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "restart",
        "Stop the daemon after its writes and start it again, in the version of this command.",
        "cairn restart")
        .Does(RunAsync);

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(CommandContext context, System.CommandLine.ParseResult parsed, CancellationToken ct)
    {
        if (!await StopCommand.StopAsync(context, ct))
        {
            return ExitCode.Failed;
        }

        await context.Daemon.EnsureRunningAsync(context.Output.Progress, ct);
        await StartCommand.ReportAsync(context, "Started", ct);
        return ExitCode.Ok;
    }
}
