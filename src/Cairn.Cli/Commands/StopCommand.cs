using Cairn.Cli.Connection;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn stop</c></summary>
internal static class StopCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "stop",
        "Stop the daemon after it has finished its writes. The next hook or command starts it again; 'cairn pause' is what keeps a session from being captured.",
        "cairn stop")
        .Does(RunAsync);

    /// <summary>Stops it and says how that went.</summary>
    /// <returns>True when none runs any more.</returns>
    public static async Task<bool> StopAsync(CommandContext context, CancellationToken ct)
    {
        var outcome = await new DaemonStop(context.Home.Paths, context.Daemon, context.Time).RunAsync(context.Output.Progress, ct);
        switch (outcome)
        {
            case StopOutcome.NotRunning:
                Say("The daemon was not running.");
                break;
            case StopOutcome.Stopped:
                Say("Stopped.");
                break;
            case StopOutcome.Killed:
                Say($"The daemon did not end within {DaemonStop.Patience.TotalSeconds:0} s, so its process was killed. What it had acknowledged is on disk.");
                break;
            case StopOutcome.StillRunning:
                context.Output.Error(
                    $"The daemon did not end within {DaemonStop.Patience.TotalSeconds:0} s, and its process could not be told for sure, so nothing was killed.",
                    "Look for 'cairn-daemon' among your processes and end it yourself.");
                break;
        }

        return outcome != StopOutcome.StillRunning;

        void Say(string text)
        {
            if (!context.Output.IsJson)
            {
                context.Output.Line(text);
            }
        }
    }

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(CommandContext context, System.CommandLine.ParseResult parsed, CancellationToken ct) =>
        await StopAsync(context, ct) ? ExitCode.Ok : ExitCode.Failed;
}
