using Microsoft.Extensions.Logging;

namespace Cairn.Engine.Jobs;

/// <summary>
/// Works on batches, one after the other, as they become due. A failure is kept with the batch and tried again later, further
/// and further apart, until it is given up; it never stops the other batches.
/// </summary>
public sealed partial class BatchRunner(
    IBatchStore store, Func<Batch, CancellationToken, Task> work, Func<string, string> redact, TimeProvider time, ILogger<BatchRunner> log) : IDisposable
{
    private const int LongestError = 500;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>How long and how often; may be changed while it works.</summary>
    public BatchRules Rules { get; set; } = new(TimeSpan.FromMinutes(5), 5);

    /// <summary>Says that a batch may have become due.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    /// <summary>Works until <paramref name="ct"/> ends it; what it was working on is then pending again.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                // Whatever was claimed by a daemon that died is nobody's now: there is one daemon, and it starts here.
                await store.ReleaseAsync(time.GetUtcNow(), ct);
                await RunDueAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
            catch (StoreUnavailableException problem)
            {
                LogStoreUnavailable(problem.Message);
                await SleepAsync(FirstDelay, ct);
            }
        }
    }

    /// <summary>Lets go of what is claimed, so that the next daemon takes it up at once; for the end of the process.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        try
        {
            await store.ReleaseAsync(time.GetUtcNow(), ct);
        }
        catch (StoreUnavailableException problem)
        {
            LogStoreUnavailable(problem.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private async Task RunDueAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (await store.ClaimAsync(time.GetUtcNow(), Rules.Lease, ct) is { } batch)
            {
                await RunAsync(batch, ct);
                continue;
            }

            var due = await store.NextDueAsync(ct);
            var sleep = due is { } at && at - time.GetUtcNow() < LongestSleep ? at - time.GetUtcNow() : LongestSleep;
            await SleepAsync(sleep > TimeSpan.Zero ? sleep : TimeSpan.Zero, ct);
        }
    }

    private async Task RunAsync(Batch batch, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        try
        {
            await work(batch, ct);
            var took = time.GetElapsedTime(started);
            LogDone(batch.Id, batch.SessionId, took);
        }
        catch (BatchPostponedException postponed)
        {
            LogPostponed(batch.Id, batch.SessionId, postponed.Until);
            await store.PostponeAsync(batch, Describe(postponed), time.GetUtcNow(), postponed.Until, ct);
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or StoreUnavailableException))
        {
            // The one place where any failure of an observer stops: it is kept with the batch, and other batches go on.
            var now = time.GetUtcNow();
            DateTimeOffset? next = batch.Attempts < Rules.MostAttempts ? now + DelayAfter(batch) : null;
            LogFailed(problem, batch.Id, batch.SessionId, batch.Attempts);
            await store.FailAsync(batch, Describe(problem), now, next, ct);
        }
    }

    // Four times as long after each failure, and a fifth more or less by the batch's number: what failed together does not
    // come back together.
    private static TimeSpan DelayAfter(Batch batch) =>
        FirstDelay * Math.Pow(4, batch.Attempts - 1) * (0.8 + (batch.Id * 7_919 % 401 / 1_000.0));

    private string Describe(Exception problem)
    {
        var text = redact($"{problem.GetType().Name}: {problem.Message}").ReplaceLineEndings(" ");
        return text.Length <= LongestError ? text : text[..LongestError];
    }

    private async Task SleepAsync(TimeSpan longest, CancellationToken ct)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var timer = Task.Delay(longest, time, awake.Token);
        await Task.WhenAny(timer, _wake.WaitAsync(awake.Token));
        await awake.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Observed batch {BatchId} of session {SessionId} in {Duration}")]
    private partial void LogDone(long batchId, long sessionId, TimeSpan duration);

    [LoggerMessage(Level = LogLevel.Information, Message = "Batch {BatchId} of session {SessionId} waits until {Until}")]
    private partial void LogPostponed(long batchId, long sessionId, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId} of session {SessionId} failed at attempt {Attempt}")]
    private partial void LogFailed(Exception problem, long batchId, long sessionId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batches wait for the store: {Reason}")]
    private partial void LogStoreUnavailable(string reason);
}

/// <summary>How long and how often a batch is worked on.</summary>
/// <param name="Lease">How long one try may take; then the batch is due again.</param>
/// <param name="MostAttempts">Tries until it is given up.</param>
public sealed record BatchRules(TimeSpan Lease, int MostAttempts);
