using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cairn.Core;
using Cairn.Engine.Observe;
using Cairn.Engine.Observe.Rules;

namespace Cairn.Bench.Observe;

/// <summary>
/// <c>cairn-bench memories &lt;folder&gt; [--count 50] [--out file] [--summaries] [--explain] [--digest]</c>: what the built-in observer makes of
/// real transcripts, as a list to be judged by reading. The memories are chosen by the smallest SHA-256 of the id of the
/// prompt that their work began with, so nobody picks them; a digest of the work stands beside each where asked for.
/// </summary>
internal static class MemoriesCommand
{
    private sealed record Shown(bool Summaries, bool Reasons, bool Digest);

    private sealed record Found(Transcript Transcript, MemoryDraft Draft, string TurnId);

    /// <summary>Runs the command; 2 for wrong use.</summary>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken ct)
    {
        if (arguments is not [var folder, ..] || !Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync("usage: cairn-bench memories <folder-with-transcripts> [--count 50] [--skip 0] [--out file] [--summaries] [--explain] [--digest]");
            return 2;
        }

        var count = int.Parse(Option(arguments, "--count") ?? "50", CultureInfo.InvariantCulture);
        var skipped = int.Parse(Option(arguments, "--skip") ?? "0", CultureInfo.InvariantCulture);
        var report = await ReportAsync(folder, skipped..(skipped + count), new Shown(arguments.Contains("--summaries"), arguments.Contains("--explain"), arguments.Contains("--digest")), ct);
        if (Option(arguments, "--out") is { } file)
        {
            await File.WriteAllTextAsync(file, report, ct);
        }
        else
        {
            await Console.Out.WriteAsync(report);
        }

        return 0;
    }

    private static async Task<string> ReportAsync(string folder, Range numbers, Shown shown, CancellationToken ct)
    {
        var observer = new RulesObserver();
        var found = new List<Found>();
        var sessions = 0;
        var events = 0;
        var empty = 0;
        var cold = TimeSpan.Zero;
        var longest = TimeSpan.Zero;
        var total = TimeSpan.Zero;
        foreach (var transcript in TranscriptReader.ReadFolder(folder))
        {
            var first = Stopwatch.StartNew();
            var drafts = await observer.ObserveAsync(transcript.Log, ct);
            cold += first.Elapsed;
            var watch = Stopwatch.StartNew();
            await observer.ObserveAsync(transcript.Log, ct);
            var took = watch.Elapsed;
            longest = took > longest ? took : longest;
            total += took;
            sessions++;
            events += transcript.Log.Events.Count;
            empty += drafts.Count == 0 ? 1 : 0;
            found.AddRange(drafts.Select(draft => new Found(transcript, draft, TurnId(transcript, draft))));
        }

        var memories = found.Where(one => one.Draft.Content.Kind != MemoryKinds.SessionSummary).ToList();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{sessions} sessions, {events} events, {memories.Count} memories, {found.Count - memories.Count} session summaries, {empty} sessions without any");
        text.AppendLine("sources: " + Tally(memories.Select(one => one.Draft.Content.Source)));
        text.AppendLine("kinds: " + Tally(memories.Select(one => one.Draft.Content.Kind)));
        text.AppendLine("confidence: " + Tally(memories.Select(one => one.Draft.Content.Confidence.ToString())));
        text.AppendLine(CultureInfo.InvariantCulture, $"observed in {total.TotalMilliseconds:F0} ms ({cold.TotalMilliseconds:F0} ms the first time), longest session {longest.TotalMilliseconds:F0} ms");
        var chosen = shown.Summaries
            ? found.Where(one => one.Draft.Content.Kind == MemoryKinds.SessionSummary)
            : memories.OrderBy(one => Hash(one.TurnId), StringComparer.Ordinal).Take(numbers);
        var number = numbers.Start.Value;
        foreach (var one in chosen)
        {
            Append(text, ++number, one);
            if (UnitOf(one) is { } unit)
            {
                Explain(text, unit, shown);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, int number, Found found)
    {
        var content = found.Draft.Content;
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {number}. {content.Title}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{content.Kind} / {content.Source} / {content.Confidence}; key {found.Draft.Key}; turn {found.TurnId} in {found.Transcript.File}");
        AppendIf(text, "subtitle", content.Subtitle);
        AppendIf(text, "narrative", content.Narrative);
        foreach (var fact in content.Facts)
        {
            AppendIf(text, "fact", fact);
        }

        AppendIf(text, "modified", string.Join(", ", content.FilesModified));
        AppendIf(text, "read", string.Join(", ", content.FilesRead));
        AppendIf(text, "concepts", string.Join(", ", content.Concepts));
        AppendIf(text, "evidence", string.Join(", ", content.Evidence));
    }

    private static WorkUnit? UnitOf(Found found)
    {
        var paths = new ProjectPaths(found.Transcript.Log.ProjectRoot);
        var units = WorkUnits.From(Turn.Split(found.Transcript.Log.Events).Select(turn => new TurnWork(turn, EvidenceReader.Read(turn, paths))));
        return units.Find(unit => $"{found.Draft.Key}:".StartsWith($"unit:{unit.Id}:", StringComparison.Ordinal));
    }

    // Why the title is the title: the best sentences of the unit's reports with the rules that made their scores.
    private static void Explain(StringBuilder text, WorkUnit unit, Shown shown)
    {
        if (shown.Reasons)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- request: {unit.Request.Score:F2} {unit.Request.Text}");
            var context = TitleCandidates.ContextOf(unit);
            foreach (var score in unit.Reports.SelectMany(report => SentenceScore.All(report.Text, context)).OrderByDescending(score => score.Score).Take(4))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"- score {score.Score:F2}: {score.Text} [{string.Join("; ", score.Reasons)}]");
            }
        }

        if (shown.Digest)
        {
            WorkDigest.Append(text, unit);
        }
    }

    private static void AppendIf(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {name}: {value}");
        }
    }

    private static string TurnId(Transcript transcript, MemoryDraft draft) =>
        draft.Key.Split(':') is ["unit", var id, ..] ? transcript.SourceIds[long.Parse(id, CultureInfo.InvariantCulture)] : draft.Key;

    private static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static string Tally(IEnumerable<string> labels) =>
        string.Join(", ", labels.CountBy(label => label).OrderByDescending(entry => entry.Value).Select(entry => $"{entry.Key} {entry.Value}"));

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
