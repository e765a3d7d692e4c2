using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>A session's memories so far. One that says what an earlier one says adds to it instead of standing beside it.</summary>
internal sealed class DraftList
{
    private readonly List<MemoryDraft> _drafts = [];

    /// <summary>The memories, oldest first.</summary>
    public IReadOnlyList<MemoryDraft> Drafts => _drafts;

    /// <summary>Takes the memories of one unit in.</summary>
    public void Add(IEnumerable<MemoryDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            var at = _drafts.FindIndex(known => Same(known.Content, draft.Content));
            if (at < 0)
            {
                _drafts.Add(draft);
            }
            else
            {
                _drafts[at] = _drafts[at] with { Content = Merged(_drafts[at].Content, draft.Content), At = draft.At };
            }
        }
    }

    // Work of which nobody said a word belongs to the last memory about one of its files; only an earlier one, so that
    // what was once proposed stays proposed.
    private static bool Same(MemoryContent known, MemoryContent next)
    {
        var shared = known.FilesModified.Intersect(next.FilesModified).Any();
        if (next.Source == "files" || !shared)
        {
            return shared || known.Title == next.Title;
        }

        var left = Prose.WordSet(known.Title);
        var right = Prose.WordSet(next.Title);
        return left.Count(right.Contains) >= ObserverRules.SameTitle * Math.Max(left.Count, right.Count);
    }

    private static MemoryContent Merged(MemoryContent known, MemoryContent next)
    {
        var facts = known.Facts.ToList();
        foreach (var fact in next.Facts)
        {
            Telling.AddNew(facts, fact);
        }

        return known with
        {
            Facts = [.. facts.Take(ObserverRules.MostFacts)],
            FilesRead = [.. known.FilesRead.Union(next.FilesRead).Take(ObserverRules.MostFiles)],
            FilesModified = [.. known.FilesModified.Union(next.FilesModified).Take(ObserverRules.MostFiles)],
            Evidence = [.. known.Evidence.Union(next.Evidence).Order().Take(ObserverRules.MostEvidence)],
        };
    }
}
