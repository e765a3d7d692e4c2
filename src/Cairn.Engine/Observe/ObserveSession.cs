using Cairn.Engine.Jobs;

namespace Cairn.Engine.Observe;

/// <summary>Makes the memories of a session anew from all that happened in it so far. Running it again changes nothing.</summary>
public sealed class ObserveSession(ISessionLogStore sessions, IObservedMemoryStore memories, IReadOnlyList<IObserver> observers)
{
    /// <summary>Works on one claimed batch; when the task completes, the memories are stored and the batch is done.</summary>
    /// <exception cref="InvalidOperationException">The batch names an observer that this version does not have.</exception>
    public async Task RunAsync(Batch batch, CancellationToken ct)
    {
        var observer = observers.FirstOrDefault(observer => observer.Name == batch.Observer)
            ?? throw new InvalidOperationException($"There is no observer called {batch.Observer}.");
        var log = await sessions.ReadAsync(batch.SessionId, ct);
        var drafts = log is null ? [] : await observer.ObserveAsync(log, ct);
        await memories.ReplaceAsync(batch.SessionId, observer.Name, drafts, batch.Id, ct);
    }
}
