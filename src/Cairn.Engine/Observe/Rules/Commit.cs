using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>A commit that the agent made and git confirmed.</summary>
internal sealed partial record Commit
{
    /// <summary>First line of the message.</summary>
    public required string Subject { get; init; }

    /// <summary>The rest of it without trailers.</summary>
    public required string Body { get; init; }

    /// <summary>Abbreviated hash as git printed it; empty when it printed none.</summary>
    public required string Hash { get; init; }

    /// <summary>True when it replaced the commit before it.</summary>
    public required bool Amends { get; init; }

    /// <summary>The event that it rests on.</summary>
    public required long EventId { get; init; }

    /// <summary>True for a subject that says only that something was merged, saved or squashed.</summary>
    public bool SaysNothing => ObserverRules.EmptySubject.IsMatch(Subject) || Prose.WordSet(Subject).Count < 2;

    /// <summary>True for a subject about formatting, feedback and the like; its body may say more.</summary>
    public bool IsChore => ObserverRules.ChoreSubject.IsMatch(TitleText.WithoutConventionalPrefix(Subject));

    /// <summary>The commits of a command that did not fail; empty when it made none.</summary>
    public static List<Commit> From(string command, string output, long eventId)
    {
        var calls = Call.Matches(command);
        if (calls.Count == 0)
        {
            return [];
        }

        var confirmed = Confirmation.Matches(output);
        var commits = new List<Commit>();
        for (var i = 0; i < calls.Count; i++)
        {
            var start = calls[i].Index;
            var text = command[start..(i + 1 < calls.Count ? calls[i + 1].Index : command.Length)];
            var receipt = i < confirmed.Count ? confirmed[i] : null;
            if (receipt is null && (Refusal.IsMatch(output) || confirmed.Count > 0))
            {
                continue;
            }

            if (Read(text, receipt, eventId) is { } commit)
            {
                commits.Add(commit);
            }
        }

        return commits;
    }

    /// <summary>The commits that are left after amending, in order.</summary>
    public static List<Commit> Settled(IEnumerable<Commit> commits)
    {
        var settled = new List<Commit>();
        foreach (var commit in commits)
        {
            if (commit.Amends && settled.Count > 0)
            {
                settled[^1] = commit.Body.Length == 0 && commit.Subject == settled[^1].Subject ? commit with { Body = settled[^1].Body } : commit;
            }
            else if (!settled.Exists(known => known.Subject == commit.Subject))
            {
                settled.Add(commit);
            }
        }

        return settled;
    }

    private static Commit? Read(string call, Match? receipt, long eventId)
    {
        var message = Message(call);
        var lines = message.Split('\n');
        var subject = lines[0].Trim();
        subject = subject.Length > 0 && !subject.Contains("$(", StringComparison.Ordinal) ? subject : receipt?.Groups[2].Value.Trim() ?? "";
        return subject.Length == 0 ? null : new Commit
        {
            Subject = subject,
            Body = WithoutTrailers(string.Join('\n', lines.Skip(1))),
            Hash = receipt?.Groups[1].Value ?? "",
            Amends = call.Contains("--amend", StringComparison.Ordinal),
            EventId = eventId,
        };
    }

    private static string Message(string call)
    {
        var firstLine = call.Split('\n')[0];
        return firstLine.Contains("<<", StringComparison.Ordinal)
            ? ShellCommand.HereDocument(call) ?? ""
            : string.Join("\n\n", ShellCommand.OptionValues(call, MessageOption)).Trim();
    }

    private static string WithoutTrailers(string body) =>
        string.Join('\n', body.Split('\n').Where(line => !Trailer.IsMatch(line))).Trim();

    [GeneratedRegex(@"\bgit(?:\s+-[cC]\s+\S+)*\s+commit\b", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Call { get; }

    [GeneratedRegex(@"\[[^\s\]]+(?: \(root-commit\)| HEAD)? ([0-9a-f]{7,40})\] ([^\n]*)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Confirmation { get; }

    [GeneratedRegex(@"nothing to commit|no changes added|\berror\b|failed|fatal|aborting|nothing added", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Refusal { get; }

    [GeneratedRegex(@"\s(?:-[a-zA-Z]*m|--message)(?:\s+|=)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex MessageOption { get; }

    [GeneratedRegex(@"^\s*(?:co-authored-by|signed-off-by|reviewed-by|change-id|generated with|🤖|[\w-]+-(?:checkpoint|session|metadata|strategy|attribution)\S*:|https?://claude)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Trailer { get; }
}
