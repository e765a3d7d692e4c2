using System.Text.Json;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>
/// The published <c>cairn</c> or another build of it, run as the owner of one home runs it, with or without the agent's
/// program on PATH. Stops the daemon that it may have started.
/// </summary>
internal sealed class CairnCommand(AgentHome home, InstalledClient? client, string? dataFolder = null, string? program = null) : IAsyncDisposable
{
    /// <summary>The program as <c>scripts/publish</c> made it.</summary>
    public static string Published { get; } = FindPublished();

    /// <summary>The program as <c>cairn install</c> put it; what the hooks name.</summary>
    public string Installed => Path.Combine(home.CairnFolder, "bin", "current", "cairn");

    /// <summary>The data directory.</summary>
    public string DataFolder => dataFolder ?? home.CairnFolder;

    public Store Store => new(Path.Combine(DataFolder, "cairn.db"));

    /// <summary>Runs the published program to its end.</summary>
    public Task<ProcessRun> RunAsync(CancellationToken ct, params IReadOnlyList<string> arguments) =>
        ProcessRun.RunAsync(program ?? Published, arguments, home.Path, EnvironmentVariables(), ct);

    /// <summary>Runs it and insists on success.</summary>
    public Task<string> SucceedAsync(CancellationToken ct, params IReadOnlyList<string> arguments) => SucceedInAsync(home.Path, ct, arguments);

    /// <summary>Runs it in one directory and insists on success.</summary>
    public async Task<string> SucceedInAsync(string folder, CancellationToken ct, params IReadOnlyList<string> arguments)
    {
        var run = await ProcessRun.RunAsync(program ?? Published, arguments, folder, EnvironmentVariables(), ct);
        Assert.True(run.ExitCode == 0, $"cairn {string.Join(' ', arguments)}: exit code {run.ExitCode}\n{run.Output}{run.Error}");
        return run.Output;
    }

    /// <summary>What <c>cairn status --json</c> says.</summary>
    public async Task<JsonElement> StatusAsync(CancellationToken ct)
    {
        using var json = JsonDocument.Parse(await SucceedAsync(ct, "status", "--json"));
        return json.RootElement.Clone();
    }

    /// <summary>The running daemon's process, from the discovery file; null when there is none.</summary>
    public int? DaemonPid()
    {
        var discovery = Path.Combine(DataFolder, "daemon.json");
        if (!File.Exists(discovery))
        {
            return null;
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(discovery));
        return json.RootElement.GetProperty("pid").GetInt32();
    }

    /// <summary>The environment that the product and its hooks get.</summary>
    public Dictionary<string, string> EnvironmentVariables()
    {
        var variables = Surroundings.Minimal(home.Path);
        if (client is not null)
        {
            variables["PATH"] = $"{Path.GetDirectoryName(client.Program)}{Path.PathSeparator}{variables["PATH"]}";
        }

        if (dataFolder is not null)
        {
            variables["CAIRN_HOME"] = dataFolder;
        }

        return variables;
    }

    public async ValueTask DisposeAsync()
    {
        // No cancellation: a daemon left behind would outlive the test run.
        if (DaemonPid() is not null)
        {
            await RunAsync(CancellationToken.None, "stop");
        }
    }

    private static string FindPublished()
    {
        var program = Repository.PathOf("artifacts", "publish", "current", OperatingSystem.IsWindows() ? "cairn.exe" : "cairn");
        Assert.True(File.Exists(program), $"{program} is not there: run scripts/publish");
        return program;
    }
}
