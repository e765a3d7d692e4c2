using System.Runtime.InteropServices;
using System.Text;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Hooks;

/// <summary>
/// The C library's own calls. The platform's socket starts a thread of its own before it connects, and brings a great deal
/// of code along: together a third of what a hook takes, and more where that code has to be compiled first.
/// </summary>
internal sealed partial class LinuxConnection : IHookConnection
{
    private const ushort Unix = 1;
    private const int Stream = 1;
    private const int CloseOnExec = 0x80000;
    private const int NoSignal = 0x4000;
    private const int SocketLevel = 1;
    private const int SendTimeout = 21;
    private const int ReceiveTimeout = 20;
    private const int PeerCredentials = 17;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int LongestPath = 107;

    private readonly int _socket = Socket(Unix, Stream | CloseOnExec, 0);

    public ConnectOutcome Connect(string socketFile, Deadline deadline)
    {
        // struct sockaddr_un: the family, then the path with a NUL.
        Span<byte> address = stackalloc byte[sizeof(ushort) + LongestPath + 1];
        address.Clear();
        MemoryMarshal.Write(address, Unix);
        if (_socket < 0 || Encoding.UTF8.GetByteCount(socketFile) > LongestPath)
        {
            return ConnectOutcome.NobodyListens;
        }

        Encoding.UTF8.GetBytes(socketFile, address[sizeof(ushort)..]);
        Limit(SendTimeout, deadline);
        if (Connect(_socket, address, address.Length) != 0)
        {
            return Marshal.GetLastPInvokeError() is TryAgain or Interrupted ? ConnectOutcome.TimedOut : ConnectOutcome.NobodyListens;
        }

        return IsSomeoneElse() ? ConnectOutcome.NobodyListens : ConnectOutcome.Connected;
    }

    public bool Send(ReadOnlySpan<byte> bytes, Deadline deadline)
    {
        Limit(SendTimeout, deadline);
        while (!bytes.IsEmpty)
        {
            var sent = Send(_socket, bytes, bytes.Length, NoSignal);
            if (sent >= 0)
            {
                bytes = bytes[(int)sent..];
            }
            else if (Marshal.GetLastPInvokeError() != Interrupted || deadline.IsOver)
            {
                return false;
            }
        }

        return true;
    }

    public int Receive(Span<byte> buffer, Deadline deadline)
    {
        Limit(ReceiveTimeout, deadline);
        while (true)
        {
            var read = Receive(_socket, buffer, buffer.Length, 0);
            if (read >= 0)
            {
                return (int)read;
            }

            if (Marshal.GetLastPInvokeError() != Interrupted || deadline.IsOver)
            {
                return -1;
            }
        }
    }

    public void Dispose() => _ = Close(_socket);

    // Neither this user nor the administrator: whatever the directory's mode, what people wrote goes to nobody else.
    private bool IsSomeoneElse()
    {
        // struct ucred: process, user, group; 32 bits each.
        Span<byte> credentials = stackalloc byte[12];
        var length = credentials.Length;
        return GetOption(_socket, SocketLevel, PeerCredentials, credentials, ref length) == 0
            && MemoryMarshal.Read<uint>(credentials[4..]) is not 0 and var user
            && user != CairnPaths.UserId;
    }

    private void Limit(int option, Deadline deadline)
    {
        // struct timeval; zero would mean no limit.
        var milliseconds = Math.Max(1, deadline.RemainingMs);
        ReadOnlySpan<long> time = [milliseconds / 1_000, milliseconds % 1_000 * 1_000];
        _ = SetOption(_socket, SocketLevel, option, MemoryMarshal.AsBytes(time), sizeof(long) * 2);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int socket, ReadOnlySpan<byte> address, int length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, ReadOnlySpan<byte> bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, Span<byte> bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(int socket, int level, int option, Span<byte> value, ref int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int option, ReadOnlySpan<byte> value, int length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int socket);
}
