namespace Cairn.Engine.Observe.Rules;

/// <summary>Says in a line what edits did, from their texts alone: for work of which nobody said a usable sentence.</summary>
internal static class EditTitle
{
    private const int MostNames = 3;

    /// <summary>E.g. <c>Added applyDiscount, removed oldTotal (cart.js)</c>, else <c>Edited a.cs, b.cs and 2 more</c>.</summary>
    public static string From(IReadOnlyList<FileEdit> edits)
    {
        var main = MainFile(edits);
        var ofMain = edits.Where(edit => edit.Path == main.Path).ToList();
        if (main.IsDocument)
        {
            return OfDocument(edits, ofMain);
        }

        var added = Names(ofMain, edit => edit.Added, edit => edit.Removed);
        var removed = Names(ofMain, edit => edit.Removed, edit => edit.Added);
        var parts = new List<string>();
        if (added.Count > 0)
        {
            parts.Add("Added " + Listed(added));
        }

        if (removed.Count > 0)
        {
            parts.Add((parts.Count == 0 ? "Removed " : "removed ") + Listed(removed));
        }

        return parts.Count == 0 || ofMain.Exists(edit => edit.Created) ? OfFiles(edits) : $"{string.Join(", ", parts)} ({main.Name})";
    }

    /// <summary>The file that the work was about: of those that are not tests the one edited most, else the first.</summary>
    public static FileEdit MainFile(IReadOnlyList<FileEdit> edits) =>
        edits.GroupBy(edit => edit.Path)
            .OrderBy(file => file.First().IsTest)
            .ThenBy(file => file.First().IsDocument)
            .ThenByDescending(file => file.Count())
            .First().First();

    private static string OfDocument(IReadOnlyList<FileEdit> edits, List<FileEdit> ofMain)
    {
        var headings = ofMain.SelectMany(edit => edit.Added).Distinct().ToList();
        if (headings.Count == 0)
        {
            return OfFiles(edits);
        }

        var name = ofMain[0].Name;
        return ofMain.Exists(edit => edit.Created)
            ? $"Wrote {name}: {headings[0]}"
            : $"Added {(headings.Count == 1 ? "section" : "sections")} {Listed(headings.ConvertAll(heading => $"\"{heading}\""))} to {name}";
    }

    private static string OfFiles(IReadOnlyList<FileEdit> edits)
    {
        var files = edits.GroupBy(edit => edit.Path).OrderBy(file => file.First().IsTest).Select(file => file.First().Name).Distinct().ToList();
        var verb = edits.GroupBy(edit => edit.Path).All(file => file.First().Created) ? "Created " : "Edited ";
        return verb + Listed(files);
    }

    private static List<string> Names(List<FileEdit> edits, Func<FileEdit, IReadOnlyList<string>> of, Func<FileEdit, IReadOnlyList<string>> but) =>
        [.. edits.SelectMany(of).Except(edits.SelectMany(but)).Distinct()];

    private static string Listed(List<string> names) => names.Count switch
    {
        1 => names[0],
        <= MostNames => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1],
        _ => string.Join(", ", names.Take(MostNames - 1)) + $" and {names.Count - MostNames + 1} more",
    };
}
