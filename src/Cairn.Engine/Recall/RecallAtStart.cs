using System.Globalization;
using Cairn.Core;

namespace Cairn.Engine.Recall;

/// <summary>What a session starts from: a small card of its project's memories, or nothing.</summary>
/// <param name="store">Where memories are found.</param>
/// <param name="receipts">Where the recall is recorded.</param>
/// <param name="time">The clock.</param>
public sealed class RecallAtStart(IRecallStore store, IReceiptStore receipts, TimeProvider time)
{
    private const int RecentRead = 24;
    private const int MostShownSkipped = 200;

    /// <summary>
    /// Makes the card. A session that goes on gets only what it was not yet shown; one that was compacted gets the card
    /// again, because what it was shown is gone.
    /// </summary>
    public async Task<Recollection> RunAsync(StartRecallInput input, CancellationToken ct)
    {
        var compacted = input.Trigger == RecallTrigger.SessionCompact;
        var shown = compacted
            ? new ShownToSession(input.SessionId, new HashSet<long>(), time.GetUtcNow(), null)
            : await receipts.ReadShownAsync(input.SessionId, ct);
        var recent = RecentRead + Math.Min(MostShownSkipped, shown.Memories.Count);
        var project = input.ProjectId is { } id ? await store.ReadProjectAsync(id, recent, ct) : null;
        if (project is null || (project.Summaries.Count == 0 && project.Pinned.Count == 0 && project.Recent.Count == 0))
        {
            return await SilentAsync(input, "nothing known", "Nothing is known of this project yet.", ct);
        }

        var receipt = ReceiptId.New(time);
        var card = StartCard.Of(CardInput(input, project, shown, receipt));
        if (card.Items.Count == 0)
        {
            return await SilentAsync(input, "nothing new", "All that would be shown is in the session already, or the budget holds none of it.", ct);
        }

        return await ShowAsync(input, project, card, receipt, ct);
    }

    private static StartCardInput CardInput(StartRecallInput input, ProjectMemories project, ShownToSession shown, ReceiptId receipt)
    {
        // A card left out what it left out for a reason: a session that goes on is told only what happened since.
        bool IsNew(Memory memory) => !shown.Knows(memory) && !(memory.CreatedAt <= shown.CardAt);

        // Of the session's own work only what its compaction took away; of the others' the newest.
        var summary = project.Summaries.FirstOrDefault(memory => memory.SessionId == input.SessionId && input.SessionId is not null && IsNew(memory))
            ?? project.Summaries.Where(memory => memory.SessionId != input.SessionId || input.SessionId is null).Take(1).FirstOrDefault(IsNew);
        return new StartCardInput
        {
            Receipt = receipt,
            Project = project.Label,
            Total = project.Total,
            Summary = summary,
            OwnSummary = summary?.SessionId is { } session && session == input.SessionId,
            Pinned = [.. project.Pinned.Where(memory => IsNew(memory) && memory.Id != summary?.Id)],
            Recent = [.. project.Recent.Where(memory => !memory.Pinned && IsNew(memory))],
            TokenBudget = input.TokenBudget,
            CharacterLimit = input.CharacterLimit,
        };
    }

    private async Task<Recollection> ShowAsync(
        StartRecallInput input, ProjectMemories project, StartCard card, ReceiptId receipt, CancellationToken ct)
    {
        var text = card.Text;
        var tokens = TokenEstimate.Of(text).Tokens;
        if (!input.Preview)
        {
            await receipts.AddAsync(ReceiptOf(input, receipt, Receipt.Shown, text, tokens, card.Items), ct);
        }

        var plural = card.Items.Count == 1 ? "memory" : "memories";
        return new Recollection
        {
            Text = text,
            PersonLine = string.Create(
                CultureInfo.InvariantCulture,
                $"Cairn: {card.Items.Count} {plural} of {MemoryFence.Line(project.Label, 60)} for the agent ({tokens} tokens); see them with `cairn open`"),
            ReceiptId = input.Preview ? null : receipt,
            MemoryIds = [.. card.Items.Select(item => item.MemoryId)],
            Tokens = tokens,
            Why = [.. card.Items.Select(item => string.Create(CultureInfo.InvariantCulture, $"#{item.MemoryId}: {item.Reason}"))],
        };
    }

    private async Task<Recollection> SilentAsync(StartRecallInput input, string outcome, string why, CancellationToken ct)
    {
        var receipt = ReceiptId.New(time);
        if (!input.Preview)
        {
            await receipts.AddAsync(ReceiptOf(input, receipt, outcome, "", 0, []), ct);
        }

        return new Recollection { Text = "", ReceiptId = input.Preview ? null : receipt, Why = [why] };
    }

    private Receipt ReceiptOf(
        StartRecallInput input, ReceiptId receipt, string outcome, string text, int tokens, IReadOnlyList<ReceiptItem> items) => new()
        {
            Id = receipt,
            SessionId = input.SessionId,
            ProjectId = input.ProjectId,
            Trigger = input.Trigger,
            Outcome = outcome,
            Tokens = tokens,
            Characters = text.Length,
            CreatedAt = time.GetUtcNow(),
            Items = items,
        };
}

/// <summary>The session that starts.</summary>
public sealed record StartRecallInput
{
    /// <summary>Row id of the session; null where it is not stored (yet).</summary>
    public required long? SessionId { get; init; }

    /// <summary>Row id of its project; null where it is not known, which recalls nothing.</summary>
    public required long? ProjectId { get; init; }

    /// <summary>How it starts: one of the triggers that begin with <c>Session</c>.</summary>
    public required RecallTrigger Trigger { get; init; }

    /// <summary>Most tokens of the card, the fence included.</summary>
    public required int TokenBudget { get; init; }

    /// <summary>Most characters that the agent takes from one hook.</summary>
    public required int CharacterLimit { get; init; }

    /// <summary>True to see what would be shown: leaves no receipt.</summary>
    public bool Preview { get; init; }

    /// <summary>The trigger of an agent's word for how a session starts; an unknown word reads as a new session.</summary>
    /// <param name="source"><c>startup</c>, <c>resume</c>, <c>clear</c> or <c>compact</c>.</param>
    public static RecallTrigger TriggerOf(string? source) => source switch
    {
        "resume" => RecallTrigger.SessionResume,
        "clear" => RecallTrigger.SessionClear,
        "compact" => RecallTrigger.SessionCompact,
        _ => RecallTrigger.SessionStartup,
    };
}
