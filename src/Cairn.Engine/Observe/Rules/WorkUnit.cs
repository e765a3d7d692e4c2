namespace Cairn.Engine.Observe.Rules;

/// <summary>A turn and what its events prove.</summary>
internal sealed record TurnWork(Turn Turn, TurnEvidence Evidence);

/// <summary>One piece of work: a request, its follow-ups and everything done about them. It only ever grows.</summary>
internal sealed class WorkUnit
{
    private const long MostOfAnEdit = 2000;

    private readonly List<TurnWork> _turns = [];
    private int _lastReports;

    /// <summary>Its turns, oldest first.</summary>
    public IReadOnlyList<TurnWork> Turns => _turns;

    /// <summary>Id of its first event: its name for as long as the session lives.</summary>
    public long Id => _turns[0].Turn.FirstEventId;

    /// <summary>The id of the turn that it began with, as the agent gave it.</summary>
    public string? FirstTurnId { get; private set; }

    /// <summary>True when a commit ended the work.</summary>
    public bool Closed { get; private set; }

    /// <summary>When its last event happened.</summary>
    public DateTimeOffset EndedAt { get; private set; }

    /// <summary>What the person asked for first, in the words that name it best.</summary>
    public RequestTitle Request { get; private set; } = RequestTitle.None;

    /// <summary>What the person wrote first; empty when the work began without a prompt.</summary>
    public string Prompt { get; private set; } = "";

    /// <summary>Content words of everything that the person asked for.</summary>
    public HashSet<string> RequestWords { get; } = new(StringComparer.Ordinal);

    /// <summary>Identifiers in everything that the person asked for.</summary>
    public HashSet<string> RequestNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Every change of a file.</summary>
    public List<FileEdit> Edits { get; } = [];

    /// <summary>Runs of checks.</summary>
    public List<CommandRun> Runs { get; } = [];

    /// <summary>Files changed, in order, each once.</summary>
    public IReadOnlyList<string> Modified => [.. Edits.Select(edit => edit.Path).Distinct()];

    /// <summary>Files read, in order, each once.</summary>
    public IReadOnlyList<string> Read => [.. _turns.SelectMany(work => work.Evidence.Read).Distinct()];

    /// <summary>The commits that are left after amending.</summary>
    public IReadOnlyList<Commit> Commits => Commit.Settled(_turns.SelectMany(work => work.Evidence.Commits));

    /// <summary>Pull requests opened or retitled.</summary>
    public IReadOnlyList<PullRequest> PullRequests => [.. _turns.SelectMany(work => work.Evidence.PullRequests)];

    /// <summary>Plans that the agent put forward.</summary>
    public IReadOnlyList<ProposedPlan> Plans => [.. _turns.SelectMany(work => work.Evidence.Plans)];

    /// <summary>Questions that the person answered.</summary>
    public IReadOnlyList<Choice> Choices => [.. _turns.SelectMany(work => work.Evidence.Choices)];

    /// <summary>Checks that failed before an edit and passed after it.</summary>
    public IReadOnlyList<Repair> Repairs => Repair.Find([.. _turns.Select(work => work.Evidence)]);

    /// <summary>The plan that the person ordered to carry out; empty when there was none.</summary>
    public string OrderedPlan => _turns.FirstOrDefault(work => work.Turn.Kind == MessageKind.Plan)?.Turn.Prompt ?? "";

    /// <summary>True when files were changed and none of it lasted.</summary>
    public bool CameToNothing => Edits.Count == 0 && Commits.Count == 0 && _turns.Exists(work => work.Evidence.CameToNothing);

    /// <summary>How many tools were called.</summary>
    public int ToolCalls => _turns.Sum(work => work.Evidence.ToolCalls);

    /// <summary>
    /// The agent's reports, oldest first: what closed each turn, and the turn's longest text where that was short.
    /// </summary>
    public IReadOnlyList<SpokenText> Reports { get; private set; } = [];

    /// <summary>Takes a turn in.</summary>
    /// <param name="work">The turn.</param>
    /// <param name="prompt">What to take as its prompt; that of an interrupted turn before it where it has none of its own.</param>
    /// <param name="request">The prompt's subject.</param>
    public void Add(TurnWork work, string prompt, RequestTitle request)
    {
        _turns.Add(work);
        FirstTurnId ??= work.Turn.Events.FirstOrDefault(happened => happened.TurnId is not null)?.TurnId;
        EndedAt = work.Turn.Events.Count > 0 ? work.Turn.Events[^1].At : EndedAt;
        Edits.AddRange(work.Evidence.Edits);
        Runs.AddRange(work.Evidence.Runs);
        var contradicted = ObserverRules.Contradiction.IsMatch(prompt.Length > 80 ? prompt[..80] : prompt) ? _lastReports : Reports.Count;
        _lastReports = Reports.Count;
        Reports =
        [
            .. Reports.Select((report, i) => i >= contradicted ? report with { Contradicted = true } : report),
            .. ReportsOf(work.Evidence).Select(report => report with { Changed = VolumeOf(work.Evidence) }),
        ];
        Closed |= work.Evidence.Commits.Count > 0 && Edits.Count > 0;
        if (prompt.Length == 0)
        {
            return;
        }

        var written = string.Join('\n', RequestTitle.WrittenLines(prompt).Take(20));
        written = written.Length > 400 ? written[..400] : written;
        RequestWords.UnionWith(Prose.Words(written));
        RequestNames.UnionWith(Prose.Identifiers(written));
        if (Prompt.Length == 0)
        {
            Prompt = prompt;
            Request = request;
        }
    }

    /// <summary>True when the other turn changed files that this work changed: half of the smaller set, or any where asked for less.</summary>
    public bool SharesFilesWith(TurnEvidence other, bool anyIsEnough)
    {
        var mine = Modified.ToHashSet(StringComparer.Ordinal);
        var theirs = other.Modified.ToList();
        var shared = theirs.Count(mine.Contains);
        return shared > 0 && (anyIsEnough || shared * 2 >= Math.Min(mine.Count, theirs.Count));
    }

    private static long VolumeOf(TurnEvidence evidence) =>
        evidence.Edits.Sum(edit => (40 + Math.Min(MostOfAnEdit, Math.Max(edit.NewText.Length, edit.OldText?.Length ?? 0))) / (edit.IsTest ? 3 : 1));

    private static IEnumerable<SpokenText> ReportsOf(TurnEvidence evidence)
    {
        var closing = evidence.ClosingText;
        var longest = evidence.Texts.MaxBy(text => text.Text.Length);
        var reports = evidence.Conclusions.Where(text => text.Text.Length > 150).TakeLast(2).ToList();
        if (reports.Count == 0 && longest is { Text.Length: > 350 } && closing.Length < 200)
        {
            reports.Add(longest);
        }

        reports.RemoveAll(report => closing.Contains(report.Text, StringComparison.Ordinal));
        foreach (var report in reports)
        {
            yield return report;
        }

        if (closing.Length > 0)
        {
            yield return new SpokenText(closing, evidence.Texts[^1].EventId);
        }
        else if (reports.Count == 0 && evidence.Texts is [.., var last])
        {
            yield return last;
        }
    }
}
