using System.Text.RegularExpressions;
using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Finds the lines that a unit's memories are titled with: evidence before words, what was done before what was asked.</summary>
internal static partial class TitleCandidates
{
    /// <summary>One candidate for each memory of the unit; more than one only for several commits, none when nothing is worth keeping.</summary>
    public static List<TitleCandidate> Choose(WorkUnit unit, ProjectPaths paths)
    {
        if (unit.Edits.Count > 0 && unit.Commits.Count == 0 && unit.Edits.TrueForAll(edit => edit.IsScratch || edit.IsOnlyWhitespace))
        {
            return [];
        }

        var commits = CommitTitle.Of(unit);
        if (commits.Count > 0)
        {
            return commits;
        }

        var chosen = unit.Edits.Count > 0
            ? FromPullRequest(unit) ?? FromPlan(unit) ?? Best(Changed(unit), ObserverRules.ClosingThreshold) ?? Best(LessSure(unit), ObserverRules.WeakestStatement) ?? FromAnswer(unit) ?? FromEdits(unit)
            : FromProposedPlan(unit) ?? FromChoice(unit, paths) ?? FromAnswer(unit);
        return chosen is null ? [] : [chosen];
    }

    /// <summary>What the sentences of a unit's reports are judged against.</summary>
    public static SentenceContext ContextOf(WorkUnit unit) => new(
        unit.RequestWords,
        unit.RequestNames,
        unit.Edits.SelectMany(edit => edit.Added.Concat(edit.Removed).Append(edit.Name).Append(edit.Path)).ToHashSet(StringComparer.Ordinal),
        Changed: unit.Edits.Count > 0,
        TestsOnly: unit.Edits.TrueForAll(edit => edit.IsTest));

    private static TitleCandidate? FromPullRequest(WorkUnit unit) =>
        unit.PullRequests is not [.., var last] ? null : new TitleCandidate
        {
            Source = "pull-request",
            Text = TitleText.WithoutConventionalPrefix(last.Title),
            Confidence = MemoryConfidence.High,
            Body = last.Body,
            NamesItsFile = true,
        };

    private static TitleCandidate? FromPlan(WorkUnit unit)
    {
        var plan = unit.OrderedPlan.Length > 0 ? unit.OrderedPlan : unit.Plans.LastOrDefault(plan => plan.Accepted)?.Text ?? "";
        return Markdown.FirstHeading(plan) is not { } heading || ObserverRules.GenericHeading.IsMatch(Prose.Plain(heading)) ? null : new TitleCandidate
        {
            Source = "plan",
            Text = heading,
            Confidence = MemoryConfidence.High,
            Body = plan,
            NamesItsFile = true,
        };
    }

    private static List<TitleCandidate> Changed(WorkUnit unit)
    {
        var found = Reported(unit, ObserverRules.ClosingThreshold);
        if (unit.Repairs is [{ BeforeEdits: true } repair, ..])
        {
            found.Add(FromRepair(repair));
        }

        if (EditTitle.OfNames(unit.Edits) is { } declared)
        {
            found.Add(FromNames(declared));
        }

        var tasks = unit.Turns.SelectMany(work => work.Evidence.Tasks).Where(task => task.Subject.Length > 0).Select(task => task.Subject).Distinct().ToList();
        if (tasks.Count > 0)
        {
            found.Add(new TitleCandidate { Source = "task", Text = tasks[0], Confidence = MemoryConfidence.Medium, Score = tasks.Count <= 2 ? ObserverRules.TaskScore : ObserverRules.TaskScore - 1.5 });
        }

        if (unit.Request.Words >= 3 && FromRequest(unit, unit.Request.Score - 0.4) is { } asked && asked.Score >= ObserverRules.PromptThreshold)
        {
            found.Add(asked);
        }

        return found;
    }

    // What is better than a list of files: a poorer sentence that states a deed, what the agent announced before it did it.
    private static List<TitleCandidate> LessSure(WorkUnit unit)
    {
        var context = ContextOf(unit);
        var found = Reported(unit, ObserverRules.WeakestStatement);
        foreach (var announced in unit.Turns.SelectMany(work => work.Evidence.Announcements))
        {
            if (PastTense.OfAnnouncement(announced.Text) is { } told)
            {
                var score = SentenceScore.Of(BlockKind.Paragraph, told, 3, context, []);
                found.Add(Spoken("announcement", score, score.Score - 1.0) with { Confidence = MemoryConfidence.Low });
            }
        }

        if (EditTitle.OfNames(unit.Edits) is { } declared)
        {
            found.Add(FromNames(declared));
        }

        if (FromRequest(unit, unit.Request.Score) is { } asked)
        {
            found.Add(asked);
        }

        if (unit.Repairs.FirstOrDefault(repair => repair.Failed.IsTest || repair.BeforeEdits) is { } repair)
        {
            found.Add(FromRepair(repair));
        }

        return found;
    }

    // A follow-up that changed little seldom tells what the whole was about.
    private static List<TitleCandidate> Reported(WorkUnit unit, double threshold)
    {
        var context = ContextOf(unit);
        var most = unit.Reports.Select(report => report.Changed).DefaultIfEmpty().Max();
        var found = new List<TitleCandidate>();
        for (var i = 0; i < Math.Min(unit.Reports.Count, ObserverRules.TitleReports); i++)
        {
            var report = unit.Reports[i];
            var share = most == 0 ? 1.0 : (double)report.Changed / most;
            var less = (0.15 * i) + (ObserverRules.FollowUpDiscount * (1 - share));
            var sure = threshold >= ObserverRules.ClosingThreshold;
            if (!report.Contradicted && SentenceScore.All(report.Text, context).Where(one => sure || one.States).MaxBy(one => one.Score) is { } sentence && sentence.Score - less >= threshold)
            {
                found.Add(Spoken("closing-text", sentence, sentence.Score - less, mended: report.Changed > 0));
            }
        }

        return found;
    }

    private static TitleCandidate FromNames((string Text, bool Whole) declared) => new()
    {
        Source = "edits",
        Text = declared.Text,
        Confidence = MemoryConfidence.Medium,
        Score = declared.Whole ? ObserverRules.DeclaredScore : ObserverRules.DeclaredScore - 1.4,
        NamesItsFile = true,
    };

    private static TitleCandidate? FromRequest(WorkUnit unit, double score) =>
        !unit.Request.AsksForChange || unit.Request.Text.EndsWith('?') || ObserverRules.HazyRequest.IsMatch(unit.Request.Text)
            || PastTense.OfRequest(unit.Request.Text, EditTitle.MainFile(unit.Edits, preferTests: false).Name) is not { } done ? null : new TitleCandidate
            {
                Source = "prompt",
                Text = done,
                Confidence = MemoryConfidence.Low,
                Score = score,
            };

    private static TitleCandidate? Best(List<TitleCandidate> found, double threshold) =>
        found.Where(candidate => candidate.Score >= threshold).MaxBy(candidate => candidate.Score);

    // Nobody said what was done: the files tell where, and what the agent says it saw there tells why.
    private static TitleCandidate FromEdits(WorkUnit unit) => new()
    {
        Source = "files",
        Text = EditTitle.OfFiles(unit.Edits),
        Confidence = MemoryConfidence.Low,
        NamesItsFile = true,
    };

    private static TitleCandidate FromRepair(Repair repair) => new()
    {
        Source = "command",
        Text = RepairTitle(repair.Failed),
        Confidence = MemoryConfidence.Medium,
        Score = repair.Failed.IsTest ? ObserverRules.RepairScore : ObserverRules.RepairScore - 0.8,
    };

    private static TitleCandidate? FromProposedPlan(WorkUnit unit)
    {
        var plan = unit.Plans.LastOrDefault(plan => plan.Accepted) ?? (unit.Plans is [.., var last] ? last : null);
        return plan is null || Markdown.FirstHeading(plan.Text) is not { } heading || ObserverRules.GenericHeading.IsMatch(Prose.Plain(heading)) ? null : new TitleCandidate
        {
            Source = "plan",
            Text = TitleText.Cut(heading, ObserverRules.TitleLength),
            Confidence = plan.Accepted ? MemoryConfidence.High : MemoryConfidence.Medium,
            Body = plan.Text,
            NamesItsFile = true,
        };
    }

    private static TitleCandidate? FromChoice(WorkUnit unit, ProjectPaths paths) =>
        unit.Choices is not [var choice, ..] ? null : new TitleCandidate
        {
            Source = "choice",
            Text = $"{TitleText.Cut(paths.Shorten(choice.Question), 44)} → {TitleText.Cut(paths.Shorten(choice.Answer), 32)}",
            Confidence = MemoryConfidence.High,
            NamesItsFile = true,
        };

    private static TitleCandidate? FromAnswer(WorkUnit unit)
    {
        var answer = unit.Reports.Where(report => !report.Contradicted).MaxBy(report => report.Text.Length)?.Text ?? "";
        var length = Prose.IsEnglish(answer) ? answer.Length : answer.Length * 2;
        var asked = unit.Prompt.Length > 200 ? unit.Prompt[..200] : unit.Prompt;
        if (unit.Prompt.Length == 0 || length < 200 || (unit.ToolCalls == 0 && (length < 400 || Prose.Identifiers(answer).Count < 3))
            || (ObserverRules.Housekeeping.IsMatch(asked) && !ObserverRules.Cause.IsMatch(answer)))
        {
            return null;
        }

        var best = SentenceScore.Best(answer, ContextOf(unit));
        var score = (best?.Score ?? 0) - (unit.ToolCalls == 0 ? 0.8 : 0);
        var finds = best is not null && (best.IsProblem || ObserverRules.Cause.IsMatch(best.Text));
        return best is null || score < (finds ? ObserverRules.AnswerThreshold : ObserverRules.AnswerThreshold + 2) || (unit.CameToNothing && !finds) ? null : Spoken("answer", best, score);
    }

    private static TitleCandidate Spoken(string source, SentenceScore sentence, double score, bool mended = false) => new()
    {
        Source = source,
        Text = sentence.IsProblem && mended ? $"Fixed: {sentence.Text}" : sentence.Text,
        Confidence = MemoryConfidence.Medium,
        Score = score,
        Reasons = sentence.Reasons,
        NamesItsFile = Prose.HasIdentifier(sentence.Text) || source == "answer",
    };

    private static string RepairTitle(CommandRun failed)
    {
        var tests = string.Join(", ", failed.FailedTests);
        var what = BareVerdict.IsMatch(failed.Error) ? tests : failed.Error.Length > 0 ? failed.Error : tests;
        var title = $"Fixed failing {ShellCommand.Label(failed.Check)}: ";
        return what.Length > 0 ? title + TitleText.AtWord(what, ObserverRules.TitleLength - title.Length) : $"Fixed failing {TitleText.Cut(failed.Check, 50)}";
    }

    [GeneratedRegex(@"^(?:-+ )?FAIL\b|^FAILED\b|^not ok\b|:$|[✕✗×●]", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex BareVerdict { get; }
}
