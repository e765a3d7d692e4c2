using Cairn.Engine.Agents;
using Microsoft.Extensions.Logging;

namespace Cairn.Engine.Capture.Transcripts;

/// <summary>
/// Makes past sessions known from the agents' own files. May be stopped at any time and run again: what was read is not read
/// again, and what is known is not stored again.
/// </summary>
public sealed partial class BackfillTranscripts
{
    // A session whose file was written to so lately may still be going on.
    private static readonly TimeSpan AtRestAfter = TimeSpan.FromMinutes(10);

    private readonly IReadOnlyList<ITranscriptFormat> _formats;
    private readonly FindTranscripts _find;
    private readonly ReadTranscript _read;
    private readonly TranscriptPlaces _places;
    private readonly TimeProvider _time;
    private readonly ILogger<BackfillTranscripts> _log;

    internal BackfillTranscripts(
        IReadOnlyList<ITranscriptFormat> formats, FindTranscripts find, ReadTranscript read, TranscriptPlaces places, TimeProvider time, ILogger<BackfillTranscripts> log) =>
        (_formats, _find, _read, _places, _time, _log) = (formats, find, read, places, time, log);

    /// <summary>How far the run is, or how the last one ended.</summary>
    public BackfillProgress Progress { get; private set; } = new();

    /// <summary>Finds what a run would read, the newest first.</summary>
    public async Task<IReadOnlyList<FoundTranscript>> FindAsync(BackfillScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var found = new List<FoundTranscript>();
        foreach (var format in _formats.Where(format => scope.Agent is null || scope.Agent == format.Agent.Name))
        {
            found.AddRange(await _find.RunAsync(format, scope, ct));
        }

        return found;
    }

    /// <summary>Says that a run begins, before its first file is looked for.</summary>
    public void Begin() => Progress = new BackfillProgress { State = BackfillState.Running, StartedAt = _time.GetUtcNow() };

    /// <summary>Reads all that is found.</summary>
    /// <param name="scope">Which transcripts.</param>
    /// <param name="rules">What the person allows.</param>
    /// <param name="giveWay">Called after each group of events and each file: completes when nothing more urgent waits.</param>
    /// <param name="ct">Stops it; what was read stays read.</param>
    public async Task RunAsync(BackfillScope scope, CaptureRules rules, Func<CancellationToken, Task> giveWay, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (Progress.State != BackfillState.Running)
        {
            Begin();
        }

        try
        {
            var found = await FindAsync(scope, ct);
            Progress = Progress with { Files = found.Count, Sessions = found.Count(transcript => !transcript.IsSubagent), Bytes = found.Sum(transcript => transcript.Bytes) };

            // The main conversation first: a subagent's file alone would begin its session too late.
            foreach (var transcript in found.OrderBy(transcript => transcript.IsSubagent))
            {
                await ReadAsync(transcript, scope, rules, giveWay, ct);
                await giveWay(ct);
            }

            Finish(BackfillState.Done, null);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Finish(BackfillState.Stopped, null);
        }
        catch (Exception problem) when (problem is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            Finish(BackfillState.Failed, problem is StoreUnavailableException ? problem.Message : problem.GetType().Name);
        }
    }

    private async Task ReadAsync(FoundTranscript transcript, BackfillScope scope, CaptureRules rules, Func<CancellationToken, Task> giveWay, CancellationToken ct)
    {
        var format = _formats.First(format => format.Agent.Name == transcript.Agent);
        var reading = await _read.RunAsync(format, new TranscriptRequest
        {
            Path = transcript.Path,
            Roots = _places.Of(format, scope.Environment),
            Rules = rules,
            AtRest = _time.GetUtcNow() - transcript.LastAt > AtRestAfter,
            Since = scope.Since,
            GiveWay = giveWay,
        }, ct);
        var unknown = new Dictionary<string, int>(Progress.Unknown, StringComparer.Ordinal);
        foreach (var (name, count) in reading.Unknown)
        {
            unknown[$"{transcript.Agent}: {name}"] = unknown.GetValueOrDefault($"{transcript.Agent}: {name}") + count;
        }

        Progress = Progress with
        {
            FilesDone = Progress.FilesDone + 1,
            BytesDone = Progress.BytesDone + transcript.Bytes,
            Stored = Progress.Stored + reading.Stored,
            Known = Progress.Known + reading.Known,
            Excluded = Progress.Excluded + reading.Excluded,
            LeftAlone = Progress.LeftAlone + (reading.Refusal is null ? 0 : 1),
            Unknown = unknown,
        };
    }

    private void Finish(BackfillState state, string? problem)
    {
        Progress = Progress with { State = state, Problem = problem, EndedAt = _time.GetUtcNow() };
        LogEnded(state, Progress.FilesDone, Progress.Files, Progress.Stored, Progress.Known);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backfill {State}: {Done} of {Files} files, {Stored} new events, {Known} known")]
    private partial void LogEnded(BackfillState state, int done, int files, long stored, long known);
}
