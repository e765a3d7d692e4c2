using System.Net.Sockets;
using Cairn.Core.Files;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Connection;

/// <summary>Starts the daemon in the background.</summary>
internal sealed class DaemonLauncher(CairnPaths paths, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Starts it without waiting; a second one ends by itself where one runs. Not again within two seconds: the hooks that
    /// an agent runs at once need one daemon, and one that cannot start must not cost a process for each of them.
    /// </summary>
    /// <param name="insist">True to start it however recent the last attempt is.</param>
    /// <returns>False when its program is not there or the system refuses.</returns>
    public bool TryStart(bool insist)
    {
        CairnHome.Create(paths);
        if (!insist && time.GetUtcNow() - File.GetLastWriteTimeUtc(paths.StartedFile) < BetweenStarts)
        {
            return true;
        }

        if (DaemonProgram.Find(environment) is not { } program)
        {
            return false;
        }

        SafeFile.WriteAtomically(paths.StartedFile, [], SafeFile.OwnerOnlyFile);
        return DetachedProcess.TryStart(
            program, [.. DaemonProgram.Arguments(paths), "--detach"], DaemonProgram.MinimalEnvironment(environment));
    }

    /// <summary>Waits until the daemon listens. Blocks; for the hook, which has nothing else to do.</summary>
    /// <returns>False when it does not listen after <paramref name="milliseconds"/>.</returns>
    public bool WaitUntilListening(int milliseconds)
    {
        using var never = new ManualResetEventSlim();
        var start = time.GetTimestamp();
        do
        {
            if (IsListening())
            {
                return true;
            }

            never.Wait(Poll, CancellationToken.None);
        }
        while (time.GetElapsedTime(start).TotalMilliseconds < milliseconds);

        return false;
    }

    /// <summary>True when something accepts connections at the socket.</summary>
    public bool IsListening()
    {
        if (!File.Exists(paths.SocketFile))
        {
            return false;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.SendTimeout = 100;
            socket.Connect(new UnixDomainSocketEndPoint(paths.SocketFile));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
