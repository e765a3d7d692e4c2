using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>One running client that is given one prompt after another, as a person does: one session with many turns.</summary>
internal sealed class ClaudeConversation : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private ClaudeConversation(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public static ClaudeConversation Start(InstalledClient installed, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(
            installed.Program,
            ["-p", "--input-format", "stream-json", "--output-format", "stream-json", "--verbose", "--dangerously-skip-permissions"])
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

        return new ClaudeConversation(Process.Start(start)!);
    }

    /// <summary>Gives one prompt and waits until the agent stops.</summary>
    /// <returns>Its last words.</returns>
    public async Task<string> PromptAsync(string prompt, CancellationToken ct)
    {
        var message = new JsonObject
        {
            ["type"] = "user",
            ["message"] = new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = prompt }),
            },
        };
        await _process.StandardInput.WriteLineAsync(message.ToJsonString().AsMemory(), ct);
        await _process.StandardInput.FlushAsync(ct);
        while (await _process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("type").ValueEquals("result"))
            {
                return json.RootElement.TryGetProperty("result", out var result) ? result.GetString() ?? "" : "";
            }
        }

        throw new InvalidOperationException($"the client ended in the middle of a turn: {await _error}");
    }

    /// <summary>Says goodbye and waits for the client's end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken ct)
    {
        _process.StandardInput.Close();
        await _process.StandardOutput.ReadToEndAsync(ct);
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _error;
        _process.Dispose();
    }
}
