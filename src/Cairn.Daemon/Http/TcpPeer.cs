using System.Globalization;
using System.Net;
using Cairn.Core.Hosting;
using Microsoft.AspNetCore.Connections.Features;

namespace Cairn.Daemon.Http;

/// <summary>
/// Whose program is at the other end of a loopback connection, where the system can tell: on Linux, from the table of its
/// connections. Asked once for each connection.
/// </summary>
internal static class TcpPeer
{
    private const string Table = "/proc/net/tcp";

    /// <summary>True when the other end is known to belong to another user, the administrator excepted.</summary>
    public static bool IsAnotherUsers(HttpContext context)
    {
        if (!OperatingSystem.IsLinux() || context.Connection.RemoteIpAddress is not { } address)
        {
            return false;
        }

        var known = context.Features.Get<IConnectionItemsFeature>()?.Items;
        if (known is not null && known.TryGetValue(typeof(TcpPeer), out var found))
        {
            return found is true;
        }

        var user = UserOf(
            ReadTable(), new IPEndPoint(address, context.Connection.RemotePort),
            new IPEndPoint(context.Connection.LocalIpAddress!, context.Connection.LocalPort));
        var another = user is { } id && id != 0 && id != CairnPaths.UserId;
        known?.Add(typeof(TcpPeer), another);
        return another;
    }

    /// <summary>The user who owns the socket at <paramref name="near"/> that is connected to <paramref name="far"/>; null when the table does not have it.</summary>
    /// <param name="table">Lines as <c>/proc/net/tcp</c> has them (proc(5)): number, local and remote address in hexadecimal, state, queues, timer, retransmits, user.</param>
    /// <param name="near">The peer's own end.</param>
    /// <param name="far">Our end.</param>
    public static uint? UserOf(IEnumerable<string> table, IPEndPoint near, IPEndPoint far)
    {
        var (mine, theirs) = (Hexadecimal(near), Hexadecimal(far));
        foreach (var line in table)
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 7 && columns[1] == mine && columns[2] == theirs
                && uint.TryParse(columns[7], NumberStyles.None, CultureInfo.InvariantCulture, out var user))
            {
                return user;
            }
        }

        return null;
    }

    private static string[] ReadTable()
    {
        try
        {
            return File.ReadAllLines(Table);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // The address as the machine's number, its lowest byte first.
    private static string Hexadecimal(IPEndPoint end)
    {
        var address = end.Address.MapToIPv4().GetAddressBytes();
        return string.Create(
            CultureInfo.InvariantCulture, $"{address[3]:X2}{address[2]:X2}{address[1]:X2}{address[0]:X2}:{end.Port:X4}");
    }
}
