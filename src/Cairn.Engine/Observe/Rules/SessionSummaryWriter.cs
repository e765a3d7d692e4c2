using System.Text.RegularExpressions;
using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Writes what a session was about and how it stands: request, investigated, learned, completed, next.</summary>
internal sealed partial class SessionSummaryWriter(ProjectPaths paths)
{
    private const int MostCompleted = 3;
    private const int MostNext = 2;
    private const int MostLearned = 2;

    /// <summary>The draft under the key <c>summary</c>.</summary>
    public MemoryDraft Write(IReadOnlyList<TurnWork> turns, IReadOnlyList<WorkUnit> units, IReadOnlyList<MemoryDraft> drafts)
    {
        var memories = drafts.Select(draft => draft.Content).ToList();
        var request = Request(turns);
        var completed = memories.Where(memory => memory.FilesModified.Count > 0 || memory.Source == "commit").ToList();
        var investigated = memories.Except(completed).Select(memory => memory.Title).ToList();
        var next = NextSteps(turns, units);
        var lead = Lead(completed.Count > 0 ? completed : memories, request);
        var pullRequest = units.SelectMany(unit => unit.PullRequests).LastOrDefault();
        var content = new MemoryContent
        {
            Kind = MemoryKinds.SessionSummary,
            Title = pullRequest is null ? lead.Title : TitleText.From(TitleText.WithoutConventionalPrefix(pullRequest.Title), paths),
            Subtitle = request,
            Narrative = Narrative(request, completed, investigated, next),
            Facts = Facts(request, investigated, Learned(memories), completed, next),
            FilesRead = [.. memories.SelectMany(memory => memory.FilesRead).Distinct().Take(ObserverRules.MostFiles)],
            FilesModified = [.. memories.SelectMany(memory => memory.FilesModified).Distinct().Take(ObserverRules.MostFiles)],
            Evidence = [.. memories.SelectMany(memory => memory.Evidence.Take(3)).Distinct().Order().Take(ObserverRules.MostEvidence)],
            Source = pullRequest is null ? lead.Source : "pull-request",
            Confidence = pullRequest is null ? lead.Confidence : MemoryConfidence.High,
        };
        return new MemoryDraft("summary", content, units[^1].EndedAt);
    }

    // A plan that was ordered, else the first of the first three prompts that names its subject.
    private string Request(IReadOnlyList<TurnWork> turns)
    {
        var asked = turns.Select(work => work.Turn).Where(turn => turn.Kind != MessageKind.Acknowledgement).Take(3).ToList();
        if (asked.Find(turn => turn.Kind == MessageKind.Plan) is { } plan && Markdown.FirstHeading(plan.Prompt) is { } heading)
        {
            return TitleText.From(heading, paths);
        }

        var requests = asked.ConvertAll(turn => RequestTitle.From(turn.Prompt)).FindAll(request => request.Text.Length > 0);
        var best = requests.Find(request => request.Score >= 1) ?? requests.MaxBy(request => request.Score);
        return best is null ? "" : TitleText.Cut(paths.Shorten(best.Text), 120);
    }

    private static MemoryContent Lead(List<MemoryContent> memories, string request)
    {
        var asked = Prose.WordSet(request);
        return memories.MaxBy(memory =>
            memory.Source switch { "pull-request" => 3, "commit" or "plan" => 2.5, "choice" => 1, "prompt" or "files" => -1, _ => 0.0 }
            + (Math.Min(memory.FilesModified.Count, 8) * 0.4) + (Math.Min(memory.Facts.Count, 6) * 0.15)
            + (Prose.WordSet(memory.Title).Count(asked.Contains) >= 2 ? 0.6 : 0))!;
    }

    private static List<string> Learned(List<MemoryContent> memories)
    {
        var learned = new List<string>();
        foreach (var memory in memories)
        {
            foreach (var statement in Prose.Sentences(memory.Narrative).Concat(memory.Facts))
            {
                var tells = LearnedStart.IsMatch(statement) || (ObserverRules.Cause.IsMatch(statement) && Prose.HasIdentifier(statement));
                if (tells && !ObserverRules.DoneVerbs.Contains(statement.Split(' ', 2)[0]))
                {
                    Telling.AddNew(learned, statement);
                }
            }
        }

        return learned;
    }

    private List<string> NextSteps(IReadOnlyList<TurnWork> turns, IReadOnlyList<WorkUnit> units)
    {
        var next = new List<string>();
        foreach (var task in OpenTasks(turns))
        {
            Telling.AddNew(next, paths.Shorten(task));
        }

        var lastRuns = units.SelectMany(unit => unit.Runs).Where(run => run.IsTest).GroupBy(run => run.Check).Select(runs => runs.Last());
        if (lastRuns.LastOrDefault() is { Passed: false } failing)
        {
            next.Add(failing.Error.Length > 0 ? $"`{failing.Check}` still fails: {failing.Error}" : $"`{failing.Check}` still fails");
        }

        if (turns[^1].Turn is { Interrupted: true } stopped && RequestTitle.From(stopped.Prompt) is { Text.Length: > 0 } interrupted)
        {
            Telling.AddNew(next, "Interrupted: " + TitleText.From(interrupted.Text, paths));
        }

        foreach (var step in Announced(turns.LastOrDefault(work => work.Evidence.Texts.Count > 0)?.Evidence.Texts[^1].Text ?? ""))
        {
            Telling.AddNew(next, paths.Shorten(step));
        }

        if (units.Any(unit => unit.Commits.Count > 0) && units[^1] is { Closed: false, Edits.Count: > 0 } open)
        {
            next.Add("Edited after the last commit: " + string.Join(", ", open.Edits.Select(edit => edit.Name).Distinct().Take(4)));
        }

        return [.. next.Take(MostNext)];
    }

    private static IEnumerable<string> OpenTasks(IReadOnlyList<TurnWork> turns)
    {
        var subjects = new Dictionary<string, string>(StringComparer.Ordinal);
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var task in turns.SelectMany(work => work.Evidence.Tasks))
        {
            if (task.Replaces)
            {
                subjects.Clear();
                states.Clear();
            }

            subjects[task.Id] = task.Subject.Length > 0 ? task.Subject : subjects.GetValueOrDefault(task.Id, "");
            states[task.Id] = task.State.Length > 0 ? task.State : states.GetValueOrDefault(task.Id, "pending");
        }

        return subjects.Where(task => task.Value.Length > 0 && states[task.Key] is "pending" or "in_progress").Select(task => task.Value);
    }

    private static IEnumerable<string> Announced(string closing)
    {
        var heading = "";
        foreach (var block in Markdown.Blocks(closing))
        {
            heading = block.Kind == BlockKind.Heading || block.Text.EndsWith(':') ? block.Text : heading;
            if (block.Kind == BlockKind.Bullet && NextHeading.IsMatch(heading))
            {
                yield return Prose.Plain(block.Text);
            }
            else if (block.Kind == BlockKind.Paragraph)
            {
                foreach (var sentence in Prose.Sentences(Prose.Plain(block.Text)).Where(sentence => sentence.Length < 220))
                {
                    if (Offer.Match(sentence) is { Success: true } offer)
                    {
                        yield return "Offered: " + offer.Groups[1].Value;
                    }
                    else if (Later.IsMatch(sentence) && Prose.HasIdentifier(sentence))
                    {
                        yield return sentence;
                    }
                }
            }
        }
    }

    private static string Narrative(string request, List<MemoryContent> completed, List<string> investigated, List<string> next)
    {
        var parts = new List<string>();
        Add("Asked: ", request.Length > 0 ? [request] : []);
        Add("Looked into: ", investigated.Take(3));
        Add("Done: ", completed.Take(6).Select(memory => memory.Title));
        Add("Open: ", next);
        return string.Join(' ', parts);

        void Add(string label, IEnumerable<string> statements)
        {
            var joined = string.Join("; ", statements.Select(statement => statement.TrimEnd('.', ' ')));
            if (joined.Length > 0)
            {
                parts.Add(label + joined + (joined[^1] is '?' or '!' or '…' ? "" : "."));
            }
        }
    }

    private static List<string> Facts(string request, List<string> investigated, List<string> learned, List<MemoryContent> completed, List<string> next)
    {
        var before = new List<string>();
        before.AddRange(request.Length > 0 ? ["Request: " + request] : []);
        before.AddRange(investigated.Take(completed.Count == 0 ? 3 : 1).Select(title => "Investigated: " + title));
        before.AddRange(learned.Take(MostLearned).Select(statement => "Learned: " + statement));
        var after = next.ConvertAll(step => "Next: " + step);
        var room = Math.Max(MostCompleted, ObserverRules.MostFacts - before.Count - after.Count);
        return [.. before.Concat(completed.TakeLast(room).Select(memory => "Completed: " + memory.Title)).Concat(after).Take(ObserverRules.MostFacts)];
    }

    [GeneratedRegex(@"^(?:root cause|cause|problem|issue|key insight|gotcha|user|ursache|causa):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex LearnedStart { get; }

    [GeneratedRegex(@"\b(?:next steps?|remaining|todo|follow[- ]?ups?|pending|open (?:questions?|items?|issues?)|not (?:done|addressed|fixed|included)|future work|outstanding|still (?:to do|needed|open)|deferred|left to do|nächste schritte|próximos pasos|prochaines étapes)\b|下一步", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex NextHeading { get; }

    [GeneratedRegex(@"^(?:would you like(?: me)? to|want me to|do you want me to|shall i|should i|let me know if you(?:'d| would)? (?:like|want)(?: me)? to)\s+(.{8,160}?)[?.]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Offer { get; }

    [GeneratedRegex(@"\b(?:you(?:'ll| will| may| might)? (?:still )?(?:need|want|have) to|still needs?|needs? to be|remains? to|not yet|haven'?t yet|left as|follow-?up|TODO|for a future|in a separate pr|out of scope)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Later { get; }
}
