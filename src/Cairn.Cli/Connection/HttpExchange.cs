using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cairn.Cli.Connection;

/// <summary>
/// One request and its answer, each over a connection of its own. So little of HTTP is all that the commands need; the
/// platform's client would make the program half as large again, and each hook pays for what it starts with.
/// </summary>
internal static class HttpExchange
{
    private const int MostBytes = 256 * 1024 * 1024;

    /// <summary>Does it.</summary>
    /// <param name="server">The daemon's socket, or a loopback address.</param>
    /// <param name="request">Method and target, e.g. <c>GET /health</c>.</param>
    /// <param name="json">The body; empty for none.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SocketException">Nobody listens, or the connection broke.</exception>
    /// <exception cref="IOException">The answer is no HTTP, or another user's process listens.</exception>
    public static async Task<HttpReply> SendAsync(EndPoint server, string request, ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        using var socket = server is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, ct);
        if (server is UnixDomainSocketEndPoint && PeerIdentity.IsSomeoneElse(socket))
        {
            throw new IOException("another user's process listens there");
        }

        var head = $"{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: application/json\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n";
        await SendAllAsync(socket, Encoding.ASCII.GetBytes(head), ct);
        await SendAllAsync(socket, json, ct);
        return await ReceiveAsync(socket, ct);
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, ct)..];
        }
    }

    private static async Task<HttpReply> ReceiveAsync(Socket socket, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (length < MostBytes)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
            length += read;
            if (HttpReply.Parse(buffer.AsMemory(0, length), closed: read == 0) is { } reply)
            {
                return reply;
            }

            if (read == 0)
            {
                break;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        throw new IOException("what came is no whole answer");
    }
}
