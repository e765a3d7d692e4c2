namespace Cairn.Engine.Capture.Transcripts;

/// <summary>A transcript as its first and last lines tell it.</summary>
public sealed record FoundTranscript
{
    /// <summary>Name of the agent.</summary>
    public required string Agent { get; init; }

    /// <summary>Real path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The agent's id of the session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The session's directory; empty where the file does not say.</summary>
    public required string Cwd { get; init; }

    /// <summary>Label of the project that the directory belongs to.</summary>
    public required string Project { get; init; }

    /// <summary>When its first dated line was written, UTC.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When its last dated line was written, UTC.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>True when it is a part of a session: what a subagent did.</summary>
    public required bool IsSubagent { get; init; }

    /// <summary>True when it was read as it is now.</summary>
    public required bool IsRead { get; init; }
}

/// <summary>Which transcripts are meant.</summary>
public sealed record BackfillScope
{
    /// <summary>Name of an agent; null for all that keep transcripts.</summary>
    public string? Agent { get; init; }

    /// <summary>Only sessions that were active since then, and only what happened since then; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Label of a project, or an absolute path at or above the sessions' directories; null for all.</summary>
    public string? Project { get; init; }

    /// <summary>Variables that name the agents' directories.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>True when the transcript is meant.</summary>
    public bool Covers(FoundTranscript transcript) =>
        (Since is not { } since || transcript.LastAt >= since) && (Project is not { } project || IsOf(transcript, project));

    private static bool IsOf(FoundTranscript transcript, string project) =>
        Path.IsPathFullyQualified(project)
            ? (transcript.Cwd.TrimEnd('/') + "/").StartsWith(project.TrimEnd('/') + "/", StringComparison.Ordinal)
            : string.Equals(transcript.Project, project, StringComparison.OrdinalIgnoreCase);
}
