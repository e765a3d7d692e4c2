using System.Net.Sockets;
using System.Text;
using Cairn.Cli.Connection;
using Cairn.Core.Wire;

namespace Cairn.Cli.Hooks;

/// <summary>One payload on its way to the daemon. Plain blocking calls on one socket: nothing here starts a thread.</summary>
internal sealed class HookPost(string agent, string environment, long observedAtMs, ReadOnlyMemory<byte> payload)
{
    /// <summary>Sends it and waits for the answer.</summary>
    /// <param name="socketFile">The daemon's Unix socket.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="reply">The answer; null when there was none in time.</param>
    /// <returns>False when nobody listens.</returns>
    public bool TrySend(string socketFile, Deadline deadline, out HttpReply? reply)
    {
        reply = null;
        if (!File.Exists(socketFile))
        {
            return false;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = Math.Max(1, deadline.RemainingMs);
            socket.Connect(new UnixDomainSocketEndPoint(socketFile));
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return true;
        }
        catch (SocketException)
        {
            return false;
        }

        if (PeerIdentity.IsSomeoneElse(socket))
        {
            return false;
        }

        try
        {
            Send(socket, Head(), deadline);
            Send(socket, payload.Span, deadline);
        }
        catch (SocketException)
        {
            // It may have refused before it read everything: its answer is worth more than the error.
        }

        reply = Receive(socket, deadline);
        return true;
    }

    private byte[] Head()
    {
        var head = new StringBuilder(512)
            .Append("POST ").Append(Routes.Hook.Replace("{agent}", agent, StringComparison.Ordinal)).Append(" HTTP/1.1\r\n")
            .Append("Host: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n")
            .Append("Content-Length: ").Append(payload.Length).Append("\r\n")
            .Append(Routes.ObservedAtHeader).Append(": ").Append(observedAtMs).Append("\r\n");
        if (environment.Length > 0)
        {
            head.Append(Routes.EnvironmentHeader).Append(": ").Append(environment).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private static void Send(Socket socket, ReadOnlySpan<byte> bytes, Deadline deadline)
    {
        while (!bytes.IsEmpty && !deadline.IsOver)
        {
            socket.SendTimeout = Math.Max(1, deadline.RemainingMs);
            bytes = bytes[socket.Send(bytes)..];
        }
    }

    private static HttpReply? Receive(Socket socket, Deadline deadline)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (!deadline.IsOver)
        {
            int read;
            try
            {
                socket.ReceiveTimeout = Math.Max(1, deadline.RemainingMs);
                read = socket.Receive(buffer.AsSpan(length));
            }
            catch (SocketException)
            {
                return null;
            }

            length += read;
            if (HttpReply.Parse(buffer.AsMemory(0, length), closed: read == 0) is { } reply)
            {
                return reply;
            }

            if (read == 0)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        return null;
    }
}
