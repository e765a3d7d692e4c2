using Cairn.Core.Hosting;

namespace Cairn.Cli.Install;

/// <summary>Makes the changes of a plan one after the other, or only says what they would be.</summary>
internal sealed class Installer(InstallSite site)
{
    /// <summary>What <see cref="RunAsync"/> would change.</summary>
    public static IReadOnlyList<PlannedChange> Describe(InstallPlan plan) => [.. plan.Steps.SelectMany(step => step.Describe())];

    /// <summary>
    /// Makes every change. Everything that can be refused is refused before the first one; the daemon is started as soon as
    /// its programs are in place, so that an agent is told of it only when it answers.
    /// </summary>
    /// <returns>The daemon that answers; null when it could not be started, which the report says.</returns>
    public async Task<DaemonInfo?> RunAsync(InstallPlan plan, InstallReport report, CancellationToken ct)
    {
        Describe(plan);
        DaemonInfo? daemon = null;
        foreach (var step in plan.Steps)
        {
            ct.ThrowIfCancellationRequested();
            if (step == plan.FirstStepForTheAgent)
            {
                daemon = await StartDaemonAsync(report, ct);
                plan.DaemonStarted(daemon);
            }

            await step.ApplyAsync(report, ct);
        }

        return daemon;
    }

    private async Task<DaemonInfo?> StartDaemonAsync(InstallReport report, CancellationToken ct)
    {
        var daemon = await site.StartDaemon(ct);
        if (daemon is null)
        {
            report.Fail(
                "The daemon could not be started. Events are kept in the spool until it runs; 'cairn doctor' says what is wrong.");
        }
        else
        {
            report.Did($"The daemon runs (version {daemon.Version}, process {daemon.Pid}).");
        }

        return daemon;
    }
}
