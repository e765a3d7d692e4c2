using Cairn.Core;
using Cairn.Engine.Text;

namespace Cairn.Engine.Recall;

/// <summary>Finds memories by words that a person or an agent typed.</summary>
/// <param name="store">Where they are found.</param>
/// <param name="receipts">Where the recall is recorded.</param>
/// <param name="time">The clock.</param>
public sealed class SearchMemories(IRecallStore store, IReceiptStore receipts, TimeProvider time)
{
    /// <summary>Most memories that one search ranks; pages end there.</summary>
    public const int MostRanked = 100;

    /// <summary>Most words of a query that are searched for.</summary>
    private const int MostTerms = 48;

    /// <summary>The page of what matches, best first; near-duplicates are left out.</summary>
    public async Task<SearchPage> RunAsync(SearchInput input, CancellationToken ct)
    {
        var query = SearchQuery.Parse(input.Query, input.Prefix);
        var now = time.GetUtcNow();
        var ranked = await RankAsync(query, input, now, ct);
        var page = ranked.Skip(input.Offset).Take(input.Limit).ToList();
        var memories = await store.ReadAsync([.. page.Select(match => match.Match.Id)], ct);
        var scale = await ScaleAsync(query, ranked, memories, ct);
        var scores = page.ToDictionary(match => match.Match.Id, match => match.Rank * scale);
        var hits = memories.Select(memory => new SearchHit(memory, Math.Round(scores[memory.Id], 4), Snippet.Of(memory, query))).ToList();
        if (input.LeavesReceipt)
        {
            await receipts.AddAsync(ReceiptOf(input, hits, now), ct);
        }

        return new SearchPage(hits, ranked.Count);
    }

    private async Task<List<(RecallMatch Match, double Rank)>> RankAsync(SearchQuery query, SearchInput input, DateTimeOffset now, CancellationToken ct)
    {
        if (query.Terms.Count == 0)
        {
            return [];
        }

        var request = new MatchRequest
        {
            Terms = [.. query.Terms.Take(MostTerms)],
            ProjectId = input.ProjectId,
            Kind = input.Kind,
            Limit = MostRanked,
        };
        var matches = await store.MatchAsync(request, ct);
        var seen = new NearDuplicates();
        return [.. matches.Items
            .Select(match => (Match: match, Rank: MemoryRank.Of(match, now)))
            .OrderByDescending(match => match.Rank)
            .ThenByDescending(match => match.Match.Id)
            .Where(match => seen.IsNew(match.Match.Title))];
    }

    // A score says two things: the share of the query that the best hit holds, and how far a hit is behind the best.
    private async Task<double> ScaleAsync(
        SearchQuery query, List<(RecallMatch Match, double Rank)> ranked, IReadOnlyList<Memory> page, CancellationToken ct)
    {
        if (ranked is not [var best, ..] || best.Rank <= 0)
        {
            return 0;
        }

        var memory = page.FirstOrDefault(memory => memory.Id == best.Match.Id) ?? (await store.ReadAsync([best.Match.Id], ct)).SingleOrDefault();
        if (memory is null)
        {
            return 0;
        }

        var words = new MemoryWords(memory);
        var held = query.Terms.Count(term => words.Find(term) != TermPlace.None);
        return Math.Max(0.1, (double)held / query.Terms.Count) / best.Rank;
    }

    private Receipt ReceiptOf(SearchInput input, List<SearchHit> hits, DateTimeOffset now) => new()
    {
        Id = ReceiptId.New(time),
        ProjectId = input.ProjectId,
        Trigger = RecallTrigger.Search,
        Outcome = hits.Count > 0 ? Receipt.Shown : "nothing matches",
        Tokens = 0,
        Characters = 0,
        CreatedAt = now,
        Items = [.. hits.Select(hit => new ReceiptItem(hit.Memory.Id, hit.Score, "search"))],
    };
}

/// <summary>What to search for.</summary>
public sealed record SearchInput
{
    /// <summary>What was typed; any text.</summary>
    public required string Query { get; init; }

    /// <summary>In this project only; null for all.</summary>
    public long? ProjectId { get; init; }

    /// <summary>Of this kind only; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>How many hits come before the page, 0 or more.</summary>
    public int Offset { get; init; }

    /// <summary>Most hits of the page, 1 to <see cref="SearchMemories.MostRanked"/>.</summary>
    public required int Limit { get; init; }

    /// <summary>True where the last word may still be half typed.</summary>
    public bool Prefix { get; init; }

    /// <summary>True where what is found goes to an agent, so that it can be asked about later.</summary>
    public bool LeavesReceipt { get; init; }
}

/// <summary>What was found.</summary>
/// <param name="Hits">The hits of the page, best first.</param>
/// <param name="Total">How many there are in all, at most <see cref="SearchMemories.MostRanked"/>.</param>
public sealed record SearchPage(IReadOnlyList<SearchHit> Hits, int Total);

/// <summary>One memory that was found.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Score">How well it matches, 0 to 1: the best hit's score is the share of the query that it holds.</param>
/// <param name="Snippet">Its words around the match, at most 200 characters, the matching ones between U+0002 and U+0003.</param>
public sealed record SearchHit(Memory Memory, double Score, string Snippet);
