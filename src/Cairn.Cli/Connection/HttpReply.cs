using System.Buffers.Text;
using System.Text;

namespace Cairn.Cli.Connection;

/// <summary>An answer in HTTP/1.1.</summary>
internal sealed record HttpReply
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The daemon's version; null when it did not say.</summary>
    public required string? Version { get; init; }

    /// <summary>What it says.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True when the event is safe with the daemon, or refused for good: sending it again would change nothing.</summary>
    public bool IsFinal => Status is >= 200 and < 500;

    /// <summary>Reads an HTTP/1.1 answer; null while it is not complete.</summary>
    /// <param name="received">All bytes so far.</param>
    /// <param name="closed">True when no more will come.</param>
    public static HttpReply? Parse(ReadOnlyMemory<byte> received, bool closed)
    {
        var bytes = received.Span;
        var headEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0 || !bytes.StartsWith("HTTP/1."u8) || !Utf8Parser.TryParse(bytes[9..], out int status, out _))
        {
            return null;
        }

        var head = bytes[..(headEnd + 2)];
        var body = received[(headEnd + 4)..];
        ReadOnlyMemory<byte>? whole;
        if (Header(head, "content-length"u8) is { IsEmpty: false } text && Utf8Parser.TryParse(text, out int length, out _))
        {
            whole = body.Length >= length ? body[..length] : null;
        }
        else if (Header(head, "transfer-encoding"u8).EndsWith("chunked"u8))
        {
            whole = Unchunk(body.Span);
        }
        else
        {
            whole = closed ? body : null;
        }

        return whole is { } content
            ? new() { Status = status, Version = VersionOf(head), Body = content }
            : null;
    }

    private static string? VersionOf(ReadOnlySpan<byte> head) =>
        Header(head, "cairn-version"u8) is { IsEmpty: false } value ? Encoding.ASCII.GetString(value) : null;

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (head.IndexOf("\r\n"u8) is >= 0 and var end)
        {
            var line = head[..end];
            head = head[(end + 2)..];
            if (line.Length > name.Length && line[name.Length] == ':' && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[(name.Length + 1)..].Trim((byte)' ');
            }
        }

        return default;
    }

    private static ReadOnlyMemory<byte>? Unchunk(ReadOnlySpan<byte> body)
    {
        using var whole = new MemoryStream();
        while (body.IndexOf("\r\n"u8) is > 0 and var lineEnd
            && Utf8Parser.TryParse(body[..lineEnd], out int size, out _, 'x')
            && size >= 0
            && body.Length - lineEnd - 4 >= size)
        {
            if (size == 0)
            {
                return whole.ToArray();
            }

            whole.Write(body.Slice(lineEnd + 2, size));
            body = body[(lineEnd + 2 + size + 2)..];
        }

        return null;
    }
}
