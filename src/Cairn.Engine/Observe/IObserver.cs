namespace Cairn.Engine.Observe;

/// <summary>Turns what happened in a session into memories.</summary>
public interface IObserver
{
    /// <summary>Name in settings and in stored memories, e.g. <c>rules</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Proposes every memory of the session so far, oldest first; a session that left nothing worth keeping gives none.
    /// The same events give the same drafts.
    /// </summary>
    Task<IReadOnlyList<MemoryDraft>> ObserveAsync(SessionLog log, CancellationToken ct);
}
