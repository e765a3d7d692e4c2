using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Cli.Hooks;

/// <summary>What the agent is told.</summary>
internal static partial class HookOutput
{
    private const int StandardOutput = 1;

    /// <summary>Writes to standard output, without the console library.</summary>
    public static void Write(ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            using var output = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            output.Write(bytes);
            return;
        }

        // A file stream would write at an offset of its own and leave the shared one, so that in a file the next writer's
        // text would cover this.
        while (!bytes.IsEmpty)
        {
            var written = Write(StandardOutput, bytes, bytes.Length);
            if (written <= 0)
            {
                return;
            }

            bytes = bytes[(int)written..];
        }
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int handle, ReadOnlySpan<byte> bytes, nint length);
}
