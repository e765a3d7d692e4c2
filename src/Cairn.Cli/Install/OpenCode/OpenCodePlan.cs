using Cairn.Core;

namespace Cairn.Cli.Install.OpenCode;

/// <summary>What it takes to install Cairn into OpenCode.</summary>
internal static class OpenCodePlan
{
    /// <summary>Looks at the machine and lays out the changes; makes none.</summary>
    public static InstallPlan Create(InstallSite site, InstallJournal journal)
    {
        PublishedFiles.Check(site.ProgramDirectory);
        var template = Path.Combine(site.ProgramDirectory, "agents", AgentSpec.OpenCode.Name);
        var programs = new CopyPrograms(site, journal);
        var plugin = new RenderPlugin(site, journal, AgentSpec.OpenCode.Name, () => PluginTemplate.Render(template, site.CurrentProgram));
        return new()
        {
            Agent = AgentSpec.OpenCode.Name,
            Steps =
            [
                programs,
                new PointCurrent(site, journal),
                plugin,
                new ListPlugin(site, journal),
                new RemoveOldVersions(site, journal, programs),
            ],
            FirstStepForTheAgent = plugin,
        };
    }

    /// <summary>The kinds of change that only this agent's installation makes, to reverse them.</summary>
    public static IReadOnlyList<InstallStep> Kinds(InstallSite site, InstallJournal journal) => [new ListPlugin(site, journal)];
}
