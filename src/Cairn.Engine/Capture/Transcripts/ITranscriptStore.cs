namespace Cairn.Engine.Capture.Transcripts;

/// <summary>Remembers how far transcripts were read.</summary>
internal interface ITranscriptStore
{
    /// <summary>How far a file was read; null when it was not.</summary>
    /// <param name="path">Its real path.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<TranscriptCursor?> FindAsync(string path, CancellationToken ct);

    /// <summary>Every directory that a session was in or that is a project.</summary>
    Task<IReadOnlyList<string>> ListDirectoriesAsync(CancellationToken ct);

    /// <summary>
    /// Remembers how far a file was read, lets observers work on what was new in it, and ends the sessions that it ends, in one
    /// transaction.
    /// </summary>
    /// <param name="cursor">How far it was read.</param>
    /// <param name="sessions">Row ids of the sessions that it added events to.</param>
    /// <param name="endedAt">When those sessions ended, where the file grows no more; null leaves them open.</param>
    /// <param name="ct">Ends the wait.</param>
    Task SaveAsync(TranscriptCursor cursor, IReadOnlyCollection<long> sessions, DateTimeOffset? endedAt, CancellationToken ct);
}

/// <summary>How far a transcript was read.</summary>
internal sealed record TranscriptCursor
{
    /// <summary>Real path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the agent.</summary>
    public required string Agent { get; init; }

    /// <summary>Version of the reader.</summary>
    public required int Reader { get; init; }

    /// <summary>The file's disk.</summary>
    public required long Device { get; init; }

    /// <summary>The file's number on it.</summary>
    public required long Inode { get; init; }

    /// <summary>Bytes of the file when it was read.</summary>
    public required long Length { get; init; }

    /// <summary>When it had been written to last, UTC.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Bytes that need not be read again.</summary>
    public required long ReadBytes { get; init; }

    /// <summary>Bytes of the head that <see cref="CheckHash"/> covers.</summary>
    public required int HeadBytes { get; init; }

    /// <summary>Tells whether the file only grew since.</summary>
    public required string CheckHash { get; init; }

    /// <summary>What the reader has to know to go on.</summary>
    public required string State { get; init; }

    /// <summary>Lines that are not understood, by name.</summary>
    public required IReadOnlyDictionary<string, int> Unknown { get; init; }

    /// <summary>When it was read, UTC.</summary>
    public required DateTimeOffset ReadAt { get; init; }
}
