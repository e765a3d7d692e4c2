using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cairn.Cli.Install;

/// <summary>
/// Puts values into a JSON text and takes them out, leaving every other byte as it is: comments, line ends, indentation,
/// trailing commas. What is put in takes on the look of its surroundings; taking it out again gives back the text from before.
/// </summary>
internal sealed class JsoncEditor(byte[] utf8)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private byte[] _text = utf8;

    /// <summary>The text as it is now.</summary>
    public byte[] Text => _text;

    /// <summary>The text's values as they are now.</summary>
    public JsoncNode Root => JsoncTree.Parse(_text);

    private string LineEnd => _text.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";

    /// <summary>Adds a member to the object, or an item to the array, after those that are there.</summary>
    /// <param name="container">The object or array, of <see cref="Root"/>.</param>
    /// <param name="name">The member's name; null for an item.</param>
    /// <param name="json">Its value.</param>
    public void Add(JsoncNode container, string? name, string json)
    {
        if (container.Children.Count == 0)
        {
            AddFirst(container, name, json);
            return;
        }

        var last = container.Children[^1];
        var comma = JsoncTree.SkipTrivia(_text, last.Value.End);
        var hasComma = _text[comma] == ',';
        var ownLine = BeginsLine(last.Start);
        var point = hasComma ? comma + 1 : last.Value.End;
        if (ownLine)
        {
            point = EndOfLineComment(point);
        }

        var indent = IndentOf(last.Start);
        var text = (ownLine ? LineEnd + indent : " ") + Format(name, json, indent, ownLine) + (hasComma ? "," : "");
        Insert(point, text);
        if (!hasComma)
        {
            Insert(last.Value.End, ",");
        }
    }

    /// <summary>Takes a member or an item out, with the comma and the white space that came with it.</summary>
    public void Remove(JsoncNode container, JsoncChild child)
    {
        var index = container.Children.ToList().IndexOf(child);
        var next = JsoncTree.SkipTrivia(_text, child.Value.End);
        if (_text[next] == ',')
        {
            RemoveWithComma(child, next + 1);
            return;
        }

        Delete(BeginsLine(child.Start) ? BeforeLine(child.Start) : BeforeSpaces(child.Start), child.Value.End);
        if (index > 0)
        {
            var comma = JsoncTree.SkipTrivia(_text, container.Children[index - 1].Value.End);
            Delete(comma, comma + 1);
        }
        else if (IsBlank(container.Start + 1, ClosingOf(container.Start)))
        {
            Delete(container.Start + 1, ClosingOf(container.Start));
        }
    }

    private void AddFirst(JsoncNode container, string? name, string json)
    {
        var (start, end) = (container.Start + 1, container.End - 1);
        var outer = IndentOf(LineStart(container.Start));
        var indent = outer + IndentUnit();
        var entry = LineEnd + indent + Format(name, json, indent, ownLine: true);
        if (IsBlank(start, end))
        {
            Delete(start, end);
            Insert(start, entry + LineEnd + outer);
            return;
        }

        // Nothing but comments in it: after the last of them.
        var point = start;
        for (var at = start; at < end;)
        {
            at = JsoncTree.CommentEnd(_text, at) is { } comment ? point = comment : at + 1;
        }

        Insert(point, entry);
    }

    private void RemoveWithComma(JsoncChild child, int end)
    {
        var blank = end;
        while (blank < _text.Length && _text[blank] is (byte)' ' or (byte)'\t')
        {
            blank++;
        }

        if (!BeginsLine(child.Start) || blank >= _text.Length || _text[blank] is not ((byte)'\r' or (byte)'\n'))
        {
            Delete(child.Start, blank);
            return;
        }

        // Its own line, or lines, go whole.
        Delete(BeforeLine(child.Start), end);
    }

    private string Format(string? name, string json, string indent, bool ownLine)
    {
        using var document = JsonDocument.Parse(json);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ownLine ? Readable : Compact))
        {
            document.WriteTo(writer);
        }

        var value = Encoding.UTF8.GetString(buffer.ToArray()).ReplaceLineEndings("\n");
        if (ownLine)
        {
            var unit = IndentUnit();
            value = string.Join(LineEnd, value.Split('\n').Select((line, number) =>
                number == 0 ? line : indent + string.Concat(Enumerable.Repeat(unit, (line.Length - line.TrimStart(' ').Length) / 2)) + line.TrimStart(' ')));
        }

        return name is null ? value : $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\": {value}";
    }

    // What the first value on a line of its own is indented by; two spaces where there is none.
    private string IndentUnit()
    {
        var first = Root.Children.Count > 0 ? Root.Children[0].Start : -1;
        return first >= 0 && BeginsLine(first) && IndentOf(first) is { Length: > 0 } unit ? unit : "  ";
    }

    private string IndentOf(int position)
    {
        var start = LineStart(position);
        var end = start;
        while (end < _text.Length && _text[end] is (byte)' ' or (byte)'\t')
        {
            end++;
        }

        return Encoding.UTF8.GetString(_text, start, end - start);
    }

    private int LineStart(int position) => _text.AsSpan(0, position).LastIndexOf((byte)'\n') + 1;

    private bool BeginsLine(int position) => LineStart(position) is > 0 and var start && IsBlank(start, position);

    // The line's start with the line end before it.
    private int BeforeLine(int position)
    {
        var start = LineStart(position) - 1;
        return start > 0 && _text[start - 1] == '\r' ? start - 1 : start;
    }

    private int BeforeSpaces(int position)
    {
        while (position > 0 && _text[position - 1] is (byte)' ' or (byte)'\t')
        {
            position--;
        }

        return position;
    }

    // After the comment that ends the line, or where it is.
    private int EndOfLineComment(int position)
    {
        var at = position;
        while (at < _text.Length && _text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at < _text.Length && JsoncTree.CommentEnd(_text, at) is { } end && !_text.AsSpan(at, end - at).Contains((byte)'\n') ? end : position;
    }

    private int ClosingOf(int containerStart) => Find(Root, containerStart)!.End - 1;

    private static JsoncNode? Find(JsoncNode node, int start) =>
        node.Start == start ? node : node.Children.Select(child => Find(child.Value, start)).FirstOrDefault(found => found is not null);

    private bool IsBlank(int start, int end) => _text.AsSpan(start, end - start).IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private void Insert(int position, string text) => _text = [.. _text.AsSpan(0, position), .. Encoding.UTF8.GetBytes(text), .. _text.AsSpan(position)];

    private void Delete(int start, int end) => _text = [.. _text.AsSpan(0, start), .. _text.AsSpan(end)];
}
