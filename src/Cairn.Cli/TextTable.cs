namespace Cairn.Cli;

/// <summary>Rows under headings, aligned; the last column takes what the line has left and is cut there.</summary>
internal sealed class TextTable(Output output, params IReadOnlyList<string> headings)
{
    private const string Gap = "  ";

    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Adds a row: one text for each heading.</summary>
    public void Add(params IReadOnlyList<string> cells) =>
        _rows.Add([.. cells.Select(cell => Output.Safe(cell).ReplaceLineEndings(" "))]);

    /// <summary>Writes it; nothing when it has no rows.</summary>
    public void Write()
    {
        if (_rows.Count == 0)
        {
            return;
        }

        var widths = headings.Select((heading, column) => Math.Max(heading.Length, _rows.Max(row => row[column].Length))).ToList();
        var last = Math.Max(20, output.Width - widths.SkipLast(1).Sum(width => width + Gap.Length));
        widths[^1] = output.IsWatched ? Math.Min(widths[^1], last) : widths[^1];
        output.Line(output.Faint(Format(headings, widths)));
        foreach (var row in _rows)
        {
            output.Line(Format(row, widths));
        }
    }

    private static string Format(IReadOnlyList<string> cells, List<int> widths) =>
        string.Join(Gap, cells.Select((cell, column) => Fit(cell, widths[column]))).TrimEnd();

    private static string Fit(string cell, int width) => cell.Length > width ? cell[..(width - 1)] + "…" : cell.PadRight(width);
}
