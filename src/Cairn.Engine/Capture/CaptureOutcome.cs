namespace Cairn.Engine.Capture;

/// <summary>What became of an event. Closed: nothing outside this file adds a case.</summary>
public abstract record CaptureOutcome
{
    private CaptureOutcome() { }

    /// <summary>It is on disk.</summary>
    /// <param name="EventId">Its row id.</param>
    /// <param name="Session">The session that it belongs to.</param>
    /// <param name="EndsTurn">True when an observer now has something to do.</param>
    public sealed record Stored(long EventId, StoredSession Session, bool EndsTurn) : CaptureOutcome;

    /// <summary>It was on disk already; nothing changed.</summary>
    /// <param name="Session">The session that it belongs to.</param>
    public sealed record Duplicate(StoredSession Session) : CaptureOutcome;

    /// <summary>A person does not want it kept; nothing of it was stored.</summary>
    /// <param name="Reason">Stable name of the reason: <c>disabled</c>, <c>excluded-project</c>, <c>skipped-tool</c>, <c>paused-session</c>, <c>paused-project</c>, <c>paused-then</c>, <c>injected-text</c>.</param>
    public sealed record Excluded(string Reason) : CaptureOutcome;
}

/// <summary>The session that an event belongs to.</summary>
/// <param name="Id">Row id of the session.</param>
/// <param name="ProjectId">Row id of its project.</param>
public readonly record struct StoredSession(long Id, long ProjectId);
