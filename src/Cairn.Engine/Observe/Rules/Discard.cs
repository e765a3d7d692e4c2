using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>What a command takes away from work that was done before it.</summary>
internal enum DiscardKind
{
    /// <summary>Changes that were not committed, of the named paths or of all.</summary>
    Changes,

    /// <summary>All changes that were not committed, until they are put back.</summary>
    Stash,

    /// <summary>Nothing: the stashed changes are put back.</summary>
    Unstash,

    /// <summary>The newest commits, with their changes.</summary>
    Commits,

    /// <summary>Files.</summary>
    Files,
}

/// <summary>A command that takes earlier work away: a checkout of files, a hard reset, a stash, a revert, a deletion.</summary>
/// <param name="Kind">What it takes away.</param>
/// <param name="Paths">Relative to the project or to a folder of it; empty for everything.</param>
/// <param name="Count">How many commits.</param>
/// <param name="Hash">The commit that is reverted; empty for the newest.</param>
/// <param name="EventId">The event that it rests on.</param>
internal sealed partial record Discard(DiscardKind Kind, IReadOnlyList<string> Paths, int Count, string Hash, long EventId)
{
    /// <summary>Reads a command line; of one that failed only the stashing that its output confirms. Empty when it takes nothing away.</summary>
    public static IEnumerable<Discard> From(string command, string output, bool failed, long eventId, ProjectPaths paths) =>
        Read(command, output, eventId, paths).Where(discard => !failed || discard.Kind == DiscardKind.Stash
            || (discard.Kind == DiscardKind.Unstash && output.Contains("Dropped refs/stash", StringComparison.Ordinal)));

    private static IEnumerable<Discard> Read(string command, string output, long eventId, ProjectPaths paths)
    {
        foreach (var part in ShellCommand.Parts(command))
        {
            if (GitCall.Match(part) is { Success: true } git)
            {
                if (FromGit(git.Groups[1].Value, git.Groups[2].Value.Trim(), output, eventId, paths) is { } discard)
                {
                    yield return discard;
                }
            }
            else if (Deletion.Match(part) is { Success: true } deletion && Named(deletion.Groups[1].Value, paths) is { Count: > 0 } files)
            {
                yield return new Discard(DiscardKind.Files, files, 0, "", eventId);
            }
        }
    }

    /// <summary>True when files that no commit knows are taken away too.</summary>
    public bool TakesNewFiles { get; private init; }

    /// <summary>True when the path is one of those that the command names.</summary>
    public bool Covers(string path) =>
        Paths.Count == 0 || Paths.Any(named => named == "." || path == named || path.StartsWith(named + "/", StringComparison.Ordinal) || path.EndsWith("/" + named, StringComparison.Ordinal));

    private static Discard? FromGit(string verb, string arguments, string output, long eventId, ProjectPaths paths)
    {
        switch (verb)
        {
            case "checkout" when RestoredPaths.Match(arguments) is { Success: true } restored:
                return new Discard(DiscardKind.Changes, Named(restored.Groups[1].Value, paths), 0, "", eventId);
            case "restore" when !arguments.Contains("--staged", StringComparison.Ordinal) || arguments.Contains("--worktree", StringComparison.Ordinal):
                return new Discard(DiscardKind.Changes, Named(arguments, paths), 0, "", eventId);
            case "reset" when arguments.Contains("--hard", StringComparison.Ordinal):
                return Parents.Match(arguments) is { Success: true } parents
                    ? new Discard(DiscardKind.Commits, [], parents.Groups[1].Success ? int.Parse(parents.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : parents.Groups[2].Length, "", eventId)
                    : new Discard(DiscardKind.Changes, [], 0, "", eventId);
            case "revert" when !arguments.Contains("--abort", StringComparison.Ordinal):
                return new Discard(DiscardKind.Commits, [], 1, HashOf.Match(arguments).Value, eventId);
            case "rm" when !arguments.Contains("--cached", StringComparison.Ordinal) && Named(arguments, paths) is { Count: > 0 } files:
                return new Discard(DiscardKind.Files, files, 0, "", eventId);
            case "stash" when PuttingBack.IsMatch(arguments):
                return new Discard(DiscardKind.Unstash, [], 0, "", eventId);
            case "stash" when Stashing.IsMatch(arguments) && output.Contains("Saved working directory", StringComparison.Ordinal):
                return new Discard(DiscardKind.Stash, [], 0, "", eventId) { TakesNewFiles = Untracked.IsMatch(arguments) };
            default:
                return null;
        }
    }

    private static List<string> Named(string arguments, ProjectPaths paths) =>
        [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument.Trim('"', '\''))
            .Where(argument => argument.Length > 0 && argument[0] is not ('-' or '>' or '<') && !argument.Contains('*', StringComparison.Ordinal))
            .Select(argument => argument == "." ? "." : paths.Relative(argument)?.TrimEnd('/') ?? "").Where(path => path.Length > 0)];

    [GeneratedRegex(@"^git(?:\s+-[cC]\s+\S+)*\s+(checkout|restore|reset|revert|rm|stash)\b(.*)$", RegexOptions.Singleline, ObserverRules.RegexPatience)]
    private static partial Regex GitCall { get; }

    [GeneratedRegex(@"^(?:rm|trash|unlink)\s+(.+)$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Deletion { get; }

    [GeneratedRegex(@"(?:^|\s)--\s+(.+)$|^(\.)$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex RestoredPaths { get; }

    [GeneratedRegex(@"HEAD(?:~(\d{1,3})|(\^+|~))", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Parents { get; }

    [GeneratedRegex(@"\b[0-9a-f]{7,40}\b", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex HashOf { get; }

    [GeneratedRegex(@"(?:^|\s)(?:-u|-a|--include-untracked|--all)\b", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Untracked { get; }

    [GeneratedRegex(@"^(?:pop|apply)\b", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex PuttingBack { get; }

    [GeneratedRegex(@"^(?:$|push\b|save\b|-)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Stashing { get; }
}
