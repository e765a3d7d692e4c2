using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>A line that a memory could be titled with.</summary>
internal sealed record TitleCandidate
{
    /// <summary>Where it came from, as <see cref="MemoryContent.Source"/> says it.</summary>
    public required string Source { get; init; }

    /// <summary>The line, not yet cut.</summary>
    public required string Text { get; init; }

    /// <summary>How far the source is to be trusted.</summary>
    public required MemoryConfidence Confidence { get; init; }

    /// <summary>How good it is within its source.</summary>
    public double Score { get; init; }

    /// <summary>The rules that made the score.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What the source says beyond the title: a commit's body, a plan.</summary>
    public string Body { get; init; } = "";

    /// <summary>The commit that it came from; null for other sources.</summary>
    public Commit? Commit { get; init; }

    /// <summary>True when the line says which file it is about, or need not.</summary>
    public bool NamesItsFile { get; init; }

    /// <summary>True when the line holds the request already.</summary>
    public bool NamesRequest { get; init; }
}
