using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Says in a line what edits did, from their texts alone: for work of which nobody said a usable sentence.</summary>
internal static partial class EditTitle
{
    private const int MostNames = 3;

    /// <summary>E.g. <c>Added applyDiscount, removed oldTotal (cart.js)</c>, and whether every name is in it; null when the edits declare nothing new.</summary>
    public static (string Text, bool Whole)? OfNames(IReadOnlyList<FileEdit> edits) =>
        Names(edits) is { } told ? (told, !Rest.IsMatch(told)) : null;

    private static string? Names(IReadOnlyList<FileEdit> edits)
    {
        var main = MainFile(edits, preferTests: false);
        var ofMain = edits.Where(edit => edit.Path == main.Path).ToList();
        var created = ofMain.Exists(edit => edit.Created);
        if (main.IsDocument)
        {
            return OfDocument(ofMain, created);
        }

        var added = Names(ofMain, edit => edit.Added, edit => edit.Removed);
        var removed = Names(ofMain, edit => edit.Removed, edit => edit.Added);
        if (added.Count == 1 && removed.Count == 1)
        {
            return $"Renamed {removed[0]} to {added[0]} ({main.Name})";
        }

        if (added.Count + removed.Count == 0 && OfWords(edits) is { } renamed)
        {
            return renamed;
        }

        if (main.IsTest && removed.Count == 0 && OfTests(added) is { } tests)
        {
            return $"{tests} ({main.Name})";
        }

        for (var most = MostNames; most > 1; most--)
        {
            if (Told(main, created, added, removed, most) is { } told && TitleText.Fits(told, ObserverRules.TitleLength))
            {
                return told;
            }
        }

        return Told(main, created, added, removed, 1);
    }

    // One word that stands for another in all that was edited.
    private static string? OfWords(IReadOnlyList<FileEdit> edits)
    {
        if (!edits.All(edit => edit.OldText is { Length: > 0 }))
        {
            return null;
        }

        var old = edits.SelectMany(edit => Word.Matches(edit.OldText!).Select(match => match.Value)).ToHashSet(StringComparer.Ordinal);
        var now = edits.SelectMany(edit => Word.Matches(edit.NewText).Select(match => match.Value)).ToHashSet(StringComparer.Ordinal);
        return old.Except(now).ToList() is [{ Length: > 2 } before] && now.Except(old).ToList() is [{ Length: > 1 } after]
            ? $"Renamed {before} to {after} ({string.Join(", ", edits.Select(edit => edit.Name).Distinct().Take(2))})"
            : null;
    }

    // Tests are named after what they test: TestTotal_Empty, TestTotal_Rounds and TestTotal_Overflow are three tests of Total.
    private static string? OfTests(List<string> added)
    {
        var group = added.Where(name => TestName.IsMatch(name)).GroupBy(name => TestName.Match(name).Groups[1].Value).MaxBy(names => names.Count());
        return group is null || group.Count() < 3 ? null : $"Added {group.Count()} tests of {group.Key}";
    }

    private static string? Told(FileEdit main, bool created, List<string> added, List<string> removed, int most)
    {
        var parts = new List<string>();
        if (added.Count > 0)
        {
            parts.Add((created ? $"Created {main.Name}: " : "Added ") + Listed(added, most));
        }

        if (removed.Count > 0)
        {
            parts.Add((parts.Count == 0 ? "Removed " : "removed ") + Listed(removed, most));
        }

        return parts.Count == 0 ? null : string.Join(", ", parts) + (created ? "" : $" ({main.Name})");
    }

    /// <summary>E.g. <c>Edited a.cs, b.cs and 2 more</c>.</summary>
    public static string OfFiles(IReadOnlyList<FileEdit> edits)
    {
        var files = edits.GroupBy(edit => edit.Path).OrderBy(file => file.First().IsTest).Select(file => file.First().Name).Distinct().ToList();
        var verb = edits.GroupBy(edit => edit.Path).All(file => file.First().Created) ? "Created " : "Edited ";
        return verb + Listed(files);
    }

    /// <summary>The file that the work was about: of those that are not tests (or are, where tests are preferred) the one edited most.</summary>
    public static FileEdit MainFile(IReadOnlyList<FileEdit> edits, bool preferTests) =>
        edits.GroupBy(edit => edit.Path)
            .OrderBy(file => file.First().IsTest != preferTests)
            .ThenBy(file => file.First().IsDocument)
            .ThenByDescending(file => file.Count())
            .First().First();

    private static string? OfDocument(List<FileEdit> edits, bool created)
    {
        var headings = edits.SelectMany(edit => edit.Added).Except(edits.SelectMany(edit => edit.Removed)).Distinct().ToList();
        var name = edits[0].Name;
        return headings.Count == 0 ? null
            : created ? $"Wrote {name}: {headings[0]}"
            : $"Added {(headings.Count == 1 ? "section" : "sections")} {Listed(headings.ConvertAll(heading => $"\"{heading}\""))} to {name}";
    }

    private static List<string> Names(List<FileEdit> edits, Func<FileEdit, IReadOnlyList<string>> of, Func<FileEdit, IReadOnlyList<string>> but) =>
        [.. edits.SelectMany(of).Except(edits.SelectMany(but)).Distinct().OrderBy(name => edits[0].IsTest && !name.StartsWith("test", StringComparison.OrdinalIgnoreCase))];

    private static string Listed(List<string> names, int most = MostNames) =>
        names.Count == 1 ? names[0]
        : names.Count <= most ? string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1]
        : string.Join(", ", names.Take(Math.Max(1, most - 1))) + $" and {names.Count - Math.Max(1, most - 1)} more";

    [GeneratedRegex(@"[A-Za-z_$][\w$]*", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Word { get; }

    [GeneratedRegex(@"^[Tt]est_?([A-Z][A-Za-z0-9]+)_\w+$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex TestName { get; }

    [GeneratedRegex(@" and \d+ more", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Rest { get; }
}
