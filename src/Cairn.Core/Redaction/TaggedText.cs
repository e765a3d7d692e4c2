using System.Text;

namespace Cairn.Core.Redaction;

/// <summary>Replaces what stands between the tags of certain names, the tags included. Linear in the length of the text.</summary>
internal sealed class TaggedText
{
    // An opening tag longer than this is not one that a person wrote to mark text.
    private const int LongestTag = 1024;

    private readonly string[] _names;

    /// <summary>Prepares for the tags called <paramref name="names"/>, in any case.</summary>
    public TaggedText(params string[] names) => _names = names;

    /// <summary>
    /// Puts <paramref name="replacement"/> in the place of every marked stretch. Tags of one name nest; one that is never
    /// closed reaches to the end. Null when there is nothing to replace.
    /// </summary>
    public string? Replace(ReadOnlySpan<char> text, string replacement)
    {
        StringBuilder? output = null;
        var (copied, at) = (0, 0);
        while (text[at..].IndexOf('<') is var found and >= 0)
        {
            var start = at + found;
            var (name, inside) = ReadTag(text, start + 1);
            if (name is null)
            {
                at = start + 1;
                continue;
            }

            output = (output ?? new StringBuilder(text.Length)).Append(text[copied..start]).Append(replacement);
            copied = at = FindEnd(text, name, inside);
        }

        return output?.Append(text[copied..]).ToString();
    }

    private int FindEnd(ReadOnlySpan<char> text, string name, int at)
    {
        for (var depth = 1; text[at..].IndexOf('<') is var found and >= 0;)
        {
            at += found + 1;
            var closing = at < text.Length && text[at] == '/';
            var (other, after) = ReadTag(text, closing ? at + 1 : at);
            if (other != name)
            {
                continue;
            }

            at = after;
            depth += closing ? -1 : 1;
            if (depth == 0)
            {
                return at;
            }
        }

        return text.Length;
    }

    /// <summary>Reads the rest of a tag whose name starts at <paramref name="at"/>; no name when it is another tag, or is empty (<c>&lt;x/&gt;</c>).</summary>
    private (string? Name, int After) ReadTag(ReadOnlySpan<char> text, int at)
    {
        foreach (var name in _names)
        {
            if (!text[at..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var rest = text.Slice(at + name.Length, Math.Min(LongestTag, text.Length - at - name.Length));
            // No bracket: an unfinished tag must not be finished by the mark that a first redaction put behind it.
            var end = rest.IndexOfAny('<', '>', '[');
            if (end >= 0 && rest[end] == '>' && (end == 0 || (char.IsWhiteSpace(rest[0]) && rest[end - 1] != '/')))
            {
                return (name, at + name.Length + end + 1);
            }
        }

        return (null, at);
    }
}
