namespace Cairn.Engine.Observe.Rules;

/// <summary>
/// The built-in observer: makes memories from events alone, by rules, without a model. The same events give the same
/// drafts, and a memory keeps its key while the session grows.
/// </summary>
public sealed class RulesObserver : IObserver
{
    /// <inheritdoc/>
    public string Name => "rules";

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemoryDraft>> ObserveAsync(SessionLog log, CancellationToken ct)
    {
        var paths = new ProjectPaths(log.ProjectRoot);
        var turns = new List<TurnWork>();
        foreach (var turn in Turn.Split(log.Events))
        {
            ct.ThrowIfCancellationRequested();
            turns.Add(new TurnWork(turn, EvidenceReader.Read(turn, paths)));
        }

        var units = WorkUnits.From(turns);
        var drafts = new DraftList();
        var writer = new MemoryWriter(paths);
        foreach (var unit in units)
        {
            ct.ThrowIfCancellationRequested();
            drafts.Add(writer.Write(unit));
        }

        IReadOnlyList<MemoryDraft> all = drafts.Drafts.Count == 0
            ? []
            : [.. drafts.Drafts, new SessionSummaryWriter(paths).Write(turns, units, drafts.Drafts)];
        return Task.FromResult(all);
    }
}
