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
        var plain = Link.Replace(text, "$1").Replace("**", "", StringComparison.Ordinal);
        plain = Emphasis.Replace(plain, "$1$2$3");
        plain = Ornament.Replace(plain, "");
        return Whitespace.Replace(plain, " ").Trim();
    }

    /// <summary>Things that are named rather than told: paths, symbols, flags, backticked words.</summary>
    public static List<string> Identifiers(string text) =>
        [.. Identifier.Matches(text).Select(match => match.Value.Trim(' ', '`', '('))];

    /// <summary>True when the text names anything.</summary>
    public static bool HasIdentifier(string text) => Identifier.IsMatch(text);

    /// <summary>True when the text says more than a verb about what it names.</summary>
    public static bool HasContentBesidesNames(string text) => Words(Identifier.Replace(text, " ")).Count >= 2;

    /// <summary>
    /// Content words in order, with repeats: lower case, without function words, long ones cut to their first letters so
    /// that inflected forms meet; scripts without spaces give pairs of characters.
    /// </summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var range in Word.EnumerateMatches(text))
        {
            var word = text.AsSpan(range.Index, range.Length);
            if (IsIdeographic(word[0]))
            {
                AddPairs(word, words);
            }
            else if (word.Length >= 2)
            {
                var lower = word.ToString().ToLowerInvariant();
                if (!ObserverRules.FunctionWords.Contains(lower))
                {
                    words.Add(lower.Length > ObserverRules.StemLength ? lower[..ObserverRules.StemLength] : lower);
                }
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
        foreach (var range in Word.EnumerateMatches(text))
        {
            var word = text.Substring(range.Index, range.Length);
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

    private static void AddPairs(ReadOnlySpan<char> run, List<string> words)
    {
        for (var i = 0; i + 1 < run.Length; i++)
        {
            words.Add(run.Slice(i, 2).ToString());
        }
    }

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"(^|[\s(])[*_](\S|\S[^*_]*\S)[*_]($|[\s).,;:!?])", RegexOptions.NonBacktracking)]
    private static partial Regex Emphasis { get; }

    [GeneratedRegex(@"^[^\w`""'(/.\-~¿¡]+", RegexOptions.NonBacktracking)]
    private static partial Regex Ornament { get; }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Whitespace { get; }

    [GeneratedRegex(@"[\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]+|[\p{L}\p{Nd}_-[\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word { get; }

    [GeneratedRegex(
        @"`[^`]{2,60}`|\b[\w-]*[._][\w.-]*/[\w./-]+\b|\b[\w-]+/[\w-]*[._/][\w./-]*\b|\b[a-z]+[A-Z]\w+\b|\b[A-Z][a-z0-9]+[A-Z]\w+\b|\b\w+_\w+\b|\b\w+\(\)|(?:^|[\s(])--[a-z][\w-]+"
        + @"|\b[\w-]+\.(?:go|py|ts|tsx|js|jsx|cs|rs|java|rb|md|json|ya?ml|toml|sh|sql|html|css|c|h|cpp|kt|swift|php|vue)\b",
        RegexOptions.NonBacktracking)]
    private static partial Regex Identifier { get; }
}
