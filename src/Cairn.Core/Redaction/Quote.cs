namespace Cairn.Core.Redaction;

/// <summary>An opening quotation mark in a text.</summary>
/// <param name="Start">Where it stands.</param>
/// <param name="Length">1, or 2 where the mark is escaped by a backslash (JSON within JSON); 0 when there is none.</param>
/// <param name="Interpolated">True when braces inside hold code.</param>
internal readonly record struct Quote(int Start, int Length, bool Interpolated)
{
    /// <summary>Where the contents end: at the closing mark, at the end of the line, of the text, or after <paramref name="limit"/> characters.</summary>
    public int FindClosing(ReadOnlySpan<char> text, int limit)
    {
        var mark = text[Start + Length - 1];
        var at = Start + Length;
        var end = Math.Min(text.Length, at + limit);
        while (at < end && text[at] is not ('\r' or '\n'))
        {
            if (text[at] == '\\')
            {
                if (Length == 2 && at + 1 < text.Length && text[at + 1] == mark)
                {
                    return at;
                }

                at++;
            }
            else if (text[at] == mark)
            {
                return at;
            }

            at++;
        }

        return Math.Min(at, end);
    }
}
