using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Writes the memories of a unit of work.</summary>
internal sealed class MemoryWriter(ProjectPaths paths)
{
    private readonly Telling _telling = new(paths);

    /// <summary>The unit's memories; none when it left nothing worth keeping.</summary>
    public List<MemoryDraft> Write(WorkUnit unit)
    {
        var drafts = new List<MemoryDraft>();
        foreach (var candidate in TitleCandidates.Choose(unit, paths))
        {
            var key = drafts.Count == 0 ? $"unit:{unit.Id}" : $"unit:{unit.Id}:{drafts.Count + 1}";
            var title = Title(unit, candidate);
            if (title.Length > 0)
            {
                drafts.Add(new MemoryDraft(key, Content(unit, candidate, title, drafts.Count > 0), unit.EndedAt));
            }
        }

        return drafts;
    }

    private MemoryContent Content(WorkUnit unit, TitleCandidate candidate, string title, bool isFurtherCommit)
    {
        var subject = unit.RequestWords.Union(Prose.Words(title)).ToHashSet(StringComparer.Ordinal);
        var texts = Texts(unit, candidate, isFurtherCommit);
        var narrative = _telling.Narrative(texts, subject);
        return new MemoryContent
        {
            Kind = KindVote.Of(unit, candidate, title),
            Title = title,
            Subtitle = Subtitle(unit, candidate, title),
            Narrative = string.Join(' ', narrative.Select(Ended)),
            Facts = Facts(unit, candidate, texts, narrative),
            Concepts = ConceptLabels.Of(unit, string.Join(' ', narrative)),
            FilesRead = [.. unit.Read.Take(ObserverRules.MostFiles)],
            FilesModified = [.. Files(unit, candidate, isFurtherCommit).Take(ObserverRules.MostFiles)],
            Evidence = Evidence(unit),
            Source = candidate.Source,
            Confidence = candidate.Confidence,
        };
    }

    private string Title(WorkUnit unit, TitleCandidate candidate)
    {
        if (candidate.Source == "plan" && unit.Edits.Count == 0)
        {
            return "Plan: " + TitleText.Cut(TitleText.From(candidate.Text, paths), ObserverRules.TitleLength - 6);
        }

        // An answer without its reason is none: better cut short than cut before it.
        var title = TitleText.From(candidate.Text, paths);
        if (candidate.Source == "answer" && ObserverRules.Cause.IsMatch(candidate.Text) && !ObserverRules.Cause.IsMatch(title))
        {
            title = TitleText.From(candidate.Text, paths, atWord: true);
        }

        if (candidate.NamesItsFile || unit.Edits.Count == 0 || title.EndsWith('…'))
        {
            return title;
        }

        var file = EditTitle.MainFile(unit.Edits, preferTests: title.Contains("test", StringComparison.OrdinalIgnoreCase)).Name;
        var stem = file.Split('.')[0];
        if (title.Contains(stem, StringComparison.OrdinalIgnoreCase))
        {
            return title;
        }

        var named = $"{title} ({file})";
        return TitleText.Fits(named, ObserverRules.TitleLength) && !IsCut(candidate.Text, title) ? named : title;
    }

    private bool IsCut(string text, string title) =>
        TitleText.From(text, paths, atWord: true).TrimEnd('…').Length > title.Length + 2;

    private static List<string> Texts(WorkUnit unit, TitleCandidate candidate, bool isFurtherCommit)
    {
        var body = candidate.Source == "plan" ? Introduction(candidate.Body) : candidate.Body;
        var texts = new List<string>();
        if (body.Length > 0)
        {
            texts.Add(body);
        }

        if (!isFurtherCommit || body.Length == 0)
        {
            texts.AddRange(unit.Reports.Select(report => report.Text));
        }

        return texts;
    }

    private static string Introduction(string plan) =>
        string.Join("\n\n", Markdown.Blocks(plan).Where(block => block.Kind == BlockKind.Paragraph).Take(3).Select(block => block.Text));

    private string Subtitle(WorkUnit unit, TitleCandidate candidate, string title)
    {
        if (candidate.Source == "prompt" || unit.Request.Score < ObserverRules.WeakestRequest || candidate.NamesRequest)
        {
            return "";
        }

        var subtitle = TitleText.From(unit.Request.Text, paths);
        return Prose.Overlap(Prose.WordSet(subtitle), Prose.WordSet(title)) >= ObserverRules.Repetition ? "" : subtitle;
    }

    private List<string> Facts(WorkUnit unit, TitleCandidate candidate, List<string> texts, List<string> narrative)
    {
        // What evidence proves comes first; what the agent said fills the rest.
        var facts = new List<string>(narrative);
        var told = facts.Count;
        foreach (var choice in unit.Choices.Take(3))
        {
            Telling.AddNew(facts, paths.Shorten($"{choice.Question} → {choice.Answer}"));
        }

        foreach (var fact in Checks(unit).Concat(_telling.PersonsRules(unit.Turns.Select(work => work.Turn.Prompt))).Concat(_telling.Facts(texts)))
        {
            Telling.AddNew(facts, fact);
        }

        var commit = candidate.Commit is { Hash.Length: > 0 } made ? [$"Commit {made.Hash}"] : Array.Empty<string>();
        return [.. facts.Skip(told).Take(ObserverRules.MostFacts - commit.Length), .. commit];
    }

    private static IEnumerable<string> Checks(WorkUnit unit)
    {
        foreach (var failed in unit.Repairs.Take(2).Select(repair => repair.Failed))
        {
            var tests = failed.FailedTests.Count > 0 ? $" ({string.Join(", ", failed.FailedTests)})" : "";
            yield return failed.Error.Length > 0
                ? $"`{failed.Check}` failed with \"{failed.Error}\"{tests}, then passed"
                : $"`{failed.Check}` failed{tests}, then passed";
        }

        var last = unit.Edits.Count > 0 ? unit.Runs.LastOrDefault(run => run.IsTest) : null;
        if (last is { Passed: false })
        {
            yield return last.Error.Length > 0 ? $"`{last.Check}` still failed at the last run: {last.Error}" : $"`{last.Check}` still failed at the last run";
        }
    }

    // Of several commits each is about the files that its message names, where it names any.
    private static IEnumerable<string> Files(WorkUnit unit, TitleCandidate candidate, bool isFurtherCommit)
    {
        if (candidate.Commit is not { } commit || (!isFurtherCommit && unit.Commits.Count == 1))
        {
            return unit.Modified;
        }

        var named = unit.Modified.Where(path => Names(commit, path[(path.LastIndexOf('/') + 1)..])).ToList();
        return named.Count > 0 ? named : unit.Modified;
    }

    private static bool Names(Commit commit, string file) =>
        commit.Body.Contains(file, StringComparison.Ordinal) || commit.Subject.Contains(file, StringComparison.Ordinal)
        || (file.IndexOf('.', StringComparison.Ordinal) is > 4 and var dot && commit.Body.Contains(file[..dot], StringComparison.Ordinal));

    private static List<long> Evidence(WorkUnit unit)
    {
        var ids = unit.Turns.Select(work => work.Turn.FirstEventId)
            .Concat(unit.Commits.Select(commit => commit.EventId))
            .Concat(unit.PullRequests.Select(pullRequest => pullRequest.EventId))
            .Concat(unit.Plans.Select(plan => plan.EventId))
            .Concat(unit.Choices.Select(choice => choice.EventId))
            .Concat(unit.Repairs.SelectMany(repair => new[] { repair.Failed.EventId, repair.Passed.EventId }))
            .Concat(unit.Reports.Select(report => report.EventId))
            .Concat(unit.Edits.Select(edit => edit.EventId));
        return [.. ids.Distinct().Take(ObserverRules.MostEvidence).Order()];
    }

    private static string Ended(string sentence) => sentence[^1] is '.' or '!' or '?' or '…' or '。' or '！' ? sentence : sentence + ".";
}
