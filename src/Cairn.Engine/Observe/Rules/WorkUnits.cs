namespace Cairn.Engine.Observe.Rules;

/// <summary>Joins turns that belong to the same piece of work.</summary>
internal sealed class WorkUnits
{
    private const int MostTurns = 6;
    private const int MostQuestions = 4;
    private const int OpenUnits = 3;

    private readonly List<WorkUnit> _units = [];
    private string _unanswered = "";

    private WorkUnits() { }

    /// <summary>The units of a session, oldest first.</summary>
    public static List<WorkUnit> From(IEnumerable<TurnWork> turns)
    {
        var merger = new WorkUnits();
        foreach (var work in LastingWork.Of([.. turns]))
        {
            merger.Take(work);
        }

        return merger._units;
    }

    private void Take(TurnWork work)
    {
        var (turn, evidence) = work;
        if (evidence.IsEmpty || (turn.Interrupted && evidence.Edits.Count == 0 && evidence.ClosingText.Length == 0))
        {
            // Asked but not answered: if the person only says "go on" next, this is what is gone on with.
            _unanswered = turn.Kind == MessageKind.Acknowledgement || turn.Prompt.Length <= _unanswered.Length ? _unanswered : turn.Prompt;
            return;
        }

        var isPrompt = turn.Kind != MessageKind.Acknowledgement;
        var prompt = isPrompt ? turn.Prompt : _unanswered;
        var request = prompt.Length > 0 ? RequestTitle.From(prompt) : RequestTitle.None;
        _unanswered = "";
        var unit = turn.Kind == MessageKind.Plan ? null : Home(evidence, prompt, request.Score);
        if (unit is null)
        {
            unit = new WorkUnit();
            _units.Add(unit);
        }

        unit.Add(work, prompt, request);
    }

    private WorkUnit? Home(TurnEvidence evidence, string prompt, double requestScore)
    {
        var last = _units.Count > 0 ? _units[^1] : null;
        var open = _units.TakeLast(OpenUnits).LastOrDefault(unit => unit.Edits.Count > 0 && !unit.Closed);
        var edits = evidence.Edits.Count > 0;
        if (last is null)
        {
            return null;
        }

        if (evidence.Commits.Count > 0 && !edits && open is not null)
        {
            return open;
        }

        if (prompt.Length == 0)
        {
            return last.Closed && edits ? null : last;
        }

        return edits ? EditHome(evidence, last, open, prompt, requestScore) : QuestionHome(last, requestScore);
    }

    private static WorkUnit? EditHome(TurnEvidence evidence, WorkUnit last, WorkUnit? open, string prompt, double requestScore)
    {
        if (!StandsAlone(prompt, requestScore) && open is { Turns.Count: < MostTurns } && open.SharesFilesWith(evidence, anyIsEnough: requestScore < ObserverRules.DeicticPrompt))
        {
            return open;
        }

        // "Run the tests" and then "fix them": what failed there is what passes here.
        return last.Edits.Count == 0 && last.Runs.Exists(run => !run.Passed && evidence.Runs.Any(later => later.Passed && run.IsCoveredBy(later)))
            ? last
            : null;
    }

    // A request that names what it is about, or takes several sentences to tell it, and does not correct what was done.
    private static bool StandsAlone(string prompt, double requestScore) =>
        !ObserverRules.Contradiction.IsMatch(prompt.Length > 80 ? prompt[..80] : prompt)
        && (requestScore >= ObserverRules.OwnRequest || RequestTitle.WrittenLines(prompt).Sum(line => line.Length) >= ObserverRules.LongRequest);

    private static WorkUnit? QuestionHome(WorkUnit last, double requestScore) =>
        last.Edits.Count == 0 && last.Turns.Count < MostQuestions && requestScore < ObserverRules.FollowUpQuestion ? last : null;
}
