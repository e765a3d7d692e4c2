using System.Diagnostics;
using System.Text.Json.Nodes;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests.Recordings;

/// <summary>The real client in a terminal of its own, typed into. Only for recordings: what a terminal shows has no end to wait for.</summary>
internal sealed class ClaudeTerminal : IAsyncDisposable
{
    private readonly HookRecorder _recorder;
    private readonly Process _process;

    private ClaudeTerminal(HookRecorder recorder, Process process)
    {
        _recorder = recorder;
        _process = process;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
    }

    /// <summary>Starts the client as somebody who has used it before in this project.</summary>
    public static async Task<ClaudeTerminal> StartAsync(
        InstalledClient installed, AgentHome home, ClaudeClient claude, HookRecorder recorder, string folder, CancellationToken ct)
    {
        var known = new JsonObject
        {
            ["hasCompletedOnboarding"] = true,
            ["theme"] = "dark",
            ["customApiKeyResponses"] = new JsonObject { ["approved"] = new JsonArray("scripted"), ["rejected"] = new JsonArray() },
            ["projects"] = new JsonObject { [folder] = new JsonObject { ["hasTrustDialogAccepted"] = true } },
        };
        await File.WriteAllTextAsync(Path.Combine(home.Path, ".claude.json"), known.ToJsonString(), ct);
        var start = new ProcessStartInfo("script", ["-qfec", $"stty rows 50 cols 140; exec '{installed.Program}'", "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in claude.EnvironmentVariables())
        {
            start.Environment[name] = value;
        }

        return new ClaudeTerminal(recorder, Process.Start(start)!);
    }

    /// <summary>Waits until the client has sent the Nth event of a kind.</summary>
    public async Task EventAsync(string name, int count, CancellationToken ct)
    {
        while (_recorder.Payloads().Count(recorded => recorded.Event == name) < count)
        {
            await Task.Delay(100, ct);
        }

        await Task.Delay(1000, ct); // the screen follows its events
    }

    /// <summary>Types a line; an empty one is the Enter key alone.</summary>
    public async Task TypeAsync(string line, CancellationToken ct)
    {
        await _process.StandardInput.WriteAsync(line.AsMemory(), ct);
        await _process.StandardInput.FlushAsync(ct);
        await Task.Delay(500, ct);
        await _process.StandardInput.WriteAsync("\r".AsMemory(), ct);
        await _process.StandardInput.FlushAsync(ct);
    }

    public Task ExitAsync(CancellationToken ct) => _process.WaitForExitAsync(ct);

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
