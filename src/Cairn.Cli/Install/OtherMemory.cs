using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Cairn.Cli.Connection;

namespace Cairn.Cli.Install;

/// <summary>Another memory system on this machine, and how it was noticed.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Signs">What was seen of it, in words fit to show.</param>
/// <param name="IsActive">True when it records sessions: its plugin or hooks are on, or its worker answers.</param>
/// <param name="TurnOff">What turns its part in the agent off.</param>
internal sealed record OtherMemory(string Name, IReadOnlyList<string> Signs, bool IsActive, string TurnOff)
{
    /// <summary>What it means to run both, fit to show.</summary>
    public string Meaning => IsActive
        ? $"{Name} is active here ({string.Join(", ", Signs)}). Both would record your sessions, each in its own place, and both would put "
            + $"memory in front of the agent, which costs context twice. Cairn does not read or change its files. To use Cairn alone: {TurnOff}. "
            + "To use the other alone: cairn uninstall."
        : $"{Name} was used here ({string.Join(", ", Signs)}) and is not active. Its files are left alone.";
}

/// <summary>Looks for other memory systems: their files, their part in the agent's settings, a worker that answers. Changes nothing.</summary>
internal sealed class OtherMemorySearch(InstallSite site)
{
    private const string CodememPort = "38888";

    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(500);

    /// <summary>What is there.</summary>
    /// <param name="agentSettings">Text of the agent's settings file; its comments do not matter.</param>
    /// <param name="ct">Stops the search.</param>
    public async Task<IReadOnlyList<OtherMemory>> RunAsync(string agentSettings, CancellationToken ct)
    {
        var found = new[] { await ClaudeMemAsync(agentSettings, ct), await CodememAsync(agentSettings, ct) };
        return [.. found.OfType<OtherMemory>()];
    }

    private async Task<OtherMemory?> ClaudeMemAsync(string settings, CancellationToken ct)
    {
        var directory = Named("CLAUDE_MEM_DATA_DIR") ?? Path.Combine(site.UserHome, ".claude-mem");
        var used = File.Exists(Path.Combine(directory, "claude-mem.db"));
        var enabled = IsPluginOn(settings, "claude-mem@");
        var port = Named("CLAUDE_MEM_WORKER_PORT") ?? Core.Hosting.CairnPaths.DefaultPort.ToString(CultureInfo.InvariantCulture);
        // Cairn's daemon answers the same address; only claude-mem's says where its worker lies.
        var alive = await AnswersAsync(port, "/api/health", "workerPath", ct);
        return Found("claude-mem", "claude plugin disable claude-mem@thedotmack", used ? directory : null, enabled, alive ? port : null);
    }

    private async Task<OtherMemory?> CodememAsync(string settings, CancellationToken ct)
    {
        var database = Named("CODEMEM_DB") ?? Path.Combine(site.UserHome, ".codemem", "mem.sqlite");
        var used = File.Exists(database) && !Core.Hosting.CairnHome.IsFreeOrOurs(database);
        var enabled = IsPluginOn(settings, "codemem@") || settings.Contains("codemem claude-hook", StringComparison.Ordinal);
        var port = Named("CODEMEM_VIEWER_PORT") ?? CodememPort;
        var alive = await AnswersAsync(port, "/api/stats", "database", ct);
        return Found("codemem", "claude plugin disable codemem@codemem-marketplace", used ? database : null, enabled, alive ? port : null);
    }

    private static OtherMemory? Found(string name, string turnOff, string? data, bool enabled, string? port)
    {
        List<string> signs = [];
        if (data is not null)
        {
            signs.Add($"its data in {data}");
        }

        if (enabled)
        {
            signs.Add("its plugin or hooks in Claude Code's settings");
        }

        if (port is not null)
        {
            signs.Add($"a worker on port {port}");
        }

        return signs is [] ? null : new(name, signs, enabled || port is not null, turnOff);
    }

    // "name@marketplace": true, in whatever layout the file has.
    private static bool IsPluginOn(string settings, string prefix)
    {
        try
        {
            using var document = JsonDocument.Parse(
                settings.Length == 0 ? "{}" : settings, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("enabledPlugins", out var plugins)
                && plugins.ValueKind == JsonValueKind.Object
                && plugins.EnumerateObject().Any(plugin =>
                    plugin.Name.StartsWith(prefix, StringComparison.Ordinal) && plugin.Value.ValueKind == JsonValueKind.True);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<bool> AnswersAsync(string port, string address, string property, CancellationToken ct)
    {
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(Bound);
        try
        {
            var reply = await HttpExchange.SendAsync(new IPEndPoint(IPAddress.Loopback, number), "GET " + address, default, bound.Token);
            using var document = JsonDocument.Parse(reply.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(property, out _);
        }
        catch (Exception problem) when (
            problem is SocketException or IOException or JsonException
            || (problem is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    private string? Named(string variable) =>
        site.Environment.GetValueOrDefault(variable, "") is { Length: > 0 } value ? value : null;
}
