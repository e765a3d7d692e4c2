using Cairn.Engine.Text;

namespace Cairn.Engine.Recall;

/// <summary>Leaves out memories that say again what one before them says.</summary>
internal sealed class NearDuplicates
{
    private const double SameWords = 0.8;

    private readonly List<HashSet<string>> _titles = [];

    /// <summary>True, and remembered, for a title unlike those before it.</summary>
    public bool IsNew(string title)
    {
        var words = TextTokens.Of(title)
            .Where(token => token.Kind is TextTokenKind.Word or TextTokenKind.Ideographs)
            .Select(token => token.Key)
            .ToHashSet(StringComparer.Ordinal);
        if (words.Count > 0 && _titles.Any(other => Same(words, other)))
        {
            return false;
        }

        _titles.Add(words);
        return true;
    }

    // Few words must all be the same: "Fix login" is not "Fix logout".
    private static bool Same(HashSet<string> one, HashSet<string> other)
    {
        var shared = one.Count(other.Contains);
        return shared >= SameWords * (one.Count + other.Count - shared);
    }
}
