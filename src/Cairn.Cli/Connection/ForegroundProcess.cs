using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cairn.Cli.Connection;

/// <summary>A process in the place of this one.</summary>
internal static partial class ForegroundProcess
{
    /// <summary>
    /// Becomes the program: the same process, so that signals and service managers meet it directly. Windows knows no such
    /// thing; there it is a child that is waited for.
    /// </summary>
    /// <returns>The program's exit code, where this process still lives to tell.</returns>
    public static async Task<int> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        if (!OperatingSystem.IsWindows())
        {
            var argv = ToNative([program, .. arguments]);
            var envp = ToNative([.. environment.Select(variable => $"{variable.Key}={variable.Value}")]);
            _ = Execute(program, argv, envp);
            throw new DaemonException($"{program} could not be started (error {Marshal.GetLastPInvokeError()}).", "Install Cairn again.", ExitCode.Failed);
        }

        var start = new ProcessStartInfo(program, arguments);
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var child = Process.Start(start)!;
        // Ctrl-C reaches the child as well; it ends by itself.
        await child.WaitForExitAsync(CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        return child.ExitCode;
    }

    private static nint[] ToNative(IReadOnlyList<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Execute(string program, nint[] argv, nint[] envp);
}
