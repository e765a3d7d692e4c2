using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cairn.Core.Hosting;

namespace Cairn.Daemon.Hosting;

/// <summary>Where the daemon answers: its socket, and a loopback port.</summary>
internal sealed class ListeningPoint(CairnPaths paths, int wantedPort, TimeProvider time)
{
    /// <summary>When the daemon started.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>The data directory.</summary>
    public CairnPaths Paths => paths;

    /// <summary>The port that it should answer on.</summary>
    public int WantedPort { get; } = wantedPort == 0 ? CairnPaths.DefaultPort : wantedPort;

    /// <summary>The port that it really answers on.</summary>
    public int Port { get; private set; }

    /// <summary>Finds a port and makes the way free for the socket. Only who holds the instance lock may call it.</summary>
    public void Prepare()
    {
        if (paths.SocketFile.StartsWith(CairnPaths.ShortSocketDirectory, StringComparison.Ordinal))
        {
            PrivateFiles.MakeDirectory(CairnPaths.ShortSocketDirectory);
        }

        File.Delete(paths.SocketFile);
        Port = IsFree(WantedPort) ? WantedPort : FreePort();
    }

    /// <summary>Tells clients how to reach the daemon; called when it answers.</summary>
    public void Announce()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(paths.SocketFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var process = Process.GetCurrentProcess();
        PrivateFiles.Write(paths.DiscoveryFile, new DaemonInfo
        {
            Pid = Environment.ProcessId,
            ProcessStartedAtMs = new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds(),
            Port = Port,
            WantedPort = WantedPort,
            Socket = paths.SocketFile,
            Version = ProductVersion.Current,
            Protocol = DaemonInfo.CurrentProtocol,
        }.ToUtf8());
    }

    /// <summary>Takes the announcement back; called when the daemon stops.</summary>
    public void Withdraw()
    {
        File.Delete(paths.DiscoveryFile);
        File.Delete(paths.SocketFile);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
