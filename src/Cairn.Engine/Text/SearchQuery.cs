using System.Text.RegularExpressions;

namespace Cairn.Engine.Text;

/// <summary>What a person or an agent asks for, taken apart. Any text is a query; none is an error.</summary>
public sealed partial class SearchQuery
{
    /// <summary>Most characters of a query that are looked at.</summary>
    public const int LongestText = 8 * 1024;

    /// <summary>Most terms of a query; those that ask take fewer.</summary>
    public const int MostTerms = 240;

    private const int LongestWord = 64;

    private SearchQuery(IReadOnlyList<SearchTerm> terms) => Terms = terms;

    /// <summary>What is asked for, each once, in the order of the text; empty when the text holds no word.</summary>
    public IReadOnlyList<SearchTerm> Terms { get; }

    /// <summary>Takes a text apart: phrases in double quotes or backticks, identifiers, words. Words that say nothing are dropped unless there are no others.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="prefix">True where the last word may still be half typed.</param>
    public static SearchQuery Parse(string text, bool prefix = false)
    {
        text = text.Length > LongestText ? text[..LongestText] : text;
        var terms = Collect(text, keepStops: false);
        if (terms.Count == 0)
        {
            terms = Collect(text, keepStops: true);
        }

        if (prefix && terms.Count > 0 && terms[^1] is { Kind: SearchTermKind.Word } last && !char.IsWhiteSpace(text[^1]))
        {
            terms[^1] = last with { Prefix = true };
        }

        return new SearchQuery(terms);
    }

    private static List<SearchTerm> Collect(string text, bool keepStops)
    {
        var terms = new List<SearchTerm>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rest = text.ToCharArray();
        foreach (var quoted in Quoted().EnumerateMatches(text))
        {
            if (PhraseOf(text.Substring(quoted.Index + 1, quoted.Length - 2)) is { } phrase)
            {
                Add(phrase);
                rest.AsSpan(quoted.Index, quoted.Length).Fill(' ');
            }
        }

        foreach (var term in Plain(new string(rest), keepStops))
        {
            Add(term);
        }

        return terms;

        void Add(SearchTerm term)
        {
            if (terms.Count < MostTerms && seen.Add($"{term.Kind}:{string.Join(' ', term.Keys)}"))
            {
                terms.Add(term);
            }
        }
    }

    // One word in quotes is only that word, or that name.
    private static SearchTerm? PhraseOf(string quoted)
    {
        var words = TextTokens.Of(quoted).Where(token => token.Kind is TextTokenKind.Word or TextTokenKind.Ideographs).ToList();
        return words.Count is > 1 and <= 12 && quoted.Contains(' ', StringComparison.Ordinal)
            ? new SearchTerm(quoted, SearchTermKind.Phrase, [.. words.Select(word => word.Key)], [.. words.Select(word => word.Text)])
            : null;
    }

    private static IEnumerable<SearchTerm> Plain(string text, bool keepStops)
    {
        var tokens = TextTokens.Of(text);
        for (var index = 0; index < tokens.Count;)
        {
            var end = index + 1;
            if (tokens[index].Kind == TextTokenKind.Ideographs)
            {
                while (end < tokens.Count && tokens[end].Kind == TextTokenKind.Ideographs && tokens[end].Start < tokens[end - 1].End)
                {
                    end++;
                }

                // Of a run that is longer than a word or two every pair is asked for on its own.
                foreach (var run in end - index <= 2 ? [tokens[index..end]] : tokens[index..end].Select(pair => new List<TextToken> { pair }))
                {
                    yield return IdeographsOf(text, run);
                }
            }
            else
            {
                while (end < tokens.Count && tokens[end].Kind != TextTokenKind.Ideographs && Joined(text, tokens[end - 1], tokens[end]))
                {
                    end++;
                }

                foreach (var term in CompoundOf(text, tokens[index..end], keepStops))
                {
                    yield return term;
                }
            }

            index = end;
        }
    }

    // Tokens of one run: they overlap, or only connectors stand between them.
    private static bool Joined(string text, TextToken before, TextToken after) =>
        after.Start <= before.End || text.AsSpan(before.End, after.Start - before.End).IndexOfAnyExcept(TextTokens.Connectors) < 0;

    private static SearchTerm IdeographsOf(string text, List<TextToken> pairs) => new(
        text[pairs[0].Start..pairs[^1].End], SearchTermKind.Ideographs,
        [.. pairs.Select(pair => pair.Key)], [.. pairs.Select(pair => pair.Text)]);

    private static IEnumerable<SearchTerm> CompoundOf(string text, List<TextToken> tokens, bool keepStops)
    {
        var (start, end) = (tokens[0].Start, tokens.Max(token => token.End));
        var compound = text[start..end];
        var words = tokens.Where(token => token.Kind == TextTokenKind.Word && token.Length <= LongestWord).ToList();
        if (IdentifierShape.Fits(compound) && tokens.Where(token => token.Length <= IdentifierShape.Longest).ToList() is { Count: > 0 } parts)
        {
            // The last segment names the thing: a file, a member.
            var whole = parts.FindLast(token => token.Kind == TextTokenKind.Whole && token.End == end) is { Length: > 0 } joined
                ? joined
                : parts.FindLast(token => token.Kind == TextTokenKind.Word) is { Length: > 0 } word ? word : parts[^1];
            var others = parts.Where(token => token != whole && token.Text.Length > 2 && !CommonWords.IsStop(token.Key))
                .DistinctBy(token => token.Key)
                .Take(8)
                .ToList();
            yield return new SearchTerm(
                compound, SearchTermKind.Identifier,
                [whole.Key, .. others.Select(token => token.Key)], [whole.Text, .. others.Select(token => token.Text)]);
            yield break;
        }

        foreach (var plain in words)
        {
            if (keepStops || !CommonWords.IsStop(plain.Key))
            {
                yield return new SearchTerm(plain.Text, SearchTermKind.Word, [plain.Key], [plain.Text]);
            }
        }

        if (tokens.LastOrDefault(token => token.Kind == TextTokenKind.Whole) is { Length: > 0 } hyphenated)
        {
            yield return new SearchTerm(hyphenated.Text, SearchTermKind.Word, [hyphenated.Key], [hyphenated.Text]);
        }
    }

    [GeneratedRegex("\"[^\"\n]{3,120}\"|`[^`\n]{3,120}`", RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
