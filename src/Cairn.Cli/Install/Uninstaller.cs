namespace Cairn.Cli.Install;

/// <summary>Reverses what the manifest says was done, the last change first and what the agents share at the end. Each is tried on its own: one that fails stops no other.</summary>
/// <param name="site">Where it happened.</param>
/// <param name="journal">What was done.</param>
/// <param name="steps">The kinds of change that can be reversed.</param>
internal sealed class Uninstaller(InstallSite site, InstallJournal journal, IReadOnlyList<InstallStep> steps)
{
    /// <summary>What <see cref="RunAsync"/> would change.</summary>
    /// <param name="agent">The agent that Cairn is taken out of; null for all of them.</param>
    public IReadOnlyList<PlannedChange> Describe(string? agent) =>
        [.. Chosen(agent).Select(record => StepOf(record)?.DescribeUndo(record)).OfType<PlannedChange>()];

    /// <summary>Reverses the changes; what is shared goes with the last agent, and the daemon is stopped before it.</summary>
    /// <param name="agent">The agent that Cairn is taken out of; null for all of them.</param>
    /// <param name="report">Told what was done and what could not be.</param>
    /// <param name="ct">Stops before the next change.</param>
    public async Task RunAsync(string? agent, InstallReport report, CancellationToken ct)
    {
        var chosen = Chosen(agent);
        var stopped = false;
        foreach (var record in chosen)
        {
            ct.ThrowIfCancellationRequested();
            if (record.Agent is null && !stopped)
            {
                await site.StopDaemon(ct);
                stopped = true;
            }

            await UndoAsync(record, report, ct);
        }
    }

    private async Task UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct)
    {
        if (StepOf(record) is not { } step)
        {
            report.Fail($"{record.Path} was made by another version of Cairn ({record.Version}); use that version, or remove it by hand.");
            return;
        }

        try
        {
            if (await step.UndoAsync(record, report, ct))
            {
                journal.Forget(record);
                report.Did(step.SayUndone(record));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InstallRefusedException)
        {
            report.Fail($"{record.Path} could not be brought back ({problem.Message}). Run 'cairn uninstall' again when that is mended.");
        }
    }

    private List<InstallRecord> Chosen(string? agent)
    {
        var forAgents = journal.Records.Where(record => record.Agent is not null && (agent is null || record.Agent == agent)).ToList();
        var othersLeft = journal.Records.Any(record => record.Agent is not null && !forAgents.Contains(record));
        var shared = othersLeft ? [] : journal.Records.Where(record => record.Agent is null);
        return [.. forAgents.AsEnumerable().Reverse(), .. shared.Reverse()];
    }

    private InstallStep? StepOf(InstallRecord record) => steps.FirstOrDefault(step => step.Kind == record.Kind);
}
