using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Reads running text of any language: sentences, identifiers, content words.</summary>
internal static partial class Prose
{
    /// <summary>Splits a paragraph at sentence ends; a full stop inside backticks, brackets or an abbreviation ends nothing.</summary>
    public static List<string> Sentences(string paragraph)
    {
        var sentences = new List<string>();
        var start = 0;
        var inCode = false;
        var depth = 0;
        for (var i = 0; i < paragraph.Length; i++)
        {
            var c = paragraph[i];
            inCode ^= c == '`';
            depth = c switch { '(' or '（' => depth + 1, ')' or '）' => Math.Max(0, depth - 1), _ => depth };
            if (inCode || depth > 0 || !EndsSentence(paragraph, i) || EndsAbbreviation(paragraph, start, i))
            {
                continue;
            }

            Add(paragraph[start..(i + 1)]);
            start = i + 1;
        }

        Add(paragraph[start..]);
        return sentences;

        void Add(string sentence)
        {
            if (sentence.Trim() is { Length: > 1 } trimmed)
            {
                sentences.Add(trimmed);
            }
        }
    }

    /// <summary>Removes emphasis, links and leading ornaments; backticks stay, since they mark identifiers.</summary>
    public static string Plain(string text)
    {
        var plain = text.Contains("](", StringComparison.Ordinal) ? Link.Replace(text, "$1") : text;
        if (plain.AsSpan().ContainsAny('*', '_'))
        {
            plain = Emphasis.Replace(plain.Replace("**", "", StringComparison.Ordinal), "$1$2$3");
        }

        return Whitespace.Replace(Ornament.Replace(plain, ""), " ").Trim();
    }

    /// <summary>Things that are named rather than told: paths, symbols, flags, backticked words.</summary>
    public static List<string> Identifiers(string text) => [.. IdentifierSpans(text).Select(span => text[span].Trim('`'))];

    /// <summary>True when the text names anything.</summary>
    public static bool HasIdentifier(string text) => IdentifierSpans(text).Any();

    /// <summary>True when the text says more than a verb about what it names.</summary>
    public static bool HasContentBesidesNames(string text)
    {
        var rest = text.ToCharArray();
        foreach (var span in IdentifierSpans(text))
        {
            rest.AsSpan(span).Fill(' ');
        }

        return Words(new string(rest)).Count >= 2;
    }

    /// <summary>
    /// Content words in order, with repeats: lower case, without function words, long ones cut to their first letters so
    /// that inflected forms meet; scripts without spaces give pairs of characters.
    /// </summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var span in WordSpans(text))
        {
            var word = text[span];
            if (IsIdeographic(word[0]))
            {
                words.AddRange(Enumerable.Range(0, word.Length - 1).Select(i => word.Substring(i, 2)));
            }
            else if (word.Length >= 2 && !ObserverRules.FunctionWords.Contains(word))
            {
                var stem = word.Length > ObserverRules.StemLength ? word[..ObserverRules.StemLength] : word;
                words.Add(stem.ToLowerInvariant());
            }
        }

        return words;
    }

    /// <summary>The different content words of a text.</summary>
    public static FrozenSet<string> WordSet(string text) => Words(text).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Share of the smaller text's content words that the other one has too, 0 to 1.</summary>
    public static double Overlap(IReadOnlySet<string> left, IReadOnlySet<string> right)
    {
        var smaller = Math.Min(left.Count, right.Count);
        return smaller == 0 ? 0 : (double)left.Count(right.Contains) / smaller;
    }

    /// <summary>True when rules about English wording may take points away: nothing in the text speaks of another language.</summary>
    public static bool IsEnglish(string text)
    {
        var letters = text.Count(char.IsLetter);
        var foreign = text.Count(c => c > 0x7F && char.IsLetter(c));
        if (foreign * 5 > letters)
        {
            return false;
        }

        var words = 0;
        var english = 0;
        var other = foreign;
        foreach (var span in WordSpans(text))
        {
            var word = text[span];
            words++;
            english += ObserverRules.FunctionWords.Contains(word) ? 1 : 0;
            other += ObserverRules.ForeignFunctionWords.Contains(word) ? 1 : 0;
        }

        return other == 0 || english * 12 >= words;
    }

    private static bool EndsSentence(string text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        return text[at] is '。' or '！' or '？' || (text[at] is '.' or '!' or '?' or '…' && char.IsWhiteSpace(next));
    }

    private static bool EndsAbbreviation(string text, int start, int at)
    {
        if (text[at] != '.')
        {
            return false;
        }

        var from = text.LastIndexOfAny([' ', '('], at - 1 < start ? start : at - 1);
        var word = text[Math.Max(from + 1, start)..at];
        return (word.Length == 1 && char.IsUpper(word[0])) || ObserverRules.Abbreviations.Contains(word.ToLowerInvariant());
    }

    private static bool IsIdeographic(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF';

    private static IEnumerable<Range> WordSpans(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (!IsWordPart(text[start]))
            {
                continue;
            }

            var ideographic = IsIdeographic(text[start]);
            var end = start + 1;
            while (end < text.Length && (ideographic ? IsIdeographic(text[end]) : IsWordPart(text[end]) && !IsIdeographic(text[end])))
            {
                end++;
            }

            yield return start..end;
            start = end - 1;
        }
    }

    private static IEnumerable<Range> IdentifierSpans(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var close = text[start] == '`' ? text.IndexOf('`', start + 1) : -1;
            if (close > start + 2 && close - start <= 61)
            {
                yield return start..(close + 1);
                start = close;
            }
            else if (IsNamePart(text[start]))
            {
                var end = start + 1;
                while (end < text.Length && IsNamePart(text[end]))
                {
                    end++;
                }

                end += end + 1 < text.Length && text[end] == '(' && text[end + 1] == ')' ? 2 : 0;
                var trimmed = text.AsSpan(start, end - start).TrimEnd("./-").Length;
                if (IsName(text.AsSpan(start, trimmed)))
                {
                    yield return start..(start + trimmed);
                }

                start = end - 1;
            }
        }
    }

    // A path, a file, a flag, a call, snake_case, camelCase; "and/or" is none, nor is a sentence's capital.
    private static bool IsName(ReadOnlySpan<char> token)
    {
        var slashes = token.Count('/');
        var dot = token.LastIndexOf('.');
        return (slashes > 0 && (slashes > 1 || token.ContainsAny("._")))
            || (slashes == 0 && dot > 0 && ObserverRules.FileEndings.Contains(token[(dot + 1)..].ToString()))
            || (token.StartsWith("--") && token.Length > 3 && char.IsAsciiLetter(token[2]))
            || (token.EndsWith("()") && token.Length > 3)
            || (token.Length > 2 && token[1..^1].Contains('_'))
            || IsCamelCase(token);
    }

    private static bool IsCamelCase(ReadOnlySpan<char> token)
    {
        for (var i = 1; i < token.Length; i++)
        {
            if (char.IsAsciiLetterUpper(token[i]) && (char.IsAsciiLetterLower(token[i - 1]) || char.IsAsciiDigit(token[i - 1])) && !token[..i].Contains('-'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '/';

    [GeneratedRegex(@"!?\[([^\[\]]*)\]\([^()]*\)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"(^|[\s(])[*_](\S|\S[^*_]*\S)[*_]($|[\s).,;:!?])", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Emphasis { get; }

    [GeneratedRegex(@"^[^\w`""'(/.\-~¿¡]+", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Ornament { get; }

    [GeneratedRegex(@"\s+", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Whitespace { get; }
}
