namespace Cairn.Engine.Observe.Rules;

/// <summary>
/// Leaves out of a session's evidence what did not last: changes that were taken back by hand, discarded or stashed away,
/// commits that were reverted, files that were made and deleted again.
/// </summary>
internal sealed class LastingWork
{
    private readonly HashSet<long> _lost = [];
    private readonly HashSet<long> _lostCommits = [];
    private readonly List<FileEdit> _edits;
    private readonly List<Commit> _commits;

    private LastingWork(IReadOnlyList<TurnWork> turns)
    {
        _edits = [.. turns.SelectMany(work => work.Evidence.Edits)];
        _commits = [.. turns.SelectMany(work => work.Evidence.Commits)];
    }

    /// <summary>The same turns with what lasted; a turn of which all changes were lost says so.</summary>
    public static List<TurnWork> Of(IReadOnlyList<TurnWork> turns)
    {
        var work = new LastingWork(turns);
        work.TakeBackByHand();
        var stashed = new List<long>();
        foreach (var discard in turns.SelectMany(turn => turn.Evidence.Discards))
        {
            stashed = work.Take(discard, stashed);
        }

        work._lost.UnionWith(stashed);
        return [.. turns.Select(turn => work._lost.Count + work._lostCommits.Count == 0 ? turn : turn with { Evidence = work.Kept(turn.Evidence) })];
    }

    // Tests of what is gone again are nothing by themselves.
    private TurnEvidence Kept(TurnEvidence evidence)
    {
        var edits = evidence.Edits.Where(edit => !_lost.Contains(edit.EventId)).ToList();
        if (edits.TrueForAll(edit => edit.IsTest) && evidence.Edits.Any(edit => !edit.IsTest && _lost.Contains(edit.EventId)))
        {
            edits.Clear();
        }

        var commits = evidence.Commits.Where(commit => !_lostCommits.Contains(commit.EventId)).ToList();
        return evidence with
        {
            Edits = edits,
            Commits = commits,
            CameToNothing = edits.Count + commits.Count == 0 && evidence.Edits.Count + evidence.Commits.Count > 0,
        };
    }

    private void TakeBackByHand()
    {
        for (var i = 1; i < _edits.Count; i++)
        {
            if (_edits.FindLastIndex(i - 1, earlier => earlier.Path == _edits[i].Path) is >= 0 and var last && _edits[i].Reverts(_edits[last]))
            {
                _lost.UnionWith([_edits[i].EventId, _edits[last].EventId]);
            }
        }
    }

    private List<long> Take(Discard discard, List<long> stashed)
    {
        switch (discard.Kind)
        {
            case DiscardKind.Changes:
                _lost.UnionWith(Uncommitted(discard).Select(edit => edit.EventId));
                break;
            case DiscardKind.Stash:
                return [.. stashed, .. Uncommitted(discard).Select(edit => edit.EventId)];
            case DiscardKind.Unstash:
                return [];
            case DiscardKind.Commits:
                Lose(discard);
                break;
            case DiscardKind.Files:
                _lost.UnionWith(_edits.Where(edit => edit.EventId < discard.EventId && discard.Covers(edit.Path)
                    && _edits.Exists(created => created.Created && created.Path == edit.Path)).Select(edit => edit.EventId));
                break;
        }

        return stashed;
    }

    // Git leaves alone what it was never told of.
    private IEnumerable<FileEdit> Uncommitted(Discard discard)
    {
        var from = _commits.FindLast(commit => commit.EventId < discard.EventId)?.EventId ?? 0;
        var fresh = discard.TakesNewFiles ? [] : _edits.Where(edit => edit.Created && edit.EventId > from).Select(edit => edit.Path).ToHashSet(StringComparer.Ordinal);
        return _edits.Where(edit => edit.EventId > from && edit.EventId < discard.EventId && discard.Covers(edit.Path) && !fresh.Contains(edit.Path));
    }

    // The changes of a commit are those since the commit before it.
    private void Lose(Discard discard)
    {
        var before = _commits.FindAll(commit => commit.EventId < discard.EventId && !_lostCommits.Contains(commit.EventId));
        var lost = discard.Hash.Length > 0
            ? before.FindAll(commit => commit.Hash.Length > 0 && (discard.Hash.StartsWith(commit.Hash, StringComparison.Ordinal) || commit.Hash.StartsWith(discard.Hash, StringComparison.Ordinal)))
            : [.. before.TakeLast(discard.Count)];
        foreach (var commit in lost)
        {
            var from = before.FindLast(earlier => earlier.EventId < commit.EventId)?.EventId ?? 0;
            _lostCommits.Add(commit.EventId);
            _lost.UnionWith(_edits.Where(edit => edit.EventId > from && edit.EventId < commit.EventId).Select(edit => edit.EventId));
        }
    }
}
