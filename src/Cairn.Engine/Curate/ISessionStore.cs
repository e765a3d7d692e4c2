using Cairn.Core;

namespace Cairn.Engine.Curate;

/// <summary>Lists what sessions there were.</summary>
public interface ISessionStore
{
    /// <summary>Sessions by their last event, newest first.</summary>
    /// <param name="limit">The most that are listed.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<SessionList> ListAsync(int limit, CancellationToken ct);
}

/// <summary>Sessions and how many there are in all.</summary>
/// <param name="Items">The sessions, each with the number of memories that it left.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record SessionList(IReadOnlyList<(Session Session, int Memories)> Items, long Total);
