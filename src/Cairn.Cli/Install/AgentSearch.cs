using Cairn.Cli.Install.ClaudeCode;
using Cairn.Cli.Install.OpenCode;
using Cairn.Core;

namespace Cairn.Cli.Install;

/// <summary>One agent and what is to be seen of it on this machine.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Program">Its program; null where it is not on PATH.</param>
/// <param name="ConfigDirectory">Its configuration directory; null where there is none.</param>
/// <param name="IsInstalled">True when Cairn is installed into it.</param>
internal sealed record FoundAgent(AgentSpec Agent, string? Program, string? ConfigDirectory, bool IsInstalled)
{
    /// <summary>True when there is any sign of it.</summary>
    public bool IsHere => Program is not null || ConfigDirectory is not null;
}

/// <summary>Looks which of the agents that we know are on this machine.</summary>
internal sealed class AgentSearch(InstallSite site, InstallJournal journal)
{
    /// <summary>Every agent that we know.</summary>
    public IReadOnlyList<FoundAgent> Run() => [.. AgentSpec.All.Select(Look)];

    private FoundAgent Look(AgentSpec agent)
    {
        var directory = ConfigDirectoryOf(agent);
        return new(
            agent, site.FindOnPath(agent.Command), Directory.Exists(directory) ? directory : null,
            journal.Records.Any(record => record.Agent == agent.Name));
    }

    private string ConfigDirectoryOf(AgentSpec agent) => agent.Name switch
    {
        "claude-code" => ClaudeLayout.Of(site).ConfigDirectory,
        "opencode" => new OpenCodeLayout(site).ConfigDirectory,
        _ => Path.Combine(site.UserHome, "." + agent.Name),
    };
}
