using Cairn.Core;
using Cairn.Core.Projects;

namespace Cairn.Engine.Capture;

/// <summary>Keeps events. An accepted event is on disk when the task completes.</summary>
public interface IEventStore
{
    /// <summary>Adds one event with its session, its project and the files that it names, once; when it ends a turn, the range of events that an observer works on grows with it.</summary>
    /// <returns>What became of it: <see cref="CaptureOutcome.Stored"/> or <see cref="CaptureOutcome.Duplicate"/>.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    Task<CaptureOutcome> AddAsync(NewEvent added, CancellationToken ct);
}

/// <summary>An event that is ready to be stored: redacted, cut to size, attributed.</summary>
/// <param name="Input">The event; its texts redacted, its file paths relative to the project.</param>
/// <param name="Project">The project that the session works in.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="ReceivedAt">When it arrived, UTC.</param>
public sealed record NewEvent(CaptureInput Input, ProjectIdentity Project, DateTimeOffset At, DateTimeOffset ReceivedAt)
{
    /// <summary>
    /// True for what ends a turn of the main conversation, or asks for memories in its middle: an observer then has something to do. A transcript is read in one go,
    /// and observed when that is done.
    /// </summary>
    public bool EndsTurn => Input is { SubagentId: null, Origin: not EventOrigin.Transcript }
        && Input.Kind is EventKind.AssistantMessage or EventKind.TurnFailed or EventKind.SessionEnded or EventKind.Checkpoint;
}
