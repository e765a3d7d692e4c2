using System.Diagnostics;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>A process that has ended. Its exit code is 128 and the signal's number where a signal ended it.</summary>
internal sealed record ProcessRun(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>Runs a program to its end, with exactly the given environment; kills it with its children when cancelled.</summary>
    public static async Task<ProcessRun> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken ct,
        string input = "",
        Action<Process>? started = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        try
        {
            started?.Invoke(process);
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.StandardInput.WriteAsync(input.AsMemory(), ct);
            process.StandardInput.Close();
            await process.WaitForExitAsync(ct);
            return new ProcessRun(process.ExitCode, await output, await error, clock.Elapsed);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs a program that is expected to succeed, with the test's own environment, and returns what it printed.</summary>
    public static async Task<string> SucceedAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken ct)
    {
        var run = await RunAsync(program, arguments, folder, Surroundings.Minimal(folder), ct);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {run.ExitCode}\n{run.Output}{run.Error}");
        return run.Output;
    }
}
