namespace Cairn.Core.Jsonc;

/// <summary>
/// Works out the smallest change of a text. Whatever <see cref="Insert"/> put in, <see cref="Remove"/> takes out so that the
/// bytes are as before: both measure from the same places, which an insertion does not move.
/// </summary>
internal static class JsoncEdit
{
    /// <summary>Puts an item at the end of a container.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="container">The object or array.</param>
    /// <param name="inline">Where the container is empty: whether to write within its line.</param>
    /// <param name="write">Writes the item for an indent, or for one line where that is null.</param>
    public static string Insert(string text, JsoncStyle style, JsoncValue container, bool inline, Func<string?, string> write)
    {
        if (container.Items.Count == 0)
        {
            return InsertFirst(text, style, container, inline, write);
        }

        var last = container.Items[^1];
        var trailing = last.Comma >= 0;
        var end = trailing ? last.Comma + 1 : last.Value.End;
        string item;
        if (JsoncStyle.LineStart(text, last.Start) is { } indent)
        {
            item = style.NewLine + indent + write(indent);
            var at = JsoncTrivia.Read(text, end, sameLine: true).CommentEnd;
            return trailing
                ? text.Insert(at, item + ",")
                : text.Insert(at, item).Insert(end, ",");
        }

        item = style.Gap + write(null);
        return text.Insert(end, trailing ? item + "," : "," + item);
    }

    /// <summary>Takes the item at <paramref name="index"/> out of a container; comments stay.</summary>
    public static string Remove(string text, JsoncValue container, int index)
    {
        var item = container.Items[index];
        var before = EndOfWhatComesBefore(text, item.Start);
        var first = before == container.Start + 1;
        var cuts = new List<(int Start, int End)>();
        var end = item.Value.End;
        if (item.Comma >= 0)
        {
            cuts.Add((item.Comma, item.Comma + 1));
            end = item.Comma + 1;
        }
        else if (index > 0)
        {
            var comma = container.Items[index - 1].Comma;
            cuts.Add((comma, comma + 1));
        }

        if (item.AfterLineComment && !LineEndsBehind(text, item))
        {
            // Without its own start of a line, what follows would become part of the comment.
            cuts.Add((item.Start, item.Value.End));
            cuts.Add((end, SkipBlanks(text, end)));
        }
        else if (first && BlanksBeforeNext(text, container, index, end) is var blanks and > 0)
        {
            cuts.Add((item.Start, item.Value.End));
            cuts.Add((end, end + blanks));
        }
        else
        {
            cuts.Add((before, item.Value.End));
            cuts.Add((end, end + (first ? ClosingLineBehind(text, container, index, end) : 0)));
        }

        return Cut(text, cuts);
    }

    /// <summary>Puts a value in the place of another.</summary>
    public static string Replace(string text, JsoncStyle style, JsoncValue old, JsoncValue value)
    {
        var indent = text.AsSpan(old.Start, old.End - old.Start).ContainsAny('\r', '\n') || JsoncStyle.LineStart(text, ItemStart(text, old)) is not null
            ? JsoncStyle.IndentOfLine(text, old.Start)
            : null;
        return string.Concat(text.AsSpan(0, old.Start), style.Write(value, indent), text.AsSpan(old.End));
    }

    private static string InsertFirst(string text, JsoncStyle style, JsoncValue container, bool inline, Func<string?, string> write)
    {
        var trivia = JsoncTrivia.Read(text, container.Start + 1);
        var commented = trivia.CommentEnd > container.Start + 1;
        var at = trivia.CommentEnd;
        if ((inline && !trivia.LineComment) || (commented && !text.AsSpan(at, trivia.End - at).ContainsAny('\r', '\n')))
        {
            return text.Insert(at, commented ? " " + write(null) : write(null));
        }

        var close = JsoncStyle.IndentOfLine(text, container.Start);
        var indent = close + style.Indent;
        var item = style.NewLine + indent + write(indent);
        return text.Insert(at, commented ? item : item + style.NewLine + close);
    }

    // Behind the first item of a line: the blanks before the second one.
    private static int BlanksBeforeNext(string text, JsoncValue container, int index, int end)
    {
        var blanks = SkipBlanks(text, end) - end;
        return index + 1 < container.Items.Count
            && JsoncStyle.LineStart(text, container.Items[index].Start) is null
            && end + blanks == container.Items[index + 1].Start
            ? blanks
            : 0;
    }

    // Behind the only item, where it has lines of its own: the line that was begun for the closing bracket.
    private static int ClosingLineBehind(string text, JsoncValue container, int index, int end)
    {
        if (container.Items.Count > 1 || JsoncStyle.LineStart(text, container.Items[index].Start) is null)
        {
            return 0;
        }

        var close = JsoncStyle.IndentOfLine(text, container.Start);
        foreach (var newLine in (ReadOnlySpan<string>)["\r\n", "\n"])
        {
            if (text.AsSpan(end).StartsWith(newLine + close, StringComparison.Ordinal))
            {
                return newLine.Length + close.Length;
            }
        }

        return 0;
    }

    private static int EndOfWhatComesBefore(string text, int at)
    {
        while (JsoncTrivia.IsSpace(text[at - 1]))
        {
            at--;
        }

        return at;
    }

    // A member's name, where one stands before the value in its line.
    private static int ItemStart(string text, JsoncValue value)
    {
        var line = text.AsSpan(0, value.Start).LastIndexOfAny('\r', '\n') + 1;
        var name = text.AsSpan(line, value.Start - line).IndexOfAnyExcept(' ', '\t');
        return name >= 0 && text[line + name] == '"' ? line + name : value.Start;
    }

    private static bool LineEndsBehind(string text, JsoncItem item)
    {
        var end = SkipBlanks(text, item.Value.End);
        end = end == item.Comma ? SkipBlanks(text, end + 1) : end;
        return end < text.Length && JsoncTrivia.IsLineEnd(text[end]);
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private static string Cut(string text, List<(int Start, int End)> cuts)
    {
        foreach (var (start, end) in cuts.OrderByDescending(cut => cut.Start))
        {
            text = text.Remove(start, end - start);
        }

        return text;
    }
}
