using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>One successful change of a file in the project, and the names that it added or took away.</summary>
internal sealed partial record FileEdit
{
    private const int MostScratch = 400;
    private const int MostNames = 40;

    /// <summary>Relative to the project.</summary>
    public required string Path { get; init; }

    /// <summary>True when the file was not there before.</summary>
    public required bool Created { get; init; }

    /// <summary>Functions, types, tests or headings that the new text declares and the old one did not.</summary>
    public required IReadOnlyList<string> Added { get; init; }

    /// <summary>Functions, types, tests or headings that only the old text declared.</summary>
    public required IReadOnlyList<string> Removed { get; init; }

    /// <summary>The text that was put in, cut at the limit.</summary>
    public required string NewText { get; init; }

    /// <summary>The text that was taken out, cut at the limit; null when it is not known.</summary>
    public required string? OldText { get; init; }

    /// <summary>The event that it rests on; a later one has a larger id.</summary>
    public required long EventId { get; init; }

    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>True for tests, by the usual names.</summary>
    public bool IsTest => ObserverRules.TestFile.IsMatch(Path);

    /// <summary>True for text that people read.</summary>
    public bool IsDocument => ObserverRules.DocumentFile.IsMatch(Path);

    /// <summary>True for a few lines of text that were put somewhere to try something: they tell nothing of the project.</summary>
    public bool IsScratch => NewText.Length <= MostScratch && !IsTest && ScratchName.IsMatch(Name);

    /// <summary>True when only spaces and line ends changed.</summary>
    public bool IsOnlyWhitespace => OldText is { Length: > 0 } old && old != NewText && old.Where(c => !char.IsWhiteSpace(c)).SequenceEqual(NewText.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>True when this edit puts back what the other one replaced.</summary>
    public bool Reverts(FileEdit earlier) =>
        Path == earlier.Path && OldText is { Length: > 0 } && earlier.OldText is not null && NewText == earlier.OldText && OldText == earlier.NewText;

    /// <summary>Reads a change from the texts before and after; the old one is null when it is not known.</summary>
    public static FileEdit From(string path, string? oldText, string newText, bool created, long eventId)
    {
        var now = Declared(path, newText);
        var before = oldText is null ? [] : Declared(path, oldText);
        var known = oldText is not null || created;
        return new FileEdit
        {
            Path = path,
            Created = created,
            Added = known ? [.. now.Except(before).Take(MostNames)] : [],
            Removed = known ? [.. before.Except(now).Take(MostNames)] : [],
            NewText = Capped(newText),
            OldText = oldText is null ? null : Capped(oldText),
            EventId = eventId,
        };
    }

    private static string Capped(string text) => text.Length > ObserverRules.TextLimit ? text[..ObserverRules.TextLimit] : text;

    private static List<string> Declared(string path, string text)
    {
        var capped = Capped(text);
        var pattern = ObserverRules.DocumentFile.IsMatch(path) ? Section : Declaration;
        return [.. pattern.Matches(capped).Select(Name).Where(name => name.Length is > 1 and <= 60).Distinct()];

        static string Name(Match match) => match.Groups.Values.Skip(1).First(group => group.Success).Value.Trim();
    }

    [GeneratedRegex(
        @"(?m:^\s*(?:export |default |async |public |private |protected |internal |static |sealed |abstract |partial |override |virtual |pub(?:\([^)]*\))? |unsafe )*)(?:func(?:\s+\([^)]*\))?|function\*?|def|class|interface|struct|enum|record|trait|fn|fun)\s+([A-Za-z_$][\w$]*)"
        + @"|\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*=\s*(?:async\s*)?(?:\([^)]*\)\s*=>|function\b)"
        + @"|\b(?:public|private|protected|internal)\s+(?:[\w<>\[\],?]+\s+){1,4}(\w+)\s*\("
        + @"|\btype\s+([A-Za-z_]\w*)\s+(?:struct|interface|=)"
        + @"|\b(?:it|test|describe)\(\s*['""`]([^'""`\n]{3,60})['""`]",
        RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Declaration { get; }

    [GeneratedRegex(@"^(?:test|tests|testing|tmp|temp|scratch|hello|foo|bar|baz|dummy|sample|untitled|playground)(?:[-_ ][\w-]*)?(?:\.(?:txt|md|log|out))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex ScratchName { get; }

    [GeneratedRegex(@"(?m:^#{1,4} +([^\n]+))", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Section { get; }
}
