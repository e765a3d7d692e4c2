using Cairn.Core;
using Cairn.Engine.Text;

namespace Cairn.Engine.Recall;

/// <summary>Finds memories. Forgotten and superseded ones are never found.</summary>
public interface IRecallStore
{
    /// <summary>The memories that hold any of the query's terms, best match first. Terms that most memories hold are passed over where there are others.</summary>
    Task<RecallMatches> MatchAsync(MatchRequest request, CancellationToken ct);

    /// <summary>The memories with these numbers, in the order of the numbers; those that are gone are left out.</summary>
    Task<IReadOnlyList<Memory>> ReadAsync(IReadOnlyList<long> ids, CancellationToken ct);

    /// <summary>What a session of the project starts from; null when there is no such project.</summary>
    /// <param name="projectId">Row id of the project.</param>
    /// <param name="limit">Most recent memories to read, 1 or more.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<ProjectMemories?> ReadProjectAsync(long projectId, int limit, CancellationToken ct);
}

/// <summary>What to look for.</summary>
public sealed record MatchRequest
{
    /// <summary>The terms, joined by "or".</summary>
    public required IReadOnlyList<SearchTerm> Terms { get; init; }

    /// <summary>In this project only; null for all.</summary>
    public long? ProjectId { get; init; }

    /// <summary>Of this kind only; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Most matches, 1 or more.</summary>
    public required int Limit { get; init; }
}

/// <summary>What was found.</summary>
/// <param name="Items">The matches, best first.</param>
/// <param name="Frequencies">How many memories hold each term, by the term's text; a number that reaches the store's own limit means "that many or more".</param>
/// <param name="Memories">About how many memories there are in all projects: never fewer.</param>
public sealed record RecallMatches(IReadOnlyList<RecallMatch> Items, IReadOnlyDictionary<string, long> Frequencies, long Memories);

/// <summary>One memory that holds some of the terms, as far as its rank depends on it.</summary>
public sealed record RecallMatch
{
    /// <summary>Number of the memory.</summary>
    public required long Id { get; init; }

    /// <summary>How well its words match (BM25 with weighted fields), more is better; comparable within one query only.</summary>
    public required double Relevance { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>How far it is to be trusted.</summary>
    public required MemoryConfidence Confidence { get; init; }

    /// <summary>True when a person keeps it in view.</summary>
    public required bool Pinned { get; init; }

    /// <summary>When the thing happened, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a session of a project starts from.</summary>
/// <param name="Label">What people call the project.</param>
/// <param name="Total">How many memories it has, at most 10,000.</param>
/// <param name="Summaries">Its newest session summaries, newest first.</param>
/// <param name="Pinned">What people keep in view, newest first.</param>
/// <param name="Recent">Its newest memories of medium and high confidence but summaries, newest first.</param>
public sealed record ProjectMemories(
    string Label, long Total, IReadOnlyList<Memory> Summaries, IReadOnlyList<Memory> Pinned, IReadOnlyList<Memory> Recent);
