using System.Globalization;
using Cairn.Core;

namespace Cairn.Engine.Recall;

/// <summary>The card at session start: how the last session ended, what is pinned, what is recent, how to get more.</summary>
internal sealed class StartCard
{
    private const int MostRecent = 12;
    private const int LongestLine = 300;
    private const int LongestDetail = 220;

    private readonly PackText _text;
    private readonly string _opening;
    private readonly string _closing;
    private readonly List<ReceiptItem> _items = [];

    private StartCard(StartCardInput input)
    {
        _opening = MemoryFence.Opening(input.Receipt, $"from earlier sessions of {input.Project}");
        _closing = MemoryFence.Closing(string.Create(
            CultureInfo.InvariantCulture, $"More ({input.Total} in all): `cairn search \"words\"`, `cairn show <number>`."));
        _text = new PackText(input.TokenBudget, input.CharacterLimit, _opening + _closing);
    }

    /// <summary>What is on it, in the order shown.</summary>
    public IReadOnlyList<ReceiptItem> Items => _items;

    /// <summary>The fenced text; empty when nothing is on it.</summary>
    public string Text => _items.Count == 0 ? "" : $"{_opening}{_text}{_closing}";

    /// <summary>Puts on a card what its budget holds: the summary first, then what is pinned, then what is recent; titles before details.</summary>
    public static StartCard Of(StartCardInput input)
    {
        var card = new StartCard(input);
        var seen = new NearDuplicates();
        if (input.Summary is { } summary)
        {
            // Its title is often that of the session's best memory, which says why and how: that one is not left out for it.
            card.AddSummary(summary, input.OwnSummary);
        }

        var listed = new List<Memory>();
        card.AddList("Pinned:", "pinned", input.Pinned.Where(memory => seen.IsNew(memory.Content.Title)), listed);
        card.AddList("Recent:", "recent", input.Recent.Where(memory => seen.IsNew(memory.Content.Title)).Take(MostRecent), listed);
        foreach (var memory in listed)
        {
            card.AddDetail(memory);
        }

        return card;
    }

    private void AddSummary(Memory summary, bool own)
    {
        var content = summary.Content;
        var head = own ? "This session so far:" : "Last session:";
        if (!_text.TryAdd($"{head} {MemoryFence.Heading(summary)}"))
        {
            return;
        }

        _items.Add(new ReceiptItem(summary.Id, 0, own ? "this session so far" : "last session"));

        // Open ends matter most to whoever goes on, so they get their place before the rest does.
        var title = MemoryFence.Line(content.Title);
        var facts = content.Facts.Select(fact => MemoryFence.Line(fact, LongestLine))
            .Where(fact => fact.Length > 0 && !fact.EndsWith($": {title}", StringComparison.Ordinal)).ToList();
        var open = facts.Where(IsOpenEnd).ToList();
        var before = new[] { content.Subtitle, content.Narrative }
            .Select(line => MemoryFence.Line(line, LongestLine))
            .Where(line => line.Length > 0 && !line.Contains(title, StringComparison.Ordinal) && !facts.Exists(fact => fact.Contains(line, StringComparison.Ordinal)));
        var at = _text.Lines.Count;
        foreach (var line in open)
        {
            _text.TryAdd($"  {line}");
        }

        foreach (var line in before.Concat(facts.Where(fact => !IsOpenEnd(fact)).Take(6)))
        {
            at += _text.TryInsert(at, [$"  {line}"]) ? 1 : 0;
        }
    }

    private static bool IsOpenEnd(string fact) => fact.StartsWith("Next:", StringComparison.OrdinalIgnoreCase);

    private void AddList(string heading, string reason, IEnumerable<Memory> memories, List<Memory> listed)
    {
        var first = true;
        foreach (var memory in memories)
        {
            var line = MemoryFence.Heading(memory);
            if (!_text.TryAdd(first ? [heading, line] : [line]))
            {
                return;
            }

            first = false;
            listed.Add(memory);
            _items.Add(new ReceiptItem(memory.Id, 0, reason));
        }
    }

    private void AddDetail(Memory memory)
    {
        var detail = MemoryFence.Line(memory.Content.Narrative is { Length: > 0 } narrative ? narrative : string.Join("; ", memory.Content.Facts), LongestDetail);
        if (detail.Length > 0)
        {
            var line = _text.Lines.ToList().IndexOf(MemoryFence.Heading(memory));
            _text.TryInsert(line + 1, [$"  {detail}"]);
        }
    }
}

/// <summary>What a card is made from.</summary>
internal sealed record StartCardInput
{
    public required ReceiptId Receipt { get; init; }

    public required string Project { get; init; }

    /// <summary>How many memories the project has in all.</summary>
    public required long Total { get; init; }

    public required Memory? Summary { get; init; }

    /// <summary>True when the summary is of the session that the card is for.</summary>
    public required bool OwnSummary { get; init; }

    public required IReadOnlyList<Memory> Pinned { get; init; }

    public required IReadOnlyList<Memory> Recent { get; init; }

    public required int TokenBudget { get; init; }

    public required int CharacterLimit { get; init; }
}
