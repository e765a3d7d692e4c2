using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Decides what kind of memory a unit of work makes.</summary>
internal static class KindVote
{
    /// <summary>The kind: by a commit's own prefix, by a check that went from failing to passing, by the title's verb, by words.</summary>
    public static string Of(WorkUnit unit, TitleCandidate candidate, string title)
    {
        if (unit.Edits.Count == 0 && candidate.Commit is null)
        {
            return WithoutEdits(unit, candidate);
        }

        var kind = FromPrefix(candidate.Commit?.Subject ?? "") ?? FromFiles(unit, candidate) ?? FromVerb(unit, title) ?? FromWords(unit, title, candidate.Body);
        if (kind == MemoryKinds.Change && ObserverRules.ToldDecision.IsMatch(unit.Prompt))
        {
            return MemoryKinds.Decision;
        }

        return kind == MemoryKinds.Change && unit.Repairs.Any(repair => candidate.Source == "command" || (repair.BeforeEdits && repair.Failed.IsTest)) ? MemoryKinds.Bugfix : kind;
    }

    private static string WithoutEdits(WorkUnit unit, TitleCandidate candidate)
    {
        var answer = unit.Reports.MaxBy(report => report.Text.Length)?.Text ?? "";
        return candidate.Source switch
        {
            "plan" => candidate.Confidence == MemoryConfidence.High ? MemoryKinds.Decision : MemoryKinds.Exploration,
            "choice" => MemoryKinds.Decision,
            _ when unit.Choices.Count > 0 => MemoryKinds.Decision,
            _ when ObserverRules.Cause.IsMatch(candidate.Text) || ObserverRules.Cause.IsMatch(answer.Length > 700 ? answer[..700] : answer) => MemoryKinds.Discovery,
            _ => MemoryKinds.Exploration,
        };
    }

    private static string? FromPrefix(string subject) => TitleText.ConventionalType(subject) switch
    {
        "" => null,
        "feat" or "feature" => MemoryKinds.Feature,
        "fix" or "bugfix" or "hotfix" => MemoryKinds.Bugfix,
        "refactor" or "perf" => MemoryKinds.Refactor,
        _ => MemoryKinds.Change,
    };

    // Documents alone are a change, whatever their words say; a commit may hold more than the edits that were seen.
    private static string? FromFiles(WorkUnit unit, TitleCandidate candidate) =>
        unit.Edits.Count > 0 && unit.Edits.TrueForAll(edit => edit.IsDocument) && candidate.Commit is null ? MemoryKinds.Change : null;

    private static string? FromVerb(WorkUnit unit, string title)
    {
        var asksForRepair = ObserverRules.BugWords.IsMatch(Head(unit.Prompt));
        switch (title.Split(' ', 2)[0].TrimEnd(':', ',').ToLowerInvariant())
        {
            case "fix" or "fixed" or "fixes" or "resolve" or "resolved" or "correct" or "corrected" or "prevent" or "prevented" or "repair" or "repaired":
                return MemoryKinds.Bugfix;
            case "refactor" or "refactored" or "rename" or "renamed" or "extract" or "extracted" or "simplify" or "simplified" or "move" or "moved" or "consolidate"
                or "consolidated" or "inline" or "inlined" or "unify" or "unified" or "split" or "remove" or "removed" or "delete" or "deleted" or "drop" or "dropped":
                return asksForRepair && !ObserverRules.RefactorWords.IsMatch(title) ? MemoryKinds.Bugfix : MemoryKinds.Refactor;
            case "add" or "added" or "implement" or "implemented" or "create" or "created" or "introduce" or "introduced" or "support" or "enable" or "enabled":
                return unit.Edits.Count > 0 && unit.Edits.TrueForAll(edit => edit.IsTest) ? MemoryKinds.Change : MemoryKinds.Feature;
            default:
                return null;
        }
    }

    private static string FromWords(WorkUnit unit, string title, string body)
    {
        var told = body.Length > 0 ? body : unit.Reports is [.., var report] ? report.Text : "";
        var votes = new[]
        {
            (Kind: MemoryKinds.Bugfix, Votes: Count(ObserverRules.BugWords, 2, 1, 0.4)),
            (Kind: MemoryKinds.Refactor, Votes: Count(ObserverRules.RefactorWords, 2, 1, 0.4)),
            (Kind: MemoryKinds.Feature, Votes: Count(ObserverRules.FeatureWords, 2, 0.7, 0.2) + (unit.Edits.Exists(edit => edit is { Created: true, IsTest: false }) ? 1 : 0)),
        };
        var most = votes.MaxBy(vote => vote.Votes);
        return most.Votes >= 1 ? most.Kind : MemoryKinds.Change;

        double Count(System.Text.RegularExpressions.Regex words, double inTitle, double inPrompt, double inBody) =>
            (inTitle * words.Count(title)) + (inPrompt * words.Count(Head(unit.Prompt))) + (inBody * words.Count(Head(told)));
    }

    private static string Head(string text) => text.Length > 300 ? text[..300] : text;
}
