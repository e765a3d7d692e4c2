using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>The sentence of a prompt that best names its subject.</summary>
/// <param name="Text">The sentence without greetings and politeness; empty when the prompt has none.</param>
/// <param name="Score">How well it names it; below 1 it points at something said before.</param>
/// <param name="AsksForChange">True when it begins with a verb of change.</param>
internal sealed partial record RequestTitle(string Text, double Score, bool AsksForChange)
{
    private const int MostSentences = 8;

    /// <summary>How many content words it has.</summary>
    public int Words => Prose.WordSet(Text).Count;

    /// <summary>No usable sentence.</summary>
    public static RequestTitle None { get; } = new("", -9, false);

    /// <summary>Reads a prompt; pasted lines, code and links are never its subject.</summary>
    public static RequestTitle From(string prompt)
    {
        var best = None;
        var read = 0;
        foreach (var sentence in WrittenLines(prompt).SelectMany(Prose.Sentences))
        {
            var plain = LeadIn.Replace(Prose.Plain(sentence), "");
            var bare = Bare(plain);
            if (bare.Length < 8 || Prose.WordSet(bare).Count < 2 || bare.StartsWith("http", StringComparison.Ordinal) || bare.Count(c => c == '/') >= 6)
            {
                continue;
            }

            var score = ScoreOf(bare, imperative: bare != plain) - (0.15 * read);
            best = score > best.Score ? new RequestTitle(char.ToUpperInvariant(bare[0]) + bare[1..], score, IsImperative(bare)) : best;
            if (++read == MostSentences)
            {
                break;
            }
        }

        return best;
    }

    /// <summary>The lines of a prompt that the person wrote, without list marks.</summary>
    public static IEnumerable<string> WrittenLines(string prompt) =>
        Markdown.WithoutCode(prompt).Split('\n')
            .Where(line => !string.IsNullOrWhiteSpace(line) && !ObserverRules.PastedLine.IsMatch(line))
            .Select(line => ListMark.Replace(line, ""));

    private static string Bare(string sentence)
    {
        var bare = sentence;
        for (var i = 0; i < 3; i++)
        {
            var next = LeadIn.Replace(Politeness.Replace(bare, ""), "").Trim();
            if (next == bare)
            {
                break;
            }

            bare = next;
        }

        return Thanks.Replace(bare == sentence ? bare : bare.TrimEnd('?'), "");
    }

    private static double ScoreOf(string sentence, bool imperative)
    {
        var names = Prose.Identifiers(sentence).Count;
        var words = Prose.WordSet(sentence).Count(word => !ObserverRules.PointingWords.Contains(word));
        var pointing = sentence.Split(' ').Count(word => ObserverRules.PointingWords.Contains(word.Trim('.', ',', '?', '!', ':')));
        var first = FirstWord(sentence);
        var score = Math.Min(2, names) + (Math.Clamp(words - 3, 0, 4) * 0.35);
        score += ObserverRules.QuestionWords.Contains(first) || sentence.EndsWith('?') ? 1.0 : 0;
        score += ObserverRules.AskVerbs.Contains(first) ? 1.0 : 0;
        score += ObserverRules.ChangeVerbs.Contains(first) ? 1.5 : 0;
        score += imperative ? 0.5 : 0;
        score -= pointing > 0 && names == 0 ? 1.0 : 0;
        score -= (words >= 5 ? 0.9 : 1.3) * Math.Min(2, pointing);
        score -= words < 3 ? 2 : 0;
        score -= sentence.Length > 150 ? 0.7 : 0;
        score += !Prose.IsEnglish(sentence) && words >= 4 ? 1.5 : 0;
        return score + ObserverRules.PromptRules.Where(rule => rule.Pattern.IsMatch(sentence)).Sum(rule => rule.Changed);
    }

    private static bool IsImperative(string sentence) => ObserverRules.ChangeVerbs.Contains(FirstWord(sentence)) || PastTense.OfRequest(sentence, "") is not null;

    private static string FirstWord(string sentence)
    {
        var end = sentence.AsSpan().IndexOfAny(" ,:;.");
        return end < 0 ? sentence : sentence[..end];
    }

    [GeneratedRegex(@"^(?:(?:hmm+|ok(?:ay)?|so|and|also|great|cool|yes|yeah|no|nope|well|right|good|nice|thanks|hi|hello|now|then|but|alright|actually|wait|oh|ah|please|perfect|awesome|got it|sure|another thing|next|bitte|por favor|s'il te plaît|请)\b[\s,.!:;–—-]+)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex LeadIn { get; }

    [GeneratedRegex(@"^(?:(?:can|could|would|will|should) (?:you|we|i)\s+(?:please\s+|also\s+|just\s+|now\s+|maybe\s+|help me\s+|quickly\s+|try to\s+)*|please\s+|let'?s\s+(?:also\s+|now\s+)?|let us\s+|i(?:'d| would) like (?:you )?(?:to\s+)?|i (?:want|need) (?:you )?to\s+|we (?:should|need to|want to|have to|can)\s+|you (?:should|need to|can)\s+|help me\s+|go ahead and\s+|your task is to\s+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Politeness { get; }

    [GeneratedRegex(@"[\s,]+(?:please|pls|for me|thanks|yes|right|ok)\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Thanks { get; }

    [GeneratedRegex(@"^\s*(?:[-*•>]|\d+[.)]|#+)\s+", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex ListMark { get; }
}
