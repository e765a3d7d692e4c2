using System.Globalization;
using Cairn.Core;
using Cairn.Engine.Text;

namespace Cairn.Engine.Recall;

/// <summary>What a prompt brings: the few memories that it is about, or nothing.</summary>
/// <param name="store">Where memories are found.</param>
/// <param name="receipts">Where the recall is recorded.</param>
/// <param name="time">The clock.</param>
public sealed class RecallForPrompt(IRecallStore store, IReceiptStore receipts, TimeProvider time)
{
    private const int MostTerms = 48;
    private const int Candidates = 40;

    // A memory that holds less than half of what the best one holds is about something else.
    private const double BehindTheBest = 0.5;

    /// <summary>Finds, judges and renders; leaves a receipt, also of silence.</summary>
    public async Task<Recollection> RunAsync(PromptRecallInput input, CancellationToken ct)
    {
        var shown = await receipts.ReadShownAsync(input.SessionId, ct);
        var terms = SearchQuery.Parse(Cut(input.Prompt)).Terms
            .OrderByDescending(PromptGate.WeightOf)
            .Take(MostTerms)
            .ToList();
        if (input.ProjectId is not { } project || terms.Sum(PromptGate.WeightOf) < 1)
        {
            return await SilentAsync(input, "nothing to match", "The prompt names nothing that a memory could be asked for.", ct);
        }

        var matches = await store.MatchAsync(
            new MatchRequest { Terms = [.. terms.Where(term => PromptGate.WeightOf(term) > 0)], ProjectId = project, Limit = Candidates }, ct);
        var gate = new PromptGate(terms, matches.Frequencies, matches.Memories, input.ProjectLabel);
        var passed = await PassAsync(gate, matches, ct);
        if (passed.Count == 0)
        {
            return await SilentAsync(input, "nothing matches well", "No memory holds enough of what the prompt is about.", ct);
        }

        var fresh = passed.Where(match => !shown.Knows(match.Memory)).ToList();
        return fresh.Count == 0
            ? await SilentAsync(input, "nothing new", "What the prompt is about is in the session already.", ct)
            : await ShowAsync(input, fresh, ct);
    }

    private async Task<List<GateMatch>> PassAsync(PromptGate gate, RecallMatches matches, CancellationToken ct)
    {
        // Low ones are found by search, and are not shown unasked.
        var candidates = matches.Items.Where(match => match.Confidence != MemoryConfidence.Low || match.Pinned).ToList();
        if (gate.IsEmpty || candidates.Count == 0)
        {
            return [];
        }

        var relevance = candidates.ToDictionary(match => match.Id, match => match.Relevance);
        var best = Math.Max(double.Epsilon, relevance.Values.Max());
        var now = time.GetUtcNow();
        var passed = (await store.ReadAsync([.. candidates.Select(match => match.Id)], ct))
            .Select(gate.Judge)
            .OfType<GateMatch>()
            .Select(match => (Match: match, Rank: Rank(match, relevance[match.Memory.Id] / best, now)))
            .OrderByDescending(match => match.Rank)
            .ThenByDescending(match => match.Match.Memory.Id)
            .Select(match => match.Match)
            .ToList();
        var seen = new NearDuplicates();
        var heaviest = passed.Count == 0 ? 0 : passed.Max(match => match.Weight);
        return [.. passed.Where(match =>
            match.Weight >= heaviest * BehindTheBest
            && !IsToldByOther(match.Memory, passed)
            && seen.IsNew(match.Memory.Content.Title))];
    }

    // A summary repeats what the memories of its session say.
    private static bool IsToldByOther(Memory memory, List<GateMatch> passed) =>
        memory.Content.Kind == MemoryKinds.SessionSummary
        && passed.Exists(other => other.Memory.Id != memory.Id && other.Memory.SessionId == memory.SessionId && memory.SessionId is not null);

    // What it holds decides; how well the words match (which favours short memories) decides among equals.
    private static double Rank(GateMatch match, double relevance, DateTimeOffset now)
    {
        var memory = match.Memory;
        return match.Weight * (0.6 + (0.4 * relevance))
            * MemoryRank.Factor(memory.Content.Confidence, memory.CreatedAt, memory.Pinned, memory.Content.Kind, now);
    }

    private async Task<Recollection> ShowAsync(PromptRecallInput input, List<GateMatch> matches, CancellationToken ct)
    {
        var receipt = ReceiptId.New(time);
        var pack = PromptPack.Of(receipt, [.. matches.Take(input.Limit)], input.ProjectLabel, input.TokenBudget, input.CharacterLimit);
        if (pack.Matches.Count == 0)
        {
            return await SilentAsync(input, "budget too small", "The budget holds none of the memories that match.", ct);
        }

        var tokens = TokenEstimate.Of(pack.Text).Tokens;
        if (!input.Preview)
        {
            var items = pack.Matches
                .Select(match => new ReceiptItem(match.Memory.Id, Math.Round(match.Share, 4), $"holds {string.Join(", ", match.Held.Take(8))}"))
                .ToList();
            await receipts.AddAsync(ReceiptOf(input, receipt, Receipt.Shown, pack.Text, tokens, items), ct);
        }

        return new Recollection
        {
            Text = pack.Text,
            ReceiptId = input.Preview ? null : receipt,
            MemoryIds = [.. pack.Matches.Select(match => match.Memory.Id)],
            Tokens = tokens,
            Why = [.. pack.Matches.Select(match => string.Create(
                CultureInfo.InvariantCulture, $"#{match.Memory.Id}: holds {string.Join(", ", match.Held)} ({match.Share:P0} of what the prompt is about)"))],
        };
    }

    private async Task<Recollection> SilentAsync(PromptRecallInput input, string outcome, string why, CancellationToken ct)
    {
        var receipt = ReceiptId.New(time);
        if (!input.Preview)
        {
            await receipts.AddAsync(ReceiptOf(input, receipt, outcome, "", 0, []), ct);
        }

        return new Recollection { Text = "", ReceiptId = input.Preview ? null : receipt, Why = [why] };
    }

    private Receipt ReceiptOf(
        PromptRecallInput input, ReceiptId receipt, string outcome, string text, int tokens, IReadOnlyList<ReceiptItem> items) => new()
        {
            Id = receipt,
            SessionId = input.SessionId,
            ProjectId = input.ProjectId,
            Trigger = RecallTrigger.Prompt,
            Outcome = outcome,
            EventId = input.EventId,
            Tokens = tokens,
            Characters = text.Length,
            CreatedAt = time.GetUtcNow(),
            Items = items,
        };

    // People paste a log and ask before or after it.
    private static string Cut(string prompt) => prompt.Length <= SearchQuery.LongestText
        ? prompt
        : $"{prompt[..(SearchQuery.LongestText / 2)]}\n{prompt[^((SearchQuery.LongestText / 2) - 1)..]}";
}

/// <summary>The prompt that was given.</summary>
public sealed record PromptRecallInput
{
    /// <summary>Row id of the session; null where it is not stored.</summary>
    public required long? SessionId { get; init; }

    /// <summary>Row id of its project; null where it is not known, which recalls nothing.</summary>
    public required long? ProjectId { get; init; }

    /// <summary>What people call the project.</summary>
    public required string ProjectLabel { get; init; }

    /// <summary>What the person asked for; of more than 8 KB the two ends are looked at.</summary>
    public required string Prompt { get; init; }

    /// <summary>Row id of the prompt's event; null where there is none.</summary>
    public long? EventId { get; init; }

    /// <summary>Most memories.</summary>
    public required int Limit { get; init; }

    /// <summary>Most tokens of the text, the fence included.</summary>
    public required int TokenBudget { get; init; }

    /// <summary>Most characters that the agent takes from one hook.</summary>
    public required int CharacterLimit { get; init; }

    /// <summary>True to see what would be shown: leaves no receipt.</summary>
    public bool Preview { get; init; }
}
