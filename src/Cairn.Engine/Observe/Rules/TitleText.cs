using System.Globalization;
using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Makes one line of at most <see cref="ObserverRules.TitleLength"/> text elements out of a sentence.</summary>
internal static partial class TitleText
{
    /// <summary>A commit subject's <c>fix(scope):</c> and the like.</summary>
    public static string WithoutConventionalPrefix(string subject) => ConventionalPrefix.Replace(subject, "");

    /// <summary>The type of a conventional commit subject, lower case; empty when it has none.</summary>
    public static string ConventionalType(string subject) =>
        ConventionalPrefix.Match(subject) is { Success: true } match ? match.Groups[1].Value.ToLowerInvariant() : "";

    /// <summary>The title that a sentence makes: marks, line numbers and long paths removed, cut, first letter raised.</summary>
    /// <param name="sentence">The sentence, Markdown or not.</param>
    /// <param name="paths">Shortens paths in it.</param>
    /// <param name="atWord">True to cut at the last word that fits and not at a clause before it.</param>
    public static string From(string sentence, ProjectPaths paths, bool atWord = false)
    {
        var title = paths.Shorten(Prose.Plain(sentence));
        title = Announcement.Replace(title, "");
        title = LineNumber.Replace(title, "$1");
        title = LongPath.Replace(title, "$1$2");
        title = Repeated(atWord
            ? AtWord(title.Replace("`", "", StringComparison.Ordinal).TrimEnd('.', ':', ' '), ObserverRules.TitleLength)
            : Cut(title, ObserverRules.TitleLength));
        title = Adverb.Replace(title, "").TrimStart(':', ';', ',', '.', '–', '—', '-', ' ');
        return sentence.StartsWith('`') ? title : Raised(title);
    }

    /// <summary>The text cut to a number of text elements, at a clause where one ends, else at a word with an ellipsis.</summary>
    public static string Cut(string text, int limit)
    {
        var whole = Prose.Plain(text).Replace("`", "", StringComparison.Ordinal).TrimEnd('.', ':', ';', ',', ' ');
        if (Fits(whole, limit))
        {
            return whole;
        }

        var shorter = Aside.Replace(whole, "");
        if (shorter.Length >= ObserverRules.ShortestCut && Fits(shorter, limit))
        {
            return shorter;
        }

        return Closed(
            AtBorder(Clause, limit / 2, shorter, limit)
            ?? AtBorder(Preposition, limit * 2 / 3, shorter, limit)
            ?? AtBorder(Break, ObserverRules.ShortestBreak, shorter, limit)
            ?? AtBorder(Clause, ObserverRules.ShortestClause, shorter, limit)
            ?? AtBorder(Preposition, limit / 2, shorter, limit)
            ?? AtWord(shorter, limit));
    }

    /// <summary>True when the text has no more than that many text elements.</summary>
    public static bool Fits(string text, int limit) => text.Length <= limit || new StringInfo(text).LengthInTextElements <= limit;

    /// <summary>The text cut before the word that does not fit, with an ellipsis.</summary>
    public static string AtWord(string text, int limit)
    {
        if (Fits(text, limit))
        {
            return text;
        }

        var end = IndexOfElement(text, limit - 1);
        var cut = text[..end];
        var space = cut.LastIndexOf(' ');
        cut = space > end / 2 ? cut[..space] : cut;
        return DanglingEnd.Replace(cut, "").TrimEnd(' ', ',', ';', ':', '(', '-', '–', '—') + "…";
    }

    /// <summary>The text without the function words that a cut left at its end.</summary>
    public static string WithoutDanglingEnd(string text) => DanglingEnd.Replace(text, "");

    private static string? AtBorder(Regex borders, int shortest, string text, int limit)
    {
        var end = IndexOfElement(text, limit);
        Match? last = null;
        foreach (Match border in borders.Matches(text))
        {
            if (border.Index >= shortest && border.Index <= end)
            {
                last = border;
            }
        }

        var cut = last is null ? "" : DanglingEnd.Replace(text[..last.Index].TrimEnd(' ', ',', ';', ':'), "");
        return Prose.HasContentBesidesNames(cut) ? cut : null;
    }

    private static string Closed(string cut)
    {
        var open = cut.LastIndexOf('(');
        return cut.Count(c => c == '(') > cut.Count(c => c == ')') && open >= ObserverRules.ShortestCut
            ? cut[..open].TrimEnd(' ', ',', ';', ':', '–', '—', '-')
            : cut;
    }

    // "cart.js (cart.js)" is left over when a path was shortened to its name.
    private static string Repeated(string title) =>
        NamedTwice.Replace(title, match => match.Groups[1].Value == match.Groups[2].Value ? match.Groups[1].Value : match.Value);

    private static string Raised(string title)
    {
        var first = title.AsSpan(0, Math.Max(0, title.AsSpan().IndexOf(' ')) is var end && end > 0 ? end : title.Length);
        var named = first.ContainsAny("._/()") || first.IndexOfAnyInRange('A', 'Z') > 0;
        return title.Length == 0 || named ? title : char.ToUpperInvariant(title[0]) + title[1..];
    }

    private static int IndexOfElement(string text, int element)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        return element < starts.Length ? starts[element] : text.Length;
    }

    [GeneratedRegex(@"^(feat|feature|fix|bugfix|hotfix|refactor|perf|docs?|chore|tests?|style|build|ci|revert)(?:\([^)]*\))?!?:\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex ConventionalPrefix { get; }

    [GeneratedRegex(@"^(?:(?:implementation )?plan|pr|summary|title)\s*[:—–-]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Announcement { get; }

    [GeneratedRegex(@"(\.[A-Za-z]\w{0,4}):\d+(?:-\d+)?(?:,\d+)*", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex LineNumber { get; }

    [GeneratedRegex(@"(^|[\s`(""'])(?:[\w.@~-]+/){2,}([\w.-]+\.\w{1,5})\b", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex LongPath { get; }

    [GeneratedRegex(@"([\w.-]+\.\w{1,5}) \((?:[\w.-]+/)*([\w.-]+\.\w{1,5})\)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex NamedTwice { get; }

    [GeneratedRegex(@"^(?:successfully|also|now)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Adverb { get; }

    [GeneratedRegex(@"\s*[(（][^()（）]{3,}[)）]", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Aside { get; }

    [GeneratedRegex(
        @"\s[–—-]{1,2}\s|;\s|:\s|,\s|[，；：]|\s(?:so that|so|if|because|since|that|which|in order to|to ensure|to avoid|to prevent|to match|while|instead of|rather than|whenever|when|but|by|for)\s",
        RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Clause { get; }

    [GeneratedRegex(@"\s[–—-]{1,2}\s|;\s|:\s|[；：]", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Break { get; }

    [GeneratedRegex(@"\s(?:in|on|at|during|from|via|with|through|under|after|before|into|inside|across|without|to)\s", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Preposition { get; }

    [GeneratedRegex(
        @"(?:,?\s+(?:(?:that|which) \w+|both(?: \w+){1,4}|both|instead|rather|so|and|but|or|with|to|by|for|when|because|since|which|that|the|a|an|of|in|from|on|at|is|are|was|as|into|via|und|oder|mit|für|der|die|das|et|ou|de|la|le|les|y|o|con|para|el))+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex DanglingEnd { get; }
}
