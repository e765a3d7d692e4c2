using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>Drives the real OpenCode in one home against one model.</summary>
internal sealed class OpenCodeClient(InstalledClient installed, InstalledClient search, AgentHome home, ModelServer model)
{
    /// <summary>OpenCode's configuration of the user.</summary>
    public string ConfigFile => Path.Combine(home.Path, ".config", "opencode", "opencode.jsonc");

    /// <summary>The client's whole environment, without what a test adds.</summary>
    public Dictionary<string, string> EnvironmentVariables()
    {
        var variables = Surroundings.Minimal(home.Path);
        // It looks for ripgrep on PATH, and would fetch it where it is not.
        variables["PATH"] = $"{Path.GetDirectoryName(search.Program)}{Path.PathSeparator}{variables["PATH"]}";
        foreach (var name in new[] { "AUTOUPDATE", "MODELS_FETCH", "LSP_DOWNLOAD", "SHARE" })
        {
            variables["OPENCODE_DISABLE_" + name] = "1";
        }

        // Without these it waits a minute at its start for packages that it can't get.
        variables["npm_config_offline"] = "true";
        variables["npm_config_fetch_retries"] = "0";
        return variables;
    }

    /// <summary>Writes the user's configuration: the scripted model, and a comment of the user's own.</summary>
    public async Task ConfigureAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ConfigFile)!);
        await File.WriteAllTextAsync(ConfigFile, $$"""
            {
              "$schema": "https://opencode.ai/config.json",
              // The scripted model; nothing else can be reached.
              "model": "scripted/model",
              "small_model": "scripted/model",
              "permission": "allow",
              "provider": {
                "scripted": {
                  "npm": "@ai-sdk/anthropic",
                  "options": { "baseURL": "{{model.Address}}/v1", "apiKey": "scripted" },
                  "models": { "model": { "name": "Scripted" } },
                },
              },
            }

            """, ct);
    }

    /// <summary>Gives one prompt without a terminal and waits for the client's end.</summary>
    public Task<ProcessRun> PromptAsync(
        string prompt, string folder, CancellationToken ct, bool goesOn = false, IReadOnlyDictionary<string, string>? variables = null) =>
        ProcessRun.RunAsync(
            installed.Program, goesOn ? ["run", "--continue", prompt] : ["run", prompt], folder, With(variables), ct);

    /// <summary>Starts its server in a project.</summary>
    public Task<OpenCodeServer> ServeAsync(string folder, CancellationToken ct, IReadOnlyDictionary<string, string>? variables = null) =>
        OpenCodeServer.StartAsync(installed, folder, With(variables), ct);

    private Dictionary<string, string> With(IReadOnlyDictionary<string, string>? added)
    {
        var variables = EnvironmentVariables();
        foreach (var (name, value) in added ?? new Dictionary<string, string>())
        {
            variables[name] = value;
        }

        return variables;
    }
}

/// <summary>OpenCode's own server: several sessions in one process, each given one prompt after another.</summary>
internal sealed class OpenCodeServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly Task<string> _errors;

    private OpenCodeServer(Process process, Uri address)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public static async Task<OpenCodeServer> StartAsync(
        InstalledClient installed, string folder, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var start = new ProcessStartInfo(installed.Program, ["serve", "--port", "0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line.LastIndexOf("http://", StringComparison.Ordinal) is var at and >= 0)
            {
                return new OpenCodeServer(process, new Uri(line[at..].Trim()));
            }
        }

        throw new InvalidOperationException($"opencode serve ended: {await process.StandardError.ReadToEndAsync(ct)}");
    }

    /// <summary>Makes a session.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateSessionAsync(CancellationToken ct) =>
        (await SendAsync(HttpMethod.Post, "session", new JsonObject(), ct))!["id"]!.GetValue<string>();

    /// <summary>Gives a session one prompt and waits until the agent stops.</summary>
    public Task PromptAsync(string session, string prompt, CancellationToken ct) => SendAsync(
        HttpMethod.Post, $"session/{session}/message",
        new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = prompt }) }, ct);

    /// <summary>Has a session compacted.</summary>
    public Task CompactAsync(string session, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, $"session/{session}/summarize", new JsonObject { ["providerID"] = "scripted", ["modelID"] = "model" }, ct);

    /// <summary>Stops what a session is doing, as a person does.</summary>
    public Task AbortAsync(string session, CancellationToken ct) => SendAsync(HttpMethod.Post, $"session/{session}/abort", new JsonObject(), ct);

    /// <summary>Deletes a session.</summary>
    public Task DeleteAsync(string session, CancellationToken ct) => SendAsync(HttpMethod.Delete, $"session/{session}", null, ct);

    /// <summary>Reads what the server tells its screens until a line holds some words.</summary>
    public async Task<string> EventAsync(string words, Func<Task> cause, CancellationToken ct)
    {
        using var response = await _http.GetAsync("event", HttpCompletionOption.ResponseHeadersRead, ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        var caused = cause();
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                await caused;
                return line;
            }
        }

        throw new InvalidOperationException($"the server's events ended without: {words}");
    }

    /// <summary>Asks the process to end and waits until it did.</summary>
    public async Task TerminateAsync(CancellationToken ct)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(ct);
        await _process.WaitForExitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _errors;
        _http.Dispose();
        _process.Dispose();
    }

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.StartsWith('{') ? JsonNode.Parse(text) : null;
    }
}
