namespace Cairn.Engine.Recall;

/// <summary>What a recall puts in front of an agent.</summary>
public sealed record Recollection
{
    /// <summary>The fenced text; empty when there is nothing to say.</summary>
    public required string Text { get; init; }

    /// <summary>The line for the person; empty when there is none.</summary>
    public string PersonLine { get; init; } = "";

    /// <summary>Its record; null for a preview, which leaves none.</summary>
    public Core.ReceiptId? ReceiptId { get; init; }

    /// <summary>Numbers of the memories in it, in the order shown.</summary>
    public IReadOnlyList<long> MemoryIds { get; init; } = [];

    /// <summary>Tokens of the text, estimated.</summary>
    public int Tokens { get; init; }

    /// <summary>Why it is what it is, line by line, fit to show.</summary>
    public required IReadOnlyList<string> Why { get; init; }
}
