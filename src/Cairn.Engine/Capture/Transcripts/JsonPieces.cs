using System.Buffers;

namespace Cairn.Engine.Capture.Transcripts;

/// <summary>
/// Takes one JSON object of any size apart while it is read: each element of an array in it is a piece, and each other property
/// is one as an object of its own. In memory are at most one piece and one read. Says nothing about whether a piece is valid.
/// </summary>
internal sealed class JsonPieces(Stream stream) : ITranscriptPieces
{
    private readonly byte[] _read = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private readonly ArrayBufferWriter<byte> _piece = new(4096);
    private int _from;
    private int _to;
    private int _depth;
    private bool _inString;
    private bool _escaped;
    private bool _inArray;
    private bool _tooLong;
    private long _begin;

    public long Offset { get; private set; }

    public async ValueTask<TranscriptLine?> NextAsync(CancellationToken ct)
    {
        Begin();
        while (true)
        {
            while (_from < _to)
            {
                Offset++;
                if (Take(_read[_from++]))
                {
                    return new TranscriptLine(_piece.WrittenMemory, _begin, _tooLong);
                }
            }

            _from = 0;
            _to = await stream.ReadAsync(_read, ct);
            if (_to == 0)
            {
                return null;
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_read);

    private void Begin()
    {
        _piece.ResetWrittenCount();
        (_begin, _tooLong) = (Offset, false);
    }

    // Returns true when the byte ended a piece.
    private bool Take(byte value)
    {
        if (_inString)
        {
            Keep(value);
            (_inString, _escaped) = (_escaped || value != '"', !_escaped && value == '\\');
            return false;
        }

        switch (value)
        {
            case (byte)'"':
                _inString = true;
                Keep(value);
                return false;
            case (byte)'{' or (byte)'[':
                return Open(value);
            case (byte)'}' or (byte)']':
                return Shut(value);
            case (byte)',' when _depth == (_inArray ? 2 : 1):
                return Complete();
            case (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t':
                return false;
            default:
                Keep(value);
                return false;
        }
    }

    private bool Open(byte value)
    {
        _depth++;
        if (_depth == 2 && value == '[' && !_inArray)
        {
            // The array's own name is dropped: its elements are the pieces.
            _inArray = true;
            Begin();
        }
        else if (_depth > 1)
        {
            Keep(value);
        }

        return false;
    }

    private bool Shut(byte value)
    {
        _depth--;
        if (_depth == 1 && _inArray && value == ']')
        {
            var ended = Complete();
            _inArray = false;
            return ended;
        }

        if (_depth == 0)
        {
            return Complete();
        }

        Keep(value);
        return false;
    }

    private bool Complete()
    {
        if (_piece.WrittenCount == 0)
        {
            return false;
        }

        if (!_inArray)
        {
            var text = _piece.WrittenSpan.ToArray();
            _piece.ResetWrittenCount();
            _piece.Write("{"u8);
            _piece.Write(text);
            _piece.Write("}"u8);
        }

        return true;
    }

    private void Keep(byte value)
    {
        if (_piece.WrittenCount >= TranscriptLines.LongestLine)
        {
            _tooLong = true;
            return;
        }

        _piece.GetSpan(1)[0] = value;
        _piece.Advance(1);
    }
}
