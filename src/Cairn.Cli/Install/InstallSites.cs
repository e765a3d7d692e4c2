using Cairn.Cli.Connection;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;

namespace Cairn.Cli.Install;

/// <summary>The place where this process installs.</summary>
internal static class InstallSites
{
    /// <summary>Made of what every command has at hand.</summary>
    public static InstallSite Of(CommandContext context)
    {
        var paths = context.Home.Paths;
        return new()
        {
            Paths = paths,
            UserHome = CairnHome.UserDirectory(context.Environment),
            Environment = context.Environment,
            ProgramDirectory = Path.GetDirectoryName(Environment.ProcessPath)!,
            Version = ProductVersion.Current,
            Time = context.Time,
            StopDaemon = ct => StopAsync(context, ct),
            StartDaemon = ct => StartAsync(context, ct),
        };
    }

    private static async Task StopAsync(CommandContext context, CancellationToken ct)
    {
        var outcome = await new DaemonStop(context.Home.Paths, context.Daemon, context.Time).RunAsync(context.Output.Progress, ct);
        if (outcome == StopOutcome.StillRunning)
        {
            throw new InstallRefusedException(
                "The running daemon did not stop, and its process could not be told for sure. Look for 'cairn-daemon' among your processes, end it, and run the command again.");
        }
    }

    // The installed daemon, not the one beside this program.
    private static async Task<DaemonInfo?> StartAsync(CommandContext context, CancellationToken ct)
    {
        var paths = context.Home.Paths;
        var environment = new Dictionary<string, string>(context.Environment)
        {
            [DaemonProgram.Variable] = Path.Combine(paths.BinDirectory, "current", InstallSite.ExecutableName("cairn-daemon")),
        };
        try
        {
            if (DaemonInfo.Read(paths) is { } running && running.Version != ProductVersion.Current)
            {
                await StopAsync(context, ct);
            }

            var client = new DaemonClient(paths, environment, context.Time);
            await client.EnsureRunningAsync(context.Output.Progress, ct);
            // It listens a moment before it has written where; it has when it answers.
            await client.GetAsync(Routes.Version, WireJson.Default.VersionReply, ct);
            return DaemonInfo.Read(paths);
        }
        catch (DaemonException)
        {
            return null;
        }
    }
}
