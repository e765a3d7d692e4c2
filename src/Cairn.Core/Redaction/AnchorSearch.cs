using System.Buffers;

namespace Cairn.Core.Redaction;

/// <summary>
/// The literals at which a secret may begin, in small groups. The platform's vectorised search keeps its speed up to some
/// fifteen literals; one search for all of them is ten times slower than one for each group.
/// </summary>
internal sealed class AnchorSearch
{
    private const int GroupSize = 14;

    private readonly SearchValues<string>[] _groups;

    /// <summary>Prepares the search.</summary>
    /// <param name="exact">Literals whose case counts.</param>
    /// <param name="anyCase">Literals in any case.</param>
    public AnchorSearch(IEnumerable<string> exact, IEnumerable<string> anyCase) =>
        _groups = [.. Groups(exact, StringComparison.Ordinal), .. Groups(anyCase, StringComparison.OrdinalIgnoreCase)];

    /// <summary>How many positions a search remembers.</summary>
    public int Count => _groups.Length;

    /// <summary>The first literal at or after <paramref name="from"/>; -1 when there is none.</summary>
    /// <param name="text">The text, the same for all calls of one search.</param>
    /// <param name="from">Never less than in the call before.</param>
    /// <param name="next">Where each group's next literal stands; all -1 in the first call.</param>
    public int Next(ReadOnlySpan<char> text, int from, Span<int> next)
    {
        var first = int.MaxValue;
        for (var i = 0; i < _groups.Length; i++)
        {
            if (next[i] < from)
            {
                next[i] = text[from..].IndexOfAny(_groups[i]) is var found and >= 0 ? from + found : int.MaxValue;
            }

            first = Math.Min(first, next[i]);
        }

        return first == int.MaxValue ? -1 : first;
    }

    // Sorted, so that those of a group begin alike and the search is seldom misled.
    private static IEnumerable<SearchValues<string>> Groups(IEnumerable<string> literals, StringComparison comparison) =>
        literals.Order(StringComparer.Ordinal).Chunk(GroupSize).Select(group => SearchValues.Create(group, comparison));
}
