using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Daemon.Hosting;

/// <summary>A transcript that is to be compared with what is stored.</summary>
/// <param name="Agent">Name of the agent.</param>
/// <param name="Path">The file as the agent said it.</param>
/// <param name="Ended">True when its session is over.</param>
/// <param name="Rules">What the person allows in the session.</param>
/// <param name="Environment">The session's variables that its client forwarded.</param>
/// <param name="DueAt">When to look, UTC.</param>
internal sealed record WaitingTranscript(
    string Agent, string Path, bool Ended, CaptureRules Rules, IReadOnlyDictionary<string, string> Environment, DateTimeOffset DueAt);

/// <summary>The transcripts that wait to be compared, each once. Takes no time of the hook that notices one.</summary>
internal sealed class TranscriptQueue(TimeProvider time) : IDisposable
{
    // What the agent writes of an event may reach its file a little after the hook.
    private static readonly TimeSpan LetTheAgentWrite = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private const int MostWaiting = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WaitingTranscript> _waiting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changed = new(0, 1);
    private long _lastLive;

    /// <summary>How long ago an agent sent something.</summary>
    public TimeSpan SinceLive => Volatile.Read(ref _lastLive) is var at and not 0 ? time.GetElapsedTime(at) : TimeSpan.MaxValue;

    /// <summary>Sees an event that was captured: at a session's start, at the end of a turn and at its end its transcript is looked at.</summary>
    public void Notice(CaptureInput input, CaptureRules rules, IReadOnlyDictionary<string, string> environment)
    {
        Volatile.Write(ref _lastLive, time.GetTimestamp());
        if (input is { TranscriptPath: { Length: > 0 } path, Kind: EventKind.SessionStarted or EventKind.AssistantMessage or EventKind.TurnFailed or EventKind.SessionEnded })
        {
            Add(new WaitingTranscript(input.Session.Agent, path, input.Kind == EventKind.SessionEnded, rules, environment, time.GetUtcNow() + LetTheAgentWrite));
        }
    }

    /// <summary>Looks at it again, later: the end of a session may be written after it was told, or there was more than one look reads.</summary>
    public void Again(WaitingTranscript transcript) => Add(transcript with { DueAt = time.GetUtcNow() + LookAgain });

    /// <summary>Waits until a transcript is due, and takes it out.</summary>
    public async Task<WaitingTranscript> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            var (next, wait) = Next();
            if (next is not null && wait <= TimeSpan.Zero)
            {
                return next;
            }

            using var awake = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(Task.Delay(next is null ? Timeout.InfiniteTimeSpan : wait, time, awake.Token), _changed.WaitAsync(awake.Token));
            await awake.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => _changed.Dispose();

    private (WaitingTranscript? Next, TimeSpan Wait) Next()
    {
        lock (_gate)
        {
            var next = _waiting.Values.MinBy(waiting => waiting.DueAt);
            var wait = next is null ? TimeSpan.Zero : next.DueAt - time.GetUtcNow();
            if (next is not null && wait <= TimeSpan.Zero)
            {
                _waiting.Remove(next.Path);
            }

            return (next, wait);
        }
    }

    private void Add(WaitingTranscript transcript)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(transcript.Path, out var known))
            {
                _waiting[transcript.Path] = known with { Ended = transcript.Ended };
                return;
            }

            if (_waiting.Count >= MostWaiting)
            {
                // It is looked at when its session goes on, or by a backfill.
                return;
            }

            _waiting.Add(transcript.Path, transcript);
        }

        try
        {
            _changed.Release();
        }
        catch (Exception problem) when (problem is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake already, or stopping.
        }
    }
}
