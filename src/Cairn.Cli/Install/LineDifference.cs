namespace Cairn.Cli.Install;

/// <summary>Shows what changes between two texts, line by line.</summary>
internal static class LineDifference
{
    private const int LinesAround = 3;

    // Beyond this the middle is shown as removed and added whole: the table of the comparison grows with the product.
    private const int MostCells = 4_000_000;

    /// <summary>The lines that differ, those that go with <c>-</c> and those that come with <c>+</c> before them, and a few around them.</summary>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var (left, right) = (Lines(before), Lines(after));
        var start = 0;
        while (start < left.Length && start < right.Length && left[start] == right[start])
        {
            start++;
        }

        var (leftEnd, rightEnd) = (left.Length, right.Length);
        while (leftEnd > start && rightEnd > start && left[leftEnd - 1] == right[rightEnd - 1])
        {
            leftEnd--;
            rightEnd--;
        }

        if (leftEnd == start && rightEnd == start)
        {
            return [];
        }

        return
        [
            .. left[Math.Max(0, start - LinesAround)..start].Select(line => "  " + line),
            .. Middle(left[start..leftEnd], right[start..rightEnd]),
            .. left[leftEnd..Math.Min(left.Length, leftEnd + LinesAround)].Select(line => "  " + line),
        ];
    }

    private static string[] Lines(string text) =>
        text.Length == 0 ? [] : text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static List<string> Middle(string[] left, string[] right)
    {
        if ((long)left.Length * right.Length > MostCells)
        {
            return [.. left.Select(line => "- " + line), .. right.Select(line => "+ " + line)];
        }

        var longest = LongestCommon(left, right);
        var lines = new List<string>();
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                lines.Add("  " + left[i++]);
                j++;
            }
            else if (i < left.Length && (j == right.Length || longest[i + 1, j] >= longest[i, j + 1]))
            {
                lines.Add("- " + left[i++]);
            }
            else
            {
                lines.Add("+ " + right[j++]);
            }
        }

        return lines;
    }

    // Length of the longest common run of lines of every two ends.
    private static int[,] LongestCommon(string[] left, string[] right)
    {
        var longest = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
            {
                longest[i, j] = left[i] == right[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        return longest;
    }
}
