using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cairn.Bench.Systems;
using Cairn.Core.Redaction;

namespace Cairn.Bench.Redaction;

/// <summary>
/// <c>cairn-bench redaction &lt;folder&gt; [--show]</c>: what redaction takes out of real transcripts and what it costs. Every
/// string of every JSON line is redacted by itself, as it is when it is captured. With <c>--show</c> each stretch that was
/// taken out is listed once with what stood around it, so that false alarms can be counted by reading.
/// </summary>
internal static class RedactionCommand
{
    private const int Around = 24;
    private const int Piece = 2_048;
    private const int Passes = 9;

    /// <summary>Runs the command; 2 for wrong use.</summary>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken ct)
    {
        if (arguments is not [var folder, ..] || !Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync("usage: cairn-bench redaction <folder> [--show]");
            return 2;
        }

        var texts = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories))
        {
            foreach (var line in await File.ReadAllLinesAsync(file, ct))
            {
                AddTexts(line, texts);
            }
        }

        await WriteAsync(texts, arguments.Contains("--show"));
        return 0;
    }

    private static async Task WriteAsync(List<string> texts, bool show)
    {
        var redactor = new Redactor();
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var touched = 0;
        var marks = 0;
        foreach (var text in texts)
        {
            var clean = redactor.Redact(text);
            if (!ReferenceEquals(clean, text))
            {
                touched++;
                marks += Collect(text, clean, found);
            }
        }

        // As an event's texts are: most are about so long.
        var characters = texts.Sum(text => (long)text.Length);
        var pieces = string.Join('\n', texts).Chunk(Piece).Select(piece => new string(piece)).ToList();
        var passes = new List<double>();
        for (var pass = 0; pass < Passes; pass++)
        {
            var watch = Stopwatch.StartNew();
            foreach (var piece in pieces)
            {
                redactor.Redact(piece);
            }

            passes.Add(watch.Elapsed.TotalMicroseconds / pieces.Count);
        }

        var per2K = new Samples(passes).Median;
        var figures = new List<Figure>
        {
            new("texts", texts.Count.ToString("N0", CultureInfo.InvariantCulture), "", string.Create(CultureInfo.InvariantCulture, $"{characters / 1e6:0.0} million characters")),
            new("time for 2,048 characters", string.Create(CultureInfo.InvariantCulture, $"{per2K:0.0} µs"), "≤ 50 µs", ""),
            new("stretches taken out", marks.ToString("N0", CultureInfo.InvariantCulture), "", $"in {touched} texts, {found.Count} different"),
        };
        await Console.Out.WriteLineAsync(FigureTable.Of(figures));
        foreach (var (what, times) in found.Where(_ => show).OrderByDescending(pair => pair.Value))
        {
            await Console.Out.WriteLineAsync($"{times,5}  {what}");
        }
    }

    // Walks both texts side by side: at a mark the clean text goes on where the other's next equal stretch begins.
    private static int Collect(string text, string clean, Dictionary<string, int> found)
    {
        var parts = clean.Split([Redactor.SecretMark, Redactor.PrivateMark], StringSplitOptions.None);
        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            var end = parts[i].Length == 0 ? text.Length : text.IndexOf(parts[i], Math.Min(text.Length, at + 1), StringComparison.Ordinal);
            end = end < 0 ? text.Length : end;
            var stretch = text[Math.Max(0, at - Around)..at] + "⟦" + text[at..Math.Min(end, at + 80)] + "⟧";
            stretch = stretch.ReplaceLineEndings(" ");
            found[stretch] = found.GetValueOrDefault(stretch) + 1;
            at = end + parts[i].Length;
        }

        return parts.Length - 1;
    }

    private static void AddTexts(string line, List<string> texts)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    texts.Add(reader.GetString()!);
                }
            }
        }
        catch (JsonException)
        {
            texts.Add(line);
        }
    }
}
