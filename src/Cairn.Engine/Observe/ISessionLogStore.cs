namespace Cairn.Engine.Observe;

/// <summary>Gives observers what happened.</summary>
public interface ISessionLogStore
{
    /// <summary>A session so far; null when it is not there any more.</summary>
    /// <param name="sessionId">Row id of the session.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<SessionLog?> ReadAsync(long sessionId, CancellationToken ct);
}
