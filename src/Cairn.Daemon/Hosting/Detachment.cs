using System.Runtime.InteropServices;

namespace Cairn.Daemon.Hosting;

/// <summary>Leaves the terminal, the session and the pipes of the process that started the daemon: nobody waits for it, and closing a terminal does not end it.</summary>
internal static partial class Detachment
{
    private const int ReadWrite = 2;

    /// <summary>Does it; on Windows there is nothing to leave.</summary>
    public static void Leave()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _ = SetSessionId();
        var nowhere = OpenFile("/dev/null", ReadWrite);
        for (var descriptor = 0; nowhere >= 0 && descriptor <= 2; descriptor++)
        {
            _ = Duplicate(nowhere, descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSessionId();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);
}
