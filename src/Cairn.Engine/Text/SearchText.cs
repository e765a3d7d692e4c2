using System.Text;

namespace Cairn.Engine.Text;

/// <summary>Prepares text for the search index, whose own tokeniser splits at everything that is not a letter or a digit.</summary>
internal static class SearchText
{
    /// <summary>
    /// The text as it is indexed: ideographs in pairs, then the whole and the parts of every identifier once. Lower case,
    /// accents and endings are left to the index.
    /// </summary>
    public static string ForIndex(string text)
    {
        var prepared = new StringBuilder(text.Length + 16);
        var extras = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var copied = 0;
        foreach (var token in TextTokens.Of(text))
        {
            if (token.Kind == TextTokenKind.Ideographs)
            {
                Append(prepared, text.AsSpan(Math.Min(copied, token.Start)..token.Start));
                prepared.Append(' ').Append(token.Text).Append(' ');
                copied = token.End;
            }
            else if (token.Kind is TextTokenKind.Part or TextTokenKind.Whole && seen.Add(token.Text))
            {
                extras.Add(token.Text);
            }
        }

        Append(prepared, text.AsSpan(copied));
        foreach (var extra in extras)
        {
            prepared.Append(' ').Append(extra);
        }

        return prepared.ToString();
    }

    /// <summary>The texts as they are indexed in one field.</summary>
    public static string ForIndex(IEnumerable<string> texts) => ForIndex(string.Join('\n', texts));

    // A NUL would end the text for the index.
    private static void Append(StringBuilder target, ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            target.Append(letter == '\0' ? ' ' : letter);
        }
    }
}
