using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>A line that a memory could be titled with.</summary>
internal sealed record TitleCandidate
{
    /// <summary>Where it came from, as <see cref="MemoryContent.Source"/> says it.</summary>
    public required string Source { get; init; }

    /// <summary>The line, not yet cut.</summary>
    public required string Text { get; init; }

    /// <summary>How far the source is to be trusted.</summary>
    public required MemoryConfidence Confidence { get; init; }

    /// <summary>How good it is within its source.</summary>
    public double Score { get; init; }

    /// <summary>The rules that made the score.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What the source says beyond the title: a commit's body, a plan.</summary>
    public string Body { get; init; } = "";

    /// <summary>The commit that it came from; null for other sources.</summary>
    public Commit? Commit { get; init; }

    /// <summary>True when the line says which file it is about, or need not.</summary>
    public bool NamesItsFile { get; init; }

    /// <summary>True when the line holds the request already.</summary>
    public bool NamesRequest { get; init; }
}

/// <summary>Finds the lines that a unit's memories are titled with: evidence before words, what was done before what was asked.</summary>
internal static class TitleCandidates
{
    /// <summary>One candidate for each memory of the unit; more than one only for several commits, none when nothing is worth keeping.</summary>
    public static List<TitleCandidate> Choose(WorkUnit unit, ProjectPaths paths)
    {
        var commits = FromCommits(unit);
        if (commits.Count > 0)
        {
            return commits;
        }

        var chosen = unit.Edits.Count > 0
            ? FromPullRequest(unit) ?? FromPlan(unit) ?? Best(Changed(unit)) ?? FromEdits(unit)
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

    private static List<TitleCandidate> FromCommits(WorkUnit unit)
    {
        var telling = unit.Commits.Where(commit => !commit.SaysNothing).ToList();
        var subjects = telling.Where(commit => !commit.IsChore).ToList();
        if (subjects.Count == 0)
        {
            subjects = [.. telling.Where(commit => unit.Edits.Count > 0 && FirstLine(commit.Body).Length > 0).TakeLast(1)];
        }

        return [.. subjects.Take(ObserverRules.MostCommits).Select(commit => new TitleCandidate
        {
            Source = "commit",
            Text = TitleText.WithoutConventionalPrefix(commit.IsChore || SpeaksOfFeedback(commit.Subject) ? FirstLine(commit.Body) is { Length: > 0 } line ? line : commit.Subject : commit.Subject),
            Confidence = MemoryConfidence.High,
            Body = commit.Body,
            Commit = commit,
            NamesItsFile = true,
        })];
    }

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
        var context = ContextOf(unit);
        var found = new List<TitleCandidate>();
        for (var i = 0; i < Math.Min(unit.Reports.Count, ObserverRules.TitleReports); i++)
        {
            if (!unit.Reports[i].Contradicted && SentenceScore.Best(unit.Reports[i].Text, context) is { } sentence && sentence.Score - (0.3 * i) >= ObserverRules.ClosingThreshold)
            {
                found.Add(Spoken("closing-text", sentence, sentence.Score - (0.3 * i)));
            }
        }

        if (unit.Repairs is [{ BeforeEdits: true } repair, ..])
        {
            found.Add(FromRepair(repair));
        }

        if (EditTitle.OfNames(unit.Edits) is { } declared)
        {
            found.Add(new TitleCandidate { Source = "edits", Text = declared, Confidence = MemoryConfidence.Medium, Score = ObserverRules.DeclaredScore, NamesItsFile = true });
        }

        var tasks = unit.Turns.SelectMany(work => work.Evidence.Tasks).Where(task => task.Subject.Length > 0).Select(task => task.Subject).Distinct().ToList();
        if (tasks.Count > 0)
        {
            found.Add(new TitleCandidate { Source = "task", Text = tasks[0], Confidence = MemoryConfidence.Medium, Score = tasks.Count <= 2 ? ObserverRules.TaskScore : ObserverRules.TaskScore - 1.5 });
        }

        var asked = unit.Request.Score + (unit.Request.AsksForChange ? 0.8 : -1.5) - (unit.Request.Text.EndsWith('?') ? 1 : 0);
        if (asked >= ObserverRules.PromptThreshold)
        {
            found.Add(new TitleCandidate { Source = "prompt", Text = unit.Request.Text, Confidence = MemoryConfidence.Low, Score = asked });
        }

        return found;
    }

    private static TitleCandidate? Best(List<TitleCandidate> found) =>
        found.Where(candidate => candidate.Score >= ObserverRules.ClosingThreshold).MaxBy(candidate => candidate.Score);

    // Nobody said what was done: a check that was mended on the way tells it, else the files and what was asked for.
    private static TitleCandidate FromEdits(WorkUnit unit)
    {
        if (unit.Repairs.FirstOrDefault(repair => repair.Failed.IsTest || repair.BeforeEdits) is { } repair)
        {
            return FromRepair(repair);
        }

        var files = EditTitle.OfFiles(unit.Edits);
        var asked = unit.Request.Score >= ObserverRules.WeakestRequest;
        return new TitleCandidate
        {
            Source = "files",
            Text = asked ? $"{files}: {unit.Request.Text}" : files,
            Confidence = MemoryConfidence.Low,
            NamesItsFile = true,
            NamesRequest = asked,
        };
    }

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
        return best is null || score < ObserverRules.AnswerThreshold ? null : Spoken("answer", best, score);
    }

    private static TitleCandidate Spoken(string source, SentenceScore sentence, double score) => new()
    {
        Source = source,
        Text = sentence.Text,
        Confidence = MemoryConfidence.Medium,
        Score = score,
        Reasons = sentence.Reasons,
        NamesItsFile = Prose.HasIdentifier(sentence.Text) || source == "answer",
    };

    private static string RepairTitle(CommandRun failed)
    {
        var what = failed.Error.Length > 0 ? failed.Error : string.Join(", ", failed.FailedTests);
        var title = $"Fixed failing {ShellCommand.Label(failed.Check)}: ";
        return what.Length > 0 ? title + TitleText.AtWord(what, ObserverRules.TitleLength - title.Length) : $"Fixed failing {TitleText.Cut(failed.Check, 50)}";
    }

    private static bool SpeaksOfFeedback(string subject) =>
        ObserverRules.FeedbackSubject.IsMatch(subject);

    private static string FirstLine(string body) =>
        Markdown.Blocks(body).Where(block => block.Kind is BlockKind.Bullet or BlockKind.Paragraph)
            .Select(block => Prose.Sentences(block.Text).FirstOrDefault() ?? "")
            .FirstOrDefault(sentence => Prose.Words(sentence).Count >= 4) ?? "";
}
