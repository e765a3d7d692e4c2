using System.Net.Sockets;
using System.Runtime.InteropServices;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Connection;

/// <summary>Which user's process listens at a Unix socket.</summary>
internal static class PeerIdentity
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>
    /// True when the system can tell and it is neither this user nor the administrator: whatever the directory's mode,
    /// what people wrote goes to nobody else. Only Linux can tell in this way.
    /// </summary>
    public static bool IsSomeoneElse(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        // struct ucred: process, user, group; 32 bits each.
        Span<byte> credentials = stackalloc byte[12];
        return socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == credentials.Length
            && MemoryMarshal.Read<uint>(credentials[4..]) is not 0 and var user
            && user != CairnPaths.UserId;
    }
}
