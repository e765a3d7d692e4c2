using System.CommandLine;
using Cairn.Cli.Connection;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn serve</c></summary>
internal static class ServeCommand
{
    private static readonly Option<bool> Background = new("--background") { Description = "Start it in the background instead, like 'cairn start'." };

    private static readonly Option<bool> Stop = new("--stop") { Description = "Stop it instead, like 'cairn stop'." };

    private static readonly Option<bool> Restart = new("--restart") { Description = "Start it again in the background instead, like 'cairn restart'." };

    public static CairnCommand Create() => new CairnCommand(
        "serve",
        "Run the daemon in this terminal, until Ctrl-C. For looking at it, and for service managers.",
        "cairn serve")
    {
        Background, Stop, Restart,
    }.Does((context, parsed, ct) =>
        parsed.GetValue(Restart) ? RestartCommand.RunAsync(context, parsed, ct)
        : parsed.GetValue(Stop) ? StopCommand.RunAsync(context, parsed, ct)
        : parsed.GetValue(Background) ? StartCommand.RunAsync(context, parsed, ct)
        : RunAsync(context, ct));

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Daemon.IsListening)
        {
            context.Output.Error("A daemon runs already.", "'cairn stop' stops it.");
            return ExitCode.Failed;
        }

        if (DaemonProgram.Find(context.Environment) is not { } program)
        {
            throw DaemonProgram.Missing();
        }

        CairnHome.Create(context.Home.Paths);
        return await ForegroundProcess.RunAsync(
            program, DaemonProgram.Arguments(context.Home.Paths), DaemonProgram.MinimalEnvironment(context.Environment), ct);
    }
}
