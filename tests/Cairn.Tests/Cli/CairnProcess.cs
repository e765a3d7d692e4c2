using System.Diagnostics;
using System.Text;
using Cairn.Tests.Support;

namespace Cairn.Tests.Cli;

/// <summary>What a run of the built command printed and ended with.</summary>
internal sealed record CairnResult(int ExitCode, string Output, string Error);

/// <summary>Runs the built <c>cairn</c> as a process, with an environment of its own.</summary>
internal sealed class CairnProcess(string home, string directory)
{
    private readonly Dictionary<string, string> _environment = new()
    {
        ["CAIRN_HOME"] = home,
        ["HOME"] = directory,
        ["PATH"] = "/usr/bin:/bin",
        // No daemon, unless a test asks for one.
        ["CAIRN_DAEMON"] = "/nowhere/cairn-daemon",
        // A loaded machine must not decide what a test sees.
        ["CAIRN_HOOK_TIMEOUT_MS"] = "10000",
        ["CAIRN_HOOK_START_WAIT_MS"] = "10000",
    };

    public static string Program { get; } = Built("Cairn.Cli", "cairn");

    public static string DaemonProgram { get; } = Built("Cairn.Daemon", "cairn-daemon");

    /// <summary>Sets a variable; null takes it out.</summary>
    public CairnProcess With(string variable, string? value)
    {
        _environment.Remove(variable);
        if (value is not null)
        {
            _environment[variable] = value;
        }

        return this;
    }

    public CairnProcess WithRealDaemon() => With("CAIRN_DAEMON", DaemonProgram);

    public Task<CairnResult> HookAsync(string payload) => HookAsync(Encoding.UTF8.GetBytes(payload));

    public Task<CairnResult> HookAsync(byte[] payload) => RunAsync(payload, "hook", "claude-code");

    public Task<CairnResult> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public async Task<CairnResult> RunAsync(byte[] input, params string[] arguments)
    {
        var ct = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not care for its input.
        }

        await process.WaitForExitAsync(ct);
        return new(process.ExitCode, await output, await error);
    }

    private static string Built(string project, string program)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Repository.Root, "artifacts", "bin", project, configuration, program);
    }
}
