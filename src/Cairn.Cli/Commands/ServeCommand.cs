using System.CommandLine;
using Cairn.Cli.Connection;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn serve</c></summary>
internal static class ServeCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "serve",
        "Run the daemon in this terminal, until Ctrl-C. For looking at it, and for service managers.",
        "cairn serve")
        .Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
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
