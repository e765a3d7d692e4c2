using System.ComponentModel;
using System.Diagnostics;

namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>Runs the client's own commands: no network, no update of itself, no session, and never longer than a bound.</summary>
/// <param name="program">The client's full path.</param>
/// <param name="site">Where the installation happens.</param>
/// <param name="layout">The configuration that it works on.</param>
internal sealed class ClaudeClient(string program, InstallSite site, ClaudeLayout layout)
{
    /// <summary>Longest run of one command; 0.4 to 0.7 s were measured for version 2.1.197.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <summary>The client's full path.</summary>
    public string Program => program;

    /// <summary>Finds the client on PATH, or where it was when we last used it; null when it is not to be had.</summary>
    public static ClaudeClient? Find(InstallSite site, ClaudeLayout layout, string? lastUsed = null)
    {
        var found = site.FindOnPath("claude") ?? (File.Exists(lastUsed) ? lastUsed : null);
        return found is null ? null : new(found, site, layout);
    }

    /// <summary>The version that it says it is; null when it does not work.</summary>
    public async Task<string?> VersionAsync(CancellationToken ct) =>
        await RunAsync(["--version"], ct) is { Succeeded: true } run ? run.Output.Trim() : null;

    /// <summary>Runs one command. A client that can't be started or is too slow counts as one that failed.</summary>
    public async Task<ClientRun> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Bound);
        Process? process = null;
        try
        {
            process = Process.Start(Start(arguments))!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode == 0, await output + await errors);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(false, $"no answer within {Bound.TotalSeconds} s");
        }
        catch (Exception problem) when (problem is Win32Exception or IOException)
        {
            return new(false, problem.Message);
        }
        finally
        {
            Stop(process);
        }
    }

    private ProcessStartInfo Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Not the user's current directory: a project's own settings have no part in this.
            WorkingDirectory = Path.GetPathRoot(site.UserHome)!,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in site.Environment.Where(variable => variable.Key is not (ClaudeLayout.DirectoryVariable or "CLAUDECODE")))
        {
            start.Environment[name] = value;
        }

        start.Environment["DISABLE_AUTOUPDATER"] = "1";
        start.Environment["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1";
        start.Environment["CAIRN_INTERNAL"] = "1";
        if (layout.SetDirectory is { } directory)
        {
            start.Environment[ClaudeLayout.DirectoryVariable] = directory;
        }

        return start;
    }

    private static void Stop(Process? process)
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
        }

        process?.Dispose();
    }
}

/// <summary>How one command of the client went.</summary>
/// <param name="Succeeded">Whether it exited with 0.</param>
/// <param name="Output">All that it printed.</param>
internal sealed record ClientRun(bool Succeeded, string Output)
{
    /// <summary>The last line that it printed, fit to show.</summary>
    public string LastLine => Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault("");
}
