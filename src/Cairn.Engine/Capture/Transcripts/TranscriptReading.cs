namespace Cairn.Engine.Capture.Transcripts;

/// <summary>What reading a transcript brought.</summary>
public sealed record TranscriptReading
{
    /// <summary>Nothing was read.</summary>
    public static readonly TranscriptReading Nothing = new();

    /// <summary>Why the file was left alone: stable words fit for a log; null when it was read.</summary>
    public string? Refusal { get; init; }

    /// <summary>Events that were not there before.</summary>
    public int Stored { get; init; }

    /// <summary>Events that were there already.</summary>
    public int Known { get; init; }

    /// <summary>Events that people do not want kept.</summary>
    public int Excluded { get; init; }

    /// <summary>Bytes that were read.</summary>
    public long Bytes { get; init; }

    /// <summary>False when a limit ended it before the end of the file.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Lines that are not understood, by name.</summary>
    public IReadOnlyDictionary<string, int> Unknown { get; init; } = new Dictionary<string, int>();
}

/// <summary>How a transcript is to be read.</summary>
internal sealed record TranscriptRequest
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The directories below which it must lie.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>What the person allows in its session.</summary>
    public required CaptureRules Rules { get; init; }

    /// <summary>True when the file grows no more: its last text closed its turn.</summary>
    public required bool AtRest { get; init; }

    /// <summary>Events before this time are left out; null for none.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Most bytes that are read.</summary>
    public long ByteLimit { get; init; } = long.MaxValue;

    /// <summary>Called after each group of events: lets more urgent work go first.</summary>
    public Func<CancellationToken, Task> GiveWay { get; init; } = _ => Task.CompletedTask;
}
