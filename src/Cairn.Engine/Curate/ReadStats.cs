using Cairn.Core.Wire;

namespace Cairn.Engine.Curate;

/// <summary>Counts what is stored.</summary>
/// <param name="store">Where it is counted.</param>
public sealed class ReadStats(IStatsStore store)
{
    /// <summary>The counts as of now.</summary>
    public Task<StatsReply> RunAsync(CancellationToken ct) => store.ReadStatsAsync(ct);
}

/// <summary>Counts what is stored.</summary>
public interface IStatsStore
{
    /// <summary>Counts sessions, prompts, events, memories and what was shown of them.</summary>
    Task<StatsReply> ReadStatsAsync(CancellationToken ct);
}
