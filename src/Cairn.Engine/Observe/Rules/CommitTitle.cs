using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>The titles that commits give: their subjects, and more of the message where the subject says too little.</summary>
internal static class CommitTitle
{
    private const int ShortSubject = 72;

    /// <summary>One candidate for each commit that tells something; none when the unit has none.</summary>
    public static List<TitleCandidate> Of(WorkUnit unit)
    {
        var telling = unit.Commits.Where(commit => !commit.SaysNothing).ToList();
        var subjects = telling.Where(commit => !commit.IsChore).ToList();
        if (subjects.Count == 0)
        {
            subjects = [.. telling.Where(commit => unit.Edits.Count > 0 && Lines(commit.Body).Any()).TakeLast(1)];
        }

        return [.. subjects.Take(ObserverRules.MostCommits).Select(commit => new TitleCandidate
        {
            Source = "commit",
            Text = Text(commit),
            Confidence = MemoryConfidence.High,
            Body = commit.Body,
            Commit = commit,
            NamesItsFile = true,
        })];
    }

    private static string Text(Commit commit)
    {
        var subject = TitleText.WithoutConventionalPrefix(commit.Subject);
        var lines = Lines(commit.Body).ToList();
        if (lines.Count > 0 && (commit.IsChore || ObserverRules.FeedbackSubject.IsMatch(commit.Subject)))
        {
            return Joined(lines[0], "; ", lines.Skip(1));
        }

        return subject.Length <= ShortSubject && ObserverRules.VagueSubjectOfCommit.IsMatch(subject) && !Prose.HasIdentifier(subject) ? Joined(subject, ": ", lines) : subject;
    }

    // As many lines of the message as fit.
    private static string Joined(string first, string separator, IEnumerable<string> lines)
    {
        var joined = first;
        foreach (var line in lines)
        {
            var next = new[] { line, line.Split(": ", 2)[0], line.Split(" - ", 2)[0] }.Where(part => part == line || Prose.Words(part).Count >= 3 && !part.Contains('{', StringComparison.Ordinal)).Select(part => $"{joined}{separator}{Lowered(part.TrimEnd('.'))}")
                .FirstOrDefault(next => TitleText.Fits(next.Replace("`", "", StringComparison.Ordinal), ObserverRules.TitleLength));
            if (next is null)
            {
                break;
            }

            joined = next;
            separator = "; ";
        }

        return joined;
    }

    private static string Lowered(string line) =>
        line.Length > 1 && char.IsUpper(line[0]) && char.IsLower(line[1]) && !Prose.HasIdentifier(line.Split(' ', 2)[0]) ? char.ToLowerInvariant(line[0]) + line[1..] : line;

    private static IEnumerable<string> Lines(string body) =>
        Markdown.Blocks(body).Where(block => block.Kind is BlockKind.Bullet or BlockKind.Paragraph)
            .Select(block => Prose.Plain(Prose.Sentences(block.Text).FirstOrDefault() ?? ""))
            .Where(sentence => Prose.Words(sentence).Count >= 4 && !ObserverRules.FeedbackSubject.IsMatch(sentence));
}
