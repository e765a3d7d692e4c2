using Cairn.Core;
using Cairn.Engine.Text;

namespace Cairn.Engine.Recall;

/// <summary>
/// Decides which memories a prompt is about. BM25 cannot: among five memories no word is rare, and some memory always
/// matches best. The gate asks how much of what the prompt is about a memory holds:
/// <list type="bullet">
/// <item>a name from code, a path, a quoted phrase weighs 3; an uncommon word 1; an everyday word, a bare number or a pair
/// of ideographs 0.5; what is said in any talk about programs, and the project's own name, 0;</item>
/// <item>a term that many memories hold weighs less, once there are enough memories to tell;</item>
/// <item>a memory passes with one name and a fifth of the weight; or with two terms, one of them uncommon, that weigh 2
/// together and are 3 tenths of the weight, or weigh 1.5 and are 7 tenths; or with the only uncommon word there is, in its
/// title.</item>
/// </list>
/// </summary>
internal sealed class PromptGate
{
    private const double NameWeight = 3;
    private const double PairWeight = 0.5;
    private const double InFilesOnly = 0.5;

    // More than a prompt of a few sentences says: past it a longer prompt need not be matched more.
    private const double MostWeight = 12;
    private const double ShareWithName = 0.2;
    private const double ShareOfWords = 0.3;
    private const double MostOfWords = 0.7;

    private readonly List<(SearchTerm Term, double Weight)> _terms;
    private readonly double _weight;
    private readonly double _needed;

    /// <param name="terms">What the prompt asks for.</param>
    /// <param name="frequencies">How many memories hold each term.</param>
    /// <param name="memories">How many memories there are.</param>
    /// <param name="projectLabel">The project's name, which says nothing within the project.</param>
    public PromptGate(IReadOnlyList<SearchTerm> terms, IReadOnlyDictionary<string, long> frequencies, long memories, string projectLabel)
    {
        var label = TextTokens.Of(projectLabel).Select(token => token.Key).ToHashSet(StringComparer.Ordinal);
        _terms = [.. terms
            .Select(term => (Term: term, Weight: label.Contains(term.Keys[0]) ? 0 : WeightOf(term) * Rarity(frequencies.GetValueOrDefault(term.Text), memories)))
            .Where(term => term.Weight > 0)];
        _weight = Math.Min(MostWeight, _terms.Sum(term => term.Weight));

        // The more memories there are, the likelier one of them holds any two words.
        _needed = memories < 500 ? 2 : memories < 5_000 ? 2.5 : 3;
    }

    /// <summary>True when the prompt is about nothing that a memory could be asked for.</summary>
    public bool IsEmpty => _weight < 1;

    /// <summary>How much a term tells of the subject, before it is known how many memories hold it.</summary>
    public static double WeightOf(SearchTerm term) => term.Kind switch
    {
        SearchTermKind.Identifier => NameWeight,
        SearchTermKind.Phrase => term.Words.Max(CommonWords.Weight) * NameWeight,
        SearchTermKind.Ideographs => CommonWords.Weight(term.Words[0]) * PairWeight * term.Keys.Count,
        _ => CommonWords.Weight(term.Words[0]),
    };

    /// <summary>What the memory holds of the prompt; null when it is not what the prompt is about.</summary>
    public GateMatch? Judge(Memory memory)
    {
        var words = new MemoryWords(memory);
        var (weight, names, uncommon, inTitle, pairs) = (0d, 0, 0, 0, 0);
        var held = new List<string>();
        foreach (var (term, full) in _terms)
        {
            var place = words.Find(term);
            if (place == TermPlace.None)
            {
                continue;
            }

            var isName = term.Kind is SearchTermKind.Identifier or SearchTermKind.Phrase;
            held.Add(term.Text);
            weight += place == TermPlace.Files && !isName ? full * InFilesOnly : full;
            names += isName && full >= 1 ? 1 : 0;
            uncommon += full >= 1 && place != TermPlace.Files ? 1 : 0;
            inTitle += place == TermPlace.Title ? 1 : 0;
            pairs += term.Kind == SearchTermKind.Ideographs ? term.Keys.Count : 0;
        }

        // A word of ideographs is two to four of them.
        uncommon += pairs / 3;

        var share = _weight == 0 ? 0 : Math.Min(1, weight / _weight);
        var passes = (names > 0 && share >= ShareWithName)
            || (held.Count >= 2 && uncommon >= 1 && weight >= _needed && share >= ShareOfWords)
            || (held.Count >= 2 && uncommon >= 1 && weight >= _needed - 0.5 && share >= MostOfWords)
            || (uncommon >= 1 && inTitle >= 1 && share >= 0.99);
        return passes ? new GateMatch(memory, weight, share, held) : null;
    }

    private static double Rarity(long frequency, long memories) => memories < 50 ? 1 : ((double)frequency / memories) switch
    {
        > 0.25 => 0.25,
        > 0.1 => 0.5,
        _ => 1,
    };
}

/// <summary>A memory that a prompt is about.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Weight">Weight of the terms that it holds.</param>
/// <param name="Share">Share of the prompt's weight that it holds, 0 to 1.</param>
/// <param name="Held">The terms that it holds.</param>
internal sealed record GateMatch(Memory Memory, double Weight, double Share, IReadOnlyList<string> Held);
