using Cairn.Cli.Connection;
using Cairn.Core.Hosting;

namespace Cairn.Cli;

/// <summary>What every command has at hand.</summary>
internal sealed class CommandContext
{
    /// <summary>The context of this process.</summary>
    /// <param name="json">True when the result is wanted as JSON.</param>
    public CommandContext(bool json)
    {
        Environment = ProcessEnvironment.Read();
        Output = Output.OfProcess(Environment, json);
        Home = CairnHome.Resolve(Environment);
        Daemon = new DaemonClient(Home.Paths, Environment, Time);
    }

    /// <summary>The variables that the process was started with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The terminal.</summary>
    public Output Output { get; }

    /// <summary>Where the data lies.</summary>
    public CairnHome Home { get; }

    /// <summary>The daemon.</summary>
    public DaemonClient Daemon { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>Where the command was given.</summary>
    public string Directory { get; } = System.IO.Directory.GetCurrentDirectory();

    /// <summary>The daemon, running: started where it did not.</summary>
    /// <exception cref="DaemonException">It could not be started.</exception>
    public async Task<DaemonClient> RunningDaemonAsync(CancellationToken ct)
    {
        await Daemon.EnsureRunningAsync(Output.Progress, ct);
        return Daemon;
    }
}
