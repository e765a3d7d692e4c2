namespace Cairn.Engine.Jobs;

/// <summary>A contiguous range of a session's events that one observer works on.</summary>
/// <param name="Id">Row id.</param>
/// <param name="SessionId">Row id of the session.</param>
/// <param name="Observer">Name of the observer.</param>
/// <param name="Attempts">How often it was tried, this time included.</param>
public sealed record Batch(long Id, long SessionId, string Observer, int Attempts);

/// <summary>Keeps the state of batches: pending → claimed (lease) → completed | failed (next attempt) → gave up.</summary>
public interface IBatchStore
{
    /// <summary>Claims the batch that is due longest, for the length of the lease; null when none is due. A claim whose lease ran out is due again.</summary>
    Task<Batch?> ClaimAsync(DateTimeOffset now, TimeSpan lease, CancellationToken ct);

    /// <summary>Ends a claim without success.</summary>
    /// <param name="batch">The claimed batch.</param>
    /// <param name="error">Class of the failure, without what people wrote.</param>
    /// <param name="now">The time.</param>
    /// <param name="nextAttempt">When to try again; null to give up.</param>
    /// <param name="ct">Ends the wait.</param>
    Task FailAsync(Batch batch, string error, DateTimeOffset now, DateTimeOffset? nextAttempt, CancellationToken ct);

    /// <summary>Gives a claim back: it is due again later, as if it had not been tried.</summary>
    /// <param name="batch">The claimed batch.</param>
    /// <param name="reason">Why it waits, without what people wrote.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When it is due.</param>
    /// <param name="ct">Ends the wait.</param>
    Task PostponeAsync(Batch batch, string reason, DateTimeOffset now, DateTimeOffset until, CancellationToken ct);

    /// <summary>Makes every claimed batch pending again: nobody works on it any more.</summary>
    Task ReleaseAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>When the next batch is due, UTC; null when none waits.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken ct);

    /// <summary>How many batches wait or are worked on.</summary>
    Task<long> CountWaitingAsync(CancellationToken ct);

    /// <summary>How many batches were given up.</summary>
    Task<long> CountGivenUpAsync(CancellationToken ct);
}
