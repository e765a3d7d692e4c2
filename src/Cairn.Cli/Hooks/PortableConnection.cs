using System.Net.Sockets;

namespace Cairn.Cli.Hooks;

/// <summary>The platform's socket; for systems on which the C library's calls were not tried.</summary>
internal sealed class PortableConnection : IHookConnection
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public ConnectOutcome Connect(string socketFile, Deadline deadline)
    {
        try
        {
            _socket.SendTimeout = Math.Max(1, deadline.RemainingMs);
            _socket.Connect(new UnixDomainSocketEndPoint(socketFile));
            return ConnectOutcome.Connected;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock ? ConnectOutcome.TimedOut : ConnectOutcome.NobodyListens;
        }
    }

    public bool Send(ReadOnlySpan<byte> bytes, Deadline deadline)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                _socket.SendTimeout = Math.Max(1, deadline.RemainingMs);
                bytes = bytes[_socket.Send(bytes)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public int Receive(Span<byte> buffer, Deadline deadline)
    {
        try
        {
            _socket.ReceiveTimeout = Math.Max(1, deadline.RemainingMs);
            return _socket.Receive(buffer);
        }
        catch (SocketException)
        {
            return -1;
        }
    }

    public void Dispose() => _socket.Dispose();
}
