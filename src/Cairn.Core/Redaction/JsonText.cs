using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cairn.Core.Redaction;

/// <summary>Reads JSON strings that the platform refuses: those with half a surrogate pair, as agents write them when they cut text.</summary>
internal static class JsonText
{
    private const char Unreadable = '\uFFFD';

    /// <summary>
    /// Decodes the inside of a JSON string. Halves of pairs and bytes that are no UTF-8 become U+FFFD.
    /// <paramref name="buffer"/> must be at least as long as <paramref name="raw"/>.
    /// </summary>
    /// <returns>How many characters were written.</returns>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<char> buffer)
    {
        var length = 0;
        while (!raw.IsEmpty)
        {
            if (raw[0] != '\\')
            {
                Rune.DecodeFromUtf8(raw, out var rune, out var consumed);
                length += rune.EncodeToUtf16(buffer[length..]);
                raw = raw[consumed..];
                continue;
            }

            buffer[length++] = ReadEscape(raw, out var used);
            raw = raw[used..];
        }

        RepairPairs(buffer[..length]);
        return length;
    }

    private static char ReadEscape(ReadOnlySpan<byte> raw, out int used)
    {
        used = Math.Min(2, raw.Length);
        if (raw.Length < 2)
        {
            return Unreadable;
        }

        if (raw[1] == 'u' && raw.Length >= 6 && ushort.TryParse(raw[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            used = 6;
            return (char)unit;
        }

        return (char)raw[1] switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            'u' => Unreadable,
            var other => other,
        };
    }

    private static void RepairPairs(Span<char> text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var consumed) != OperationStatus.Done)
            {
                text[at] = Unreadable;
            }

            at += consumed;
        }
    }
}
