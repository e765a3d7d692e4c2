using System.Text;
using System.Text.Json;

namespace Cairn.Core.Jsonc;

/// <summary>How a text is written, so that what is put into it looks like the rest.</summary>
/// <param name="NewLine">Ends its lines.</param>
/// <param name="Indent">Put before the members of an object, once for each level.</param>
/// <param name="Gap">Stands behind a colon, and behind a comma within a line.</param>
internal sealed record JsoncStyle(string NewLine, string Indent, string Gap)
{
    /// <summary>Looks at a text and its value. Two spaces, line feeds and spaces behind colons where it does not tell.</summary>
    public static JsoncStyle Of(string text, JsoncValue root)
    {
        var lineEnd = text.AsSpan().IndexOfAny('\r', '\n');
        var newLine = lineEnd >= 0 && text.AsSpan(lineEnd).StartsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var first = root.Items.Count > 0 ? root.Items[0] : null;
        var indent = first is not null && LineStart(text, first.Start) is { Length: > 0 } own ? own : "  ";
        var tight = first is { Name: not null } && text[first.Value.Start - 1] == ':';
        return new(newLine, indent, tight ? "" : " ");
    }

    /// <summary>The white space before <paramref name="at"/> when nothing else stands before it in its line; null otherwise.</summary>
    public static string? LineStart(string text, int at)
    {
        var start = at;
        while (start > 0 && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return start > 0 && JsoncTrivia.IsLineEnd(text[start - 1]) ? text[start..at] : null;
    }

    /// <summary>The white space at the start of the line in which <paramref name="at"/> stands.</summary>
    public static string IndentOfLine(string text, int at)
    {
        var start = text.AsSpan(0, at).LastIndexOfAny('\r', '\n') + 1;
        var end = start;
        while (end < at && text[end] is ' ' or '\t')
        {
            end++;
        }

        return text[start..end];
    }

    /// <summary>Writes a value anew.</summary>
    /// <param name="value">The value; comments in it are not taken along.</param>
    /// <param name="indent">Put before the lines that follow the first; null to write all in one line.</param>
    public string Write(JsoncValue value, string? indent)
    {
        var text = new StringBuilder();
        Write(text, value, indent);
        return text.ToString();
    }

    /// <summary>Writes a name with its colon.</summary>
    public string WriteName(string name)
    {
        var text = new StringBuilder("\"");
        foreach (var c in name)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        return text.Append("\":").Append(Gap).ToString();
    }

    private void Write(StringBuilder text, JsoncValue value, string? indent)
    {
        if (value.Items.Count == 0)
        {
            text.Append(value.Kind switch { JsonValueKind.Object => "{}", JsonValueKind.Array => "[]", _ => value.Raw });
            return;
        }

        var (open, close) = value.Kind == JsonValueKind.Object ? ('{', '}') : ('[', ']');
        var inner = indent is null ? null : indent + Indent;
        text.Append(open);
        for (var i = 0; i < value.Items.Count; i++)
        {
            var item = value.Items[i];
            text.Append(i > 0 ? "," : "").Append(inner is not null ? NewLine + inner : i > 0 ? Gap : "");
            if (item.Name is not null)
            {
                text.Append(WriteName(item.Name));
            }

            Write(text, item.Value, inner);
        }

        text.Append(indent is null ? "" : NewLine + indent).Append(close);
    }
}
