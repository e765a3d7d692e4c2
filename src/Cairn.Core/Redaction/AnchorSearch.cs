using System.Buffers;

namespace Cairn.Core.Redaction;

/// <summary>
/// The literals at which a secret may begin, in small groups. The platform's vectorised search keeps its speed up to some
/// fifteen literals; one search for all of them is ten times slower than one for each group.
/// </summary>
internal sealed class AnchorSearch
{
    private const int LargestGroup = 14;

    private readonly SearchValues<string>[] _groups;

    /// <summary>Prepares the search.</summary>
    /// <param name="literals">What to look for.</param>
    /// <param name="comparison">Whether case counts: <see cref="StringComparison.Ordinal"/> or <see cref="StringComparison.OrdinalIgnoreCase"/>.</param>
    public AnchorSearch(IReadOnlyCollection<string> literals, StringComparison comparison)
    {
        // Sorted, so that those of a group begin alike and the search is seldom misled; of even size, so that the platform
        // takes (and compiles) one kind of search for all.
        var groups = (literals.Count + LargestGroup - 1) / LargestGroup;
        var size = (literals.Count + groups - 1) / groups;
        _groups = [.. literals.Order(StringComparer.Ordinal).Chunk(size).Select(group => SearchValues.Create(group, comparison))];
    }

    /// <summary>How many positions a search remembers.</summary>
    public int Count => _groups.Length;

    /// <summary>Where the first literal at or after <paramref name="from"/> stands; <see cref="int.MaxValue"/> when there is none.</summary>
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

        return first;
    }
}
