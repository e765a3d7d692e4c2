using System.Text;
using Cairn.Cli.Connection;
using Cairn.Core.Wire;

namespace Cairn.Cli.Hooks;

/// <summary>One payload on its way to the daemon. Plain blocking calls on one socket: nothing here starts a thread.</summary>
internal sealed class HookPost(string route, string environment, long observedAtMs, ReadOnlyMemory<byte> payload)
{
    /// <summary>Sends it and waits for the answer.</summary>
    /// <param name="socketFile">The daemon's Unix socket.</param>
    /// <param name="connected">When to give up waiting for the connection.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="reply">The answer; null when there was none in time.</param>
    /// <returns>False when nobody listens.</returns>
    public bool TrySend(string socketFile, Deadline connected, Deadline deadline, out HttpReply? reply)
    {
        reply = null;
        if (!File.Exists(socketFile))
        {
            return false;
        }

        using IHookConnection connection = OperatingSystem.IsLinux() && Environment.Is64BitProcess ? new LinuxConnection() : new PortableConnection();
        switch (connection.Connect(socketFile, connected))
        {
            case ConnectOutcome.NobodyListens:
                return false;
            case ConnectOutcome.TimedOut:
                return true;
        }

        // It may refuse before it has read everything: then its answer is there although it hung up.
        _ = connection.Send(Head(), deadline) && connection.Send(payload.Span, deadline);
        reply = Receive(connection, deadline);
        return true;
    }

    private byte[] Head()
    {
        var head = new StringBuilder(512)
            .Append("POST ").Append(route).Append(" HTTP/1.1\r\n")
            .Append("Host: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n")
            .Append("Content-Length: ").Append(payload.Length).Append("\r\n")
            .Append(Routes.ObservedAtHeader).Append(": ").Append(observedAtMs).Append("\r\n");
        if (environment.Length > 0)
        {
            head.Append(Routes.EnvironmentHeader).Append(": ").Append(environment).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private static HttpReply? Receive(IHookConnection connection, Deadline deadline)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (!deadline.IsOver)
        {
            var read = connection.Receive(buffer.AsSpan(length), deadline);
            length += Math.Max(0, read);
            if (HttpReply.Parse(buffer.AsMemory(0, length), closed: read == 0) is { } reply)
            {
                return reply;
            }

            if (read <= 0)
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
