using Cairn.Core;

namespace Cairn.Engine.Recall;

/// <summary>
/// Where a memory stands among those that match. The whole formula:
/// <code>rank = relevance × confidence × recency × pin × kind
/// confidence = 1 high, 0.9 medium, 0.7 low
/// recency    = 0.75 + 0.25 × 2^(-age / 30 days)      never below three quarters: old is not wrong
/// pin        = 1.2 for what a person keeps in view, else 1
/// kind       = 0.8 for a session summary, which repeats what its session's memories say better, else 1</code>
/// </summary>
internal static class MemoryRank
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(30);

    public static double Of(RecallMatch match, DateTimeOffset now) =>
        match.Relevance * Factor(match.Confidence, match.CreatedAt, match.Pinned, match.Kind, now);

    /// <summary>What a memory's own standing does to its relevance.</summary>
    public static double Factor(MemoryConfidence confidence, DateTimeOffset createdAt, bool pinned, string kind, DateTimeOffset now)
    {
        var age = Math.Max(0, (now - createdAt) / HalfLife);
        return Confidence(confidence)
            * (0.75 + (0.25 * Math.Pow(2, -age)))
            * (pinned ? 1.2 : 1)
            * (kind == MemoryKinds.SessionSummary ? 0.8 : 1);
    }

    private static double Confidence(MemoryConfidence confidence) => confidence switch
    {
        MemoryConfidence.High => 1,
        MemoryConfidence.Medium => 0.9,
        _ => 0.7,
    };
}
