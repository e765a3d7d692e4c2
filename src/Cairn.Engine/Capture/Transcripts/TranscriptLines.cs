using System.Buffers;

namespace Cairn.Engine.Capture.Transcripts;

/// <summary>
/// The lines of a file that may be of any size, one at a time: in memory are at most one line and one read. A line longer than
/// <see cref="LongestLine"/> is passed over.
/// </summary>
internal sealed class TranscriptLines(Stream stream, long start) : ITranscriptPieces
{
    /// <summary>The longest line that is read, in bytes.</summary>
    public const int LongestLine = 32 * 1024 * 1024;

    private const int FirstBuffer = 256 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _from;
    private int _to;
    private bool _passingOver;

    /// <summary>Where the next line begins in the file.</summary>
    public long Offset { get; private set; } = start;

    /// <summary>Reads the next whole line; null at the end of the file. What stands after the last line break is left for later.</summary>
    public async ValueTask<TranscriptLine?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            var found = _buffer.AsSpan(_from, _to - _from).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = new TranscriptLine(_buffer.AsMemory(_from, found), Offset, _passingOver);
                Skip(found + 1);
                _passingOver = false;
                return line;
            }

            if (!await FillAsync(ct))
            {
                return null;
            }
        }
    }

    /// <summary>What stands after the last line break, for a file that grows no more.</summary>
    public TranscriptLine Rest() => new(_buffer.AsMemory(_from, _to - _from), Offset, _passingOver);

    /// <summary>Counts the rest as read.</summary>
    public void SkipRest() => Skip(_to - _from);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Skip(int bytes)
    {
        _from += bytes;
        Offset += bytes;
    }

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _buffer.Length)
        {
            MakeRoom();
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_to), ct);
        _to += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        if (_buffer.Length >= LongestLine)
        {
            // The beginning of the line is gone; its end is only looked for.
            _passingOver = true;
            Skip(_to);
            (_from, _to) = (0, 0);
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _to).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

/// <summary>What a transcript is made of, one piece after the other.</summary>
internal interface ITranscriptPieces : IDisposable
{
    /// <summary>Where the next piece begins in the file.</summary>
    long Offset { get; }

    /// <summary>The next whole piece; null at the end of the file.</summary>
    ValueTask<TranscriptLine?> NextAsync(CancellationToken ct);
}

/// <summary>One line.</summary>
/// <param name="Bytes">Without the line break; good until the next line is read.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="IsTooLong">True when these are only the last bytes of a line that was passed over.</param>
internal readonly record struct TranscriptLine(ReadOnlyMemory<byte> Bytes, long Offset, bool IsTooLong);
