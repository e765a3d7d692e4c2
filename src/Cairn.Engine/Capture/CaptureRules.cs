using Cairn.Core.Projects;

namespace Cairn.Engine.Capture;

/// <summary>What a person allows to be captured in one session.</summary>
public sealed record CaptureRules
{
    /// <summary>Whether anything is captured at all.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Patterns of projects of which nothing is stored.</summary>
    public required IReadOnlyList<GlobPattern> ExcludedProjects { get; init; }

    /// <summary>Tools of which nothing is stored; a name that ends in <c>*</c> stands for all that begin so.</summary>
    public required IReadOnlyList<string> SkippedTools { get; init; }

    /// <summary>The project that the session belongs to, whatever its directory; empty to go by the directory.</summary>
    public required string Project { get; init; }

    /// <summary>Longest text kept of one thing, in characters.</summary>
    public required int MaxTextCharacters { get; init; }

    /// <summary>True when the tool is one of <see cref="SkippedTools"/>.</summary>
    public bool Skips(string tool) => SkippedTools.Any(skipped => skipped.EndsWith('*')
        ? tool.StartsWith(skipped[..^1], StringComparison.Ordinal)
        : string.Equals(tool, skipped, StringComparison.Ordinal));
}
