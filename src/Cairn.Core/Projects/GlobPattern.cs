namespace Cairn.Core.Projects;

/// <summary>
/// One pattern for directories: <c>*</c> stands for any characters but a slash, <c>?</c> for one, <c>**</c> for any number of
/// folders; a leading <c>~</c> is the home directory.
/// </summary>
public sealed class GlobPattern
{
    private readonly string _pattern;
    private readonly bool _ignoreCase;

    private GlobPattern(string pattern, bool ignoreCase) => (_pattern, _ignoreCase) = (pattern, ignoreCase);

    /// <summary>Reads a list of patterns separated by commas; empty parts are passed over.</summary>
    /// <param name="text">As written in a setting, e.g. <c>~/clients/**, scratch-*</c>.</param>
    /// <param name="home">What a leading <c>~</c> stands for.</param>
    /// <param name="ignoreCase">True where file names differ by more than case.</param>
    public static IReadOnlyList<GlobPattern> ParseList(string text, string home, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
        [
            .. from part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
               let expanded = part == "~" || part.StartsWith("~/", StringComparison.Ordinal) ? home + part[1..] : part
               select new GlobPattern(PathText.Normalize(expanded), ignoreCase),
        ];
    }

    /// <summary>
    /// True when the pattern fits the path or its last part. A pattern with a slash also takes in everything below a folder
    /// that it fits.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    public bool Matches(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ReadOnlySpan<char> text = PathText.Normalize(path);
        if (!_pattern.Contains('/'))
        {
            var name = text[(text.LastIndexOf('/') + 1)..];
            return !name.IsEmpty && Fits(name);
        }

        for (; !text.IsEmpty; text = text[..Math.Max(0, text.LastIndexOf('/'))])
        {
            if (Fits(text) || (_pattern.EndsWith("/**", StringComparison.Ordinal) && Fits($"{text}/")))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => _pattern;

    // Goes back to the last star, or, where that may not cross a slash, to the last double one: never more than the product
    // of both lengths squared, and in practice little more than their sum.
    private bool Fits(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> pattern = _pattern;
        var (p, t) = (0, 0);
        var (star, starText, folders, foldersText) = (-1, 0, -1, 0);
        while (t < text.Length || p < pattern.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                if (p + 1 < pattern.Length && pattern[p + 1] == '*')
                {
                    p += 2;
                    p += p < pattern.Length && pattern[p] == '/' && (p == 2 || pattern[p - 3] == '/') ? 1 : 0;
                    (folders, foldersText, star) = (p, t, -1);
                }
                else
                {
                    (star, starText) = (++p, t);
                }
            }
            else if (p < pattern.Length && t < text.Length && SameCharacter(pattern[p], text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0 && starText < text.Length && text[starText] != '/')
            {
                (p, t) = (star, ++starText);
            }
            else if (folders >= 0 && NextFolder(pattern, text, folders, ref foldersText))
            {
                (p, t, star) = (folders, foldersText, -1);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    // "**/" stands for whole folders, so what follows it starts behind a slash; a bare "**" may stop anywhere.
    private static bool NextFolder(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, int folders, ref int at)
    {
        if (at >= text.Length)
        {
            return false;
        }

        if (pattern[folders - 1] != '/')
        {
            at++;
            return true;
        }

        var slash = text[at..].IndexOf('/');
        at = slash < 0 ? text.Length : at + slash + 1;
        return slash >= 0;
    }

    private bool SameCharacter(char pattern, char text) =>
        pattern == '?' ? text != '/'
        : pattern == text || (_ignoreCase && char.ToUpperInvariant(pattern) == char.ToUpperInvariant(text));
}
