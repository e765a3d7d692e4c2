using System.Text.Json;
using Cairn.Core;
using Cairn.Core.Hosting;
using Cairn.Engine.Agents;

namespace Cairn.Engine.Capture.Transcripts;

/// <summary>One reading of one transcript, while it goes on.</summary>
internal sealed class TranscriptRun(
    TranscriptFile file, ITranscriptFormat format, TranscriptParser parser, ITranscriptPieces pieces, TranscriptRequest request, TranscriptCursor? before, string home)
{
    // A file of which so many lines in a row mean nothing is no transcript.
    private const int JunkLimit = 200;

    private readonly HashSet<long> _sessions = [];
    private readonly long _start = before?.ReadBytes ?? 0;
    private int _junk;
    private int _stored;
    private int _known;
    private int _excluded;

    public TranscriptFile File => file;

    public ITranscriptFormat Format => format;

    public TranscriptParser Parser => parser;

    public ITranscriptPieces Pieces => pieces;

    public TranscriptRequest Request => request;

    /// <summary>Events that wait to be stored.</summary>
    public List<CaptureInput> Happened { get; } = [];

    /// <summary>Sessions that have events in the file.</summary>
    public IReadOnlyCollection<long> Sessions => _sessions;

    public long BytesRead => pieces.Offset - _start;

    /// <summary>Lines that are not understood, earlier readings included.</summary>
    public IReadOnlyDictionary<string, int> Unknown
    {
        get
        {
            var all = new Dictionary<string, int>(before?.Unknown ?? new Dictionary<string, int>(), StringComparer.Ordinal);
            foreach (var (name, count) in parser.Unknown)
            {
                all[name] = all.GetValueOrDefault(name) + count;
            }

            return all;
        }
    }

    public TranscriptReading Reading => new()
    {
        Stored = _stored,
        Known = _known,
        Excluded = _excluded,
        Bytes = BytesRead,
        Unknown = Unknown,
    };

    /// <summary>Reads one line; false when the rest is not worth reading.</summary>
    public bool Take(TranscriptLine line)
    {
        if (line.IsTooLong)
        {
            parser.Count("too long");
            return true;
        }

        var understood = parser.Understood;
        if (!line.Bytes.Span.Trim(" \r\t"u8).IsEmpty)
        {
            parser.Take(line.Bytes, line.Offset, Happened);
            _junk = parser.Understood > understood ? 0 : _junk + 1;
        }

        return _junk < JunkLimit;
    }

    /// <summary>Reads the last line of a file that grows no more, where no line break ends it.</summary>
    public void TakeRest()
    {
        if (pieces is TranscriptLines lines && lines.Rest() is { IsTooLong: false, Bytes: { IsEmpty: false } rest } line && IsWhole(rest))
        {
            Take(line);
            lines.SkipRest();
        }
    }

    /// <summary>True for what may be kept of it at all.</summary>
    public bool IsWanted(CaptureInput input)
    {
        if (!parser.State.Internal && InternalSession.Is(input.Cwd, input.Kind == EventKind.Prompt ? input.Text ?? "" : "", home))
        {
            parser.LeaveAlone();
        }

        return !parser.State.Internal && (request.Since is not { } since || input.At is not { } at || at >= since);
    }

    /// <summary>The event with the file that tells of its session.</summary>
    public CaptureInput Located(CaptureInput input) => parser.State.SubagentId is null ? input with { TranscriptPath = file.Path } : input;

    /// <summary>Counts what became of events.</summary>
    public void Count(IEnumerable<CaptureOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            switch (outcome)
            {
                case CaptureOutcome.Stored stored:
                    _stored++;
                    _sessions.Add(stored.Session.Id);
                    break;
                case CaptureOutcome.Duplicate known:
                    _known++;
                    _sessions.Add(known.Session.Id);
                    break;
                default:
                    _excluded++;
                    break;
            }
        }
    }

    /// <summary>How much need not be read again. What is held is, unless that would keep the reading where it is.</summary>
    public long ReadBytes(bool ended) =>
        ended || parser.HeldFrom is not { } held || (held <= _start && BytesRead > request.ByteLimit) ? pieces.Offset : held;

    private static bool IsWhole(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
