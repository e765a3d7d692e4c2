using Cairn.Engine.Text;

namespace Cairn.Engine.Recall;

/// <summary>Leaves out memories that say again what one before them says.</summary>
internal sealed class NearDuplicates
{
    private const double SameWords = 0.8;

    // Titles by their words: only those that share a word are compared.
    private readonly Dictionary<string, List<int>> _titlesByWord = new(StringComparer.Ordinal);
    private readonly List<int> _lengths = [];

    /// <summary>True, and remembered, for a title unlike those before it.</summary>
    public bool IsNew(string title)
    {
        var words = TextTokens.Of(title)
            .Where(token => token.Kind is TextTokenKind.Word or TextTokenKind.Ideographs)
            .Select(token => token.Key)
            .ToHashSet(StringComparer.Ordinal);
        if (words.Count == 0)
        {
            return true;
        }

        var shared = new Dictionary<int, int>();
        foreach (var word in words)
        {
            foreach (var other in _titlesByWord.GetValueOrDefault(word) ?? [])
            {
                shared[other] = shared.GetValueOrDefault(other) + 1;
            }
        }

        if (shared.Any(other => IsSame(other.Value, words.Count, _lengths[other.Key])))
        {
            return false;
        }

        Remember(words);
        return true;
    }

    // Few words must all be the same: "Fix login" is not "Fix logout".
    private static bool IsSame(int shared, int one, int other) => shared >= SameWords * (one + other - shared);

    private void Remember(HashSet<string> words)
    {
        foreach (var word in words)
        {
            if (!_titlesByWord.TryGetValue(word, out var titles))
            {
                _titlesByWord.Add(word, titles = []);
            }

            titles.Add(_lengths.Count);
        }

        _lengths.Add(words.Count);
    }
}
