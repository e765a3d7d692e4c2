namespace Cairn.Engine.Jobs;

/// <summary>An observer cannot work now, and that is not the batch's fault: a provider is down, or its limit is reached. The batch waits, and no try is counted.</summary>
/// <param name="reason">Why, without what people wrote.</param>
/// <param name="until">When to try again, UTC.</param>
public sealed class BatchPostponedException(string reason, DateTimeOffset until) : Exception(reason)
{
    /// <summary>When to try again, UTC.</summary>
    public DateTimeOffset Until { get; } = until;
}
