namespace Cairn.Engine.Capture.Transcripts;

/// <summary>Where a backfill stands.</summary>
public enum BackfillState
{
    /// <summary>There was none since the daemon started.</summary>
    Idle = 0,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>Everything that was found was read.</summary>
    Done,

    /// <summary>It was stopped; run again, it goes on.</summary>
    Stopped,

    /// <summary>It ended by a problem; run again, it goes on.</summary>
    Failed,
}

/// <summary>How far a backfill is.</summary>
public sealed record BackfillProgress
{
    /// <summary>Where it stands.</summary>
    public BackfillState State { get; init; }

    /// <summary>When it was started, UTC; null when there was none.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed, fit to show; null when it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>Sessions that were found.</summary>
    public int Sessions { get; init; }

    /// <summary>Files that were found.</summary>
    public int Files { get; init; }

    /// <summary>Files that were read.</summary>
    public int FilesDone { get; init; }

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes of the files that were read.</summary>
    public long BytesDone { get; init; }

    /// <summary>New events.</summary>
    public long Stored { get; init; }

    /// <summary>Events that were there already.</summary>
    public long Known { get; init; }

    /// <summary>Events that people do not want kept.</summary>
    public long Excluded { get; init; }

    /// <summary>Files that may not be read, or are paused.</summary>
    public int LeftAlone { get; init; }

    /// <summary>Lines and parts that are not understood, by agent and name.</summary>
    public IReadOnlyDictionary<string, int> Unknown { get; init; } = new Dictionary<string, int>();
}
