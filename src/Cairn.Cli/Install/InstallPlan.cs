using Cairn.Core.Hosting;

namespace Cairn.Cli.Install;

/// <summary>The changes that install Cairn into one agent, in their order.</summary>
internal sealed class InstallPlan
{
    /// <summary>The agent's name.</summary>
    public required string Agent { get; init; }

    /// <summary>The changes, in the order in which they are made; reversed in the opposite one.</summary>
    public required IReadOnlyList<InstallStep> Steps { get; init; }

    /// <summary>The first change that concerns the agent: before it the daemon must run.</summary>
    public required InstallStep FirstStepForTheAgent { get; init; }

    /// <summary>The same, and one more change at its end.</summary>
    public InstallPlan With(InstallStep last) => new()
    {
        Agent = Agent,
        Steps = [.. Steps, last],
        FirstStepForTheAgent = FirstStepForTheAgent,
        DaemonStarted = DaemonStarted,
    };

    /// <summary>Told which daemon answers, null for none, before the first change that concerns the agent.</summary>
    public Action<DaemonInfo?> DaemonStarted { get; init; } = _ => { };
}
