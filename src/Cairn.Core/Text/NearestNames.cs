namespace Cairn.Core.Text;

/// <summary>Finds what a person probably meant.</summary>
public static class NearestNames
{
    private const int MostNames = 3;

    /// <summary>The names of <paramref name="known"/> that <paramref name="typed"/> may be a slip of, nearest first; at most three, none when nothing is near.</summary>
    public static IReadOnlyList<string> Of(string typed, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var allowed = Math.Max(1, typed.Length / 3);
        return
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, Distance: Distance(typed, name)))
                .Where(candidate => candidate.Distance <= allowed || IsPart(typed, candidate.Name))
                .OrderBy(candidate => candidate.Distance)
                .Take(MostNames)
                .Select(candidate => candidate.Name),
        ];
    }

    private static bool IsPart(string typed, string name) =>
        typed.Length >= 3 && name.Contains(typed, StringComparison.OrdinalIgnoreCase);

    // Letters to insert, remove or change.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            previous = current;
        }

        return previous[^1];
    }
}
