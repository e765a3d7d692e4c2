using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cairn.Core.Files;
using Cairn.Core.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Cairn.Daemon.Hosting;

/// <summary>Where the daemon answers: its socket, and a loopback port.</summary>
internal sealed class ListeningPoint(CairnPaths paths, int wantedPort, int secondPort, TimeProvider time)
{
    private Socket? _listener;
    private Socket? _second;

    /// <summary>When the daemon started.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>The data directory.</summary>
    public CairnPaths Paths => paths;

    /// <summary>The port that it should answer on.</summary>
    public int WantedPort { get; } = wantedPort == 0 ? CairnPaths.DefaultPort : wantedPort;

    /// <summary>The port that it really answers on.</summary>
    public int Port { get; private set; }

    /// <summary>The second port that was asked for; 0 for none.</summary>
    public int WantedSecondPort { get; } = secondPort;

    /// <summary>The second port that it really answers on; 0 for none.</summary>
    public int SecondPort { get; private set; }

    /// <summary>Finds a port and makes the way free for the socket. Only who holds the instance lock may call it.</summary>
    public void Prepare()
    {
        if (paths.SocketFile.StartsWith(CairnPaths.ShortSocketDirectory, StringComparison.Ordinal))
        {
            SafeFile.EnsurePrivateDirectory(CairnPaths.ShortSocketDirectory);
        }

        File.Delete(paths.SocketFile);
        _listener = BindOrFree(WantedPort);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _second = WantedSecondPort == 0 || WantedSecondPort == Port ? null : BindOrNone(WantedSecondPort);
        SecondPort = _second is null ? 0 : WantedSecondPort;
    }

    /// <summary>The listening socket of an address of ours: the port's was taken in <see cref="Prepare"/>, so that nobody can take it meanwhile.</summary>
    public Socket ListenerOf(EndPoint address) =>
        address is IPEndPoint tcp ? (tcp.Port == Port ? _listener : _second)! : SocketTransportOptions.CreateDefaultBoundListenSocket(address);

    /// <summary>Tells clients how to reach the daemon; called when it answers.</summary>
    public void Announce()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(paths.SocketFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var process = Process.GetCurrentProcess();
        SafeFile.WriteAtomically(paths.DiscoveryFile, new DaemonInfo
        {
            Pid = Environment.ProcessId,
            ProcessStartedAtMs = new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds(),
            Port = Port,
            WantedPort = WantedPort,
            Socket = paths.SocketFile,
            Version = ProductVersion.Current,
            Protocol = DaemonInfo.CurrentProtocol,
        }.ToUtf8(), SafeFile.OwnerOnlyFile);
    }

    /// <summary>Takes the announcement back; called when the daemon stops.</summary>
    public void Withdraw()
    {
        File.Delete(paths.DiscoveryFile);
        File.Delete(paths.SocketFile);
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            // Bound is not enough: that another program listens shows only now.
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket? BindOrNone(int port)
    {
        try
        {
            return Bind(port);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static Socket BindOrFree(int port)
    {
        try
        {
            return Bind(port);
        }
        catch (SocketException)
        {
            return Bind(0);
        }
    }
}
