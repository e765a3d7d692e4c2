namespace Cairn.Core.Jsonc;

/// <summary>What stands between values: white space and comments.</summary>
/// <param name="End">Where it ends: the first character of something else, or the end of the text.</param>
/// <param name="CommentEnd">Where its last comment ends, blanks at the end of a line left out; where it starts when there is none.</param>
/// <param name="LineComment">True when its last comment is one of <c>//</c>.</param>
/// <param name="Unclosed">Where a comment starts that is never closed; -1 when there is none.</param>
internal readonly record struct JsoncTrivia(int End, int CommentEnd, bool LineComment, int Unclosed)
{
    /// <summary>Reads from <paramref name="start"/> on.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="start">The first character to look at.</param>
    /// <param name="sameLine">True to stop at the end of the line; a comment that goes on to the next line is still read whole.</param>
    public static JsoncTrivia Read(string text, int start, bool sameLine = false)
    {
        var at = start;
        var (commentEnd, lineComment) = (start, false);
        while (at < text.Length)
        {
            if (IsSpace(text[at]) && !(sameLine && IsLineEnd(text[at])))
            {
                at++;
            }
            else if (string.CompareOrdinal(text, at, "//", 0, 2) == 0)
            {
                at = text.AsSpan(at).IndexOfAny('\r', '\n') is var end and >= 0 ? at + end : text.Length;
                (commentEnd, lineComment) = (start + text.AsSpan(start, at - start).TrimEnd(" \t").Length, true);
            }
            else if (string.CompareOrdinal(text, at, "/*", 0, 2) == 0)
            {
                var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    return new(at, commentEnd, lineComment, Unclosed: at);
                }

                at = end + 2;
                (commentEnd, lineComment) = (at, false);
            }
            else
            {
                break;
            }
        }

        return new(at, commentEnd, lineComment, Unclosed: -1);
    }

    /// <summary>True for the white space of JSON.</summary>
    public static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    /// <summary>True for the ends of lines.</summary>
    public static bool IsLineEnd(char c) => c is '\r' or '\n';
}
