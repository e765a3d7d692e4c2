namespace Cairn.Bench.Systems;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Goal">What it should be; empty for a baseline.</param>
/// <param name="Beside">More of it.</param>
internal sealed record Figure(string What, string Value, string Goal, string Beside);

/// <summary>A table that people can read, in a terminal and in a document.</summary>
internal static class FigureTable
{
    public static string Of(IReadOnlyList<Figure> figures)
    {
        string[][] rows = [["what", "median", "goal", "beside"], .. figures.Select(figure => new[] { figure.What, figure.Value, figure.Goal, figure.Beside })];
        var widths = Enumerable.Range(0, 4).Select(column => rows.Max(row => row[column].Length)).ToArray();
        string Line(string[] row) => "| " + string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))) + " |";
        return string.Join('\n', [Line(rows[0]), "|" + string.Join('|', widths.Select(width => new string('-', width + 2))) + "|", .. rows.Skip(1).Select(Line)]) + "\n";
    }
}
