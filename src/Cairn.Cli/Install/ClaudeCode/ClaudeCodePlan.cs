using Cairn.Core;

namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>What it takes to install Cairn into Claude Code.</summary>
internal static class ClaudeCodePlan
{
    private const string HooksFile = "hooks/hooks.json";

    /// <summary>Looks at the machine and lays out the changes; makes none.</summary>
    /// <param name="site">Where it is installed.</param>
    /// <param name="journal">What earlier installations did.</param>
    /// <param name="transport">How events are handed over, a name of <see cref="HookTransport"/>.</param>
    /// <param name="port">The port of HTTP hooks until the daemon says which it bound.</param>
    /// <param name="ct">Stops the look.</param>
    public static async Task<InstallPlan> CreateAsync(InstallSite site, InstallJournal journal, string transport, int port, CancellationToken ct)
    {
        PublishedFiles.Check(site.ProgramDirectory);
        var layout = ClaudeLayout.Of(site);
        var client = ClaudeClient.Find(site, layout);
        var works = client is not null && await client.VersionAsync(ct) is not null;
        var template = Path.Combine(site.ProgramDirectory, "agents", AgentSpec.ClaudeCode.Name);
        var boundPort = port;

        SortedDictionary<string, byte[]> Render()
        {
            var files = PluginTemplate.Render(template, site.CurrentProgram);
            if (transport == HookTransport.Http)
            {
                files[HooksFile] = HookTransport.ToHttp(files[HooksFile], HookTransport.Url(boundPort));
            }

            return files;
        }

        var programs = new CopyPrograms(site, journal);
        var plugin = new RenderPlugin(site, journal, AgentSpec.ClaudeCode.Name, Render);
        return new()
        {
            Agent = AgentSpec.ClaudeCode.Name,
            Steps =
            [
                programs,
                new PointCurrent(site, journal),
                plugin,
                new RegisterPlugin(site, journal, layout, works ? client : null, () => Render()[HooksFile]),
                new RemoveOldVersions(site, journal, programs),
            ],
            FirstStepForTheAgent = plugin,
            DaemonStarted = daemon => boundPort = daemon?.Port ?? port,
        };
    }

    /// <summary>The kinds of change that any version may have recorded, to reverse them.</summary>
    public static IReadOnlyList<InstallStep> Kinds(InstallSite site, InstallJournal journal)
    {
        var programs = new CopyPrograms(site, journal);
        return
        [
            programs,
            new PointCurrent(site, journal),
            new RenderPlugin(site, journal, AgentSpec.ClaudeCode.Name, () => new SortedDictionary<string, byte[]>()),
            new RegisterPlugin(site, journal, ClaudeLayout.Of(site), client: null, () => "{}"u8.ToArray()),
        ];
    }
}
