using System.Buffers;
using System.Text;

namespace Cairn.Engine.Text;

/// <summary>Takes a text apart into what it can be found by: words, identifiers whole and split, pairs of ideographs.</summary>
internal static class TextTokens
{
    /// <summary>What may stand between the words of one name or path.</summary>
    public static readonly SearchValues<char> Connectors = SearchValues.Create("_-./\\:");

    // A longer run without a space is data, not a name.
    private const int LongestWhole = 80;

    /// <summary>Every token of <paramref name="text"/> in order; a word comes before its parts, words before the identifier that they form.</summary>
    public static List<TextToken> Of(string text)
    {
        var tokens = new List<TextToken>();
        var index = 0;
        while (index < text.Length)
        {
            var rune = RuneAt(text, index);
            if (IsIdeograph(rune))
            {
                var end = EndOf(text, index, IsIdeograph);
                AddIdeographs(text, index, end, tokens);
                index = end;
            }
            else if (IsWord(rune))
            {
                var end = EndOfCompound(text, index);
                AddCompound(text, index, end, tokens);
                index = end;
            }
            else
            {
                index += rune.Utf16SequenceLength;
            }
        }

        return tokens;
    }

    /// <summary>True for scripts that write words without spaces between them.</summary>
    public static bool IsIdeograph(Rune rune) => rune.Value is
        (>= 0x3041 and <= 0x30FF) or (>= 0x3105 and <= 0x312F) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F)
        or (>= 0x20000 and <= 0x3FFFF);

    private static bool IsWord(Rune rune) =>
        !IsIdeograph(rune) && (Rune.IsLetterOrDigit(rune) || IsMark(rune));

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static Rune RuneAt(string text, int index) =>
        Rune.TryGetRuneAt(text, index, out var rune) ? rune : Rune.ReplacementChar;

    private static int EndOf(string text, int index, Func<Rune, bool> belongs)
    {
        while (index < text.Length && RuneAt(text, index) is var rune && belongs(rune))
        {
            index += rune.Utf16SequenceLength;
        }

        return index;
    }

    // Words and the connectors between them; a connector at the end is punctuation.
    private static int EndOfCompound(string text, int index)
    {
        var end = EndOf(text, index, IsWord);
        while (end + 1 < text.Length)
        {
            var next = end;
            while (next < text.Length && next - end < 2 && Connectors.Contains(text[next]))
            {
                next++;
            }

            if (next == end || next == text.Length || !IsWord(RuneAt(text, next)))
            {
                break;
            }

            end = EndOf(text, next, IsWord);
        }

        return end;
    }

    private static void AddIdeographs(string text, int start, int end, List<TextToken> tokens)
    {
        var first = start;
        while (first < end)
        {
            var second = first + RuneAt(text, first).Utf16SequenceLength;
            if (second < end)
            {
                var last = second + RuneAt(text, second).Utf16SequenceLength;
                tokens.Add(new TextToken(first, last - first, text[first..last], TextTokenKind.Ideographs));
            }
            else if (first == start)
            {
                tokens.Add(new TextToken(first, second - first, text[first..second], TextTokenKind.Ideographs));
            }

            first = second;
        }
    }

    private static void AddCompound(string text, int start, int end, List<TextToken> tokens)
    {
        var segment = start;
        for (var index = start; index <= end; index++)
        {
            if (index == end || text[index] is '/' or '\\' or ':')
            {
                if (index > segment)
                {
                    AddSegment(text, segment, index, tokens);
                }

                segment = index + 1;
            }
        }
    }

    private static void AddSegment(string text, int start, int end, List<TextToken> tokens)
    {
        var words = 0;
        var word = start;
        for (var index = start; index <= end; index++)
        {
            if (index == end || text[index] is '_' or '-' or '.')
            {
                if (index > word)
                {
                    words++;
                    AddWord(text, word, index, tokens);
                }

                word = index + 1;
            }
        }

        if (words > 1 && end - start <= LongestWhole)
        {
            var whole = string.Concat(text[start..end].Where(letter => letter is not ('_' or '-' or '.')));
            tokens.Add(new TextToken(start, end - start, whole, TextTokenKind.Whole));
        }
    }

    private static void AddWord(string text, int start, int end, List<TextToken> tokens)
    {
        tokens.Add(new TextToken(start, end - start, text[start..end], TextTokenKind.Word));
        var part = start;
        for (var index = start + 1; index <= end; index++)
        {
            if (index == end ? part > start : IsHump(text, index, end))
            {
                // One letter, or one digit, says nothing.
                if (index - part > 1)
                {
                    tokens.Add(new TextToken(part, index - part, text[part..index], TextTokenKind.Part));
                }

                part = index;
            }
        }
    }

    // A part begins at: aB, the B of ABc, a1, 1a.
    private static bool IsHump(string text, int index, int end)
    {
        var (before, here) = (text[index - 1], text[index]);
        return (char.IsUpper(here) && (char.IsLower(before) || (char.IsUpper(before) && index + 1 < end && char.IsLower(text[index + 1]))))
            || (char.IsLetter(before) && char.IsAsciiDigit(here))
            || (char.IsAsciiDigit(before) && char.IsLetter(here));
    }
}
