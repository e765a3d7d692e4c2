using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents.RawEvents;

/// <summary>What one event of a request turned out to be. Closed: nothing outside this file adds a case.</summary>
public abstract record RawEvent
{
    private RawEvent() { }

    /// <summary>Something to keep.</summary>
    /// <param name="Input">The event.</param>
    public sealed record Kept(CaptureInput Input) : RawEvent;

    /// <summary>Well formed, and nothing to keep.</summary>
    /// <param name="Reason">Stable name of the reason, e.g. <c>not-kept</c>, <c>own-tool</c>.</param>
    public sealed record Skipped(string Reason) : RawEvent;

    /// <summary>It breaks the contract; the others of its request are kept all the same.</summary>
    /// <param name="Message">What is wrong, in the contract's own words.</param>
    public sealed record Invalid(string Message) : RawEvent;
}

/// <summary>One event of a request.</summary>
/// <param name="EventId">The sender's own id of it; null where it gave none.</param>
/// <param name="Event">What it turned out to be.</param>
public sealed record SentEvent(string? EventId, RawEvent Event);

/// <summary>A whole request, read.</summary>
/// <param name="Events">One for each that was sent.</param>
/// <param name="IsList">True when it was sent as <c>{events: […]}</c>.</param>
/// <param name="Problem">Why nothing of it can be read; null when it can.</param>
public sealed record RawEventRequest(IReadOnlyList<SentEvent> Events, bool IsList, string? Problem);
