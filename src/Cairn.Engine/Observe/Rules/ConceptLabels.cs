namespace Cairn.Engine.Observe.Rules;

/// <summary>The labels that a memory is filed under. Weak signals: for browsing, not for ranking.</summary>
internal static class ConceptLabels
{
    /// <summary>At most four labels.</summary>
    public static List<string> Of(WorkUnit unit, string told)
    {
        var labels = new List<string>();
        Add("what-changed", unit.Edits.Count > 0);
        Add("problem-solution", unit.Repairs.Count > 0 || ObserverRules.BugWords.IsMatch(told));
        Add("why-it-exists", ObserverRules.Cause.IsMatch(told));
        Add("gotcha", ObserverRules.Gotcha.IsMatch(told));
        Add("trade-off", unit.Choices.Count > 0);
        return [.. labels.Take(4)];

        void Add(string label, bool holds)
        {
            if (holds)
            {
                labels.Add(label);
            }
        }
    }
}
