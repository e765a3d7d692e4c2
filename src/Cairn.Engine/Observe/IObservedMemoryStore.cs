namespace Cairn.Engine.Observe;

/// <summary>Keeps what observers make of sessions.</summary>
public interface IObservedMemoryStore
{
    /// <summary>
    /// Makes the memories of one observer in one session be <paramref name="drafts"/> and the batch completed, in one
    /// transaction. What a person pinned or edited stays as it is, what a person forgot stays forgotten, and a memory
    /// whose draft is the same as before is not written again.
    /// </summary>
    /// <param name="sessionId">Row id of the session.</param>
    /// <param name="observer">Name of the observer.</param>
    /// <param name="drafts">Every memory that it proposes of the session, each key once.</param>
    /// <param name="batchId">The claimed batch that the drafts answer.</param>
    /// <param name="ct">Stops before anything is written.</param>
    Task<ObservationOutcome> ReplaceAsync(
        long sessionId, string observer, IReadOnlyList<MemoryDraft> drafts, long batchId, CancellationToken ct);
}

/// <summary>What became of an observer's drafts. Closed: nothing outside this file adds a case.</summary>
public abstract record ObservationOutcome
{
    private ObservationOutcome() { }

    /// <summary>The session's memories are now what the observer proposed.</summary>
    /// <param name="Added">New memories.</param>
    /// <param name="Changed">Memories whose words, files, time or evidence changed.</param>
    /// <param name="Unchanged">Memories that were left as they are: the same, edited by a person, or forgotten.</param>
    /// <param name="Removed">Memories that the observer no longer proposes.</param>
    public sealed record Stored(int Added, int Changed, int Unchanged, int Removed) : ObservationOutcome;

    /// <summary>The batch was no longer claimed; nothing was written.</summary>
    public sealed record LeaseLost : ObservationOutcome;
}
