using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cairn.Cli.Connection;

/// <summary>
/// A process that outlives this one: in a session of its own, so that no signal to this one's group reaches it, and with
/// nothing of this one's input and output, which an agent may be waiting to see closed.
/// </summary>
internal static partial class DetachedProcess
{
    private const short NewSessionOnLinux = 0x80;
    private const short NewSessionOnMac = 0x400;
    private const int ReadWrite = 2;

    // The C library's two opaque structures are 80 and 336 bytes with glibc, less elsewhere.
    private const int OpaqueBytes = 1024;

    /// <summary>Starts it.</summary>
    /// <returns>False when the system refuses.</returns>
    public static bool TryStart(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        OperatingSystem.IsWindows() ? TryStartWindows(program, arguments, environment) : TrySpawn(program, arguments, environment);

    private static bool TrySpawn(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var argv = ToNative([program, .. arguments]);
        var envp = ToNative([.. environment.Select(variable => $"{variable.Key}={variable.Value}")]);
        var actions = Marshal.AllocHGlobal(OpaqueBytes);
        var attributes = Marshal.AllocHGlobal(OpaqueBytes);
        try
        {
            _ = InitActions(actions);
            _ = InitAttributes(attributes);
            for (var handle = 0; handle <= 2; handle++)
            {
                _ = AddOpen(actions, handle, "/dev/null", ReadWrite, 0);
            }

            _ = SetFlags(attributes, OperatingSystem.IsMacOS() ? NewSessionOnMac : NewSessionOnLinux);
            return Spawn(out _, program, actions, attributes, argv, envp) == 0;
        }
        finally
        {
            _ = DestroyActions(actions);
            _ = DestroyAttributes(attributes);
            Marshal.FreeHGlobal(actions);
            Marshal.FreeHGlobal(attributes);
            Array.ForEach([.. argv, .. envp], Marshal.FreeCoTaskMem);
        }
    }

    private static bool TryStartWindows(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // Own pipes, closed at once: the child has none of ours.
        var start = new ProcessStartInfo(program, arguments)
        {
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start);
        return process is not null;
    }

    private static nint[] ToNative(IReadOnlyList<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int pid, string program, nint actions, nint attributes, nint[] argv, nint[] envp);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitActions(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(nint actions, int handle, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitAttributes(nint attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(nint attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(nint attributes, short flags);
}
