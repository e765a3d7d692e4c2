using System.Diagnostics;
using System.Globalization;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>Drives the real Claude Code client in one home against one model.</summary>
internal sealed class ClaudeClient(InstalledClient installed, AgentHome home, ModelServer model)
{
    /// <summary>The client's whole environment, without what a test adds.</summary>
    public Dictionary<string, string> EnvironmentVariables()
    {
        var variables = Surroundings.Minimal(home.Path);
        variables["ANTHROPIC_BASE_URL"] = model.Address;
        variables["ANTHROPIC_API_KEY"] = "scripted";
        return variables;
    }

    /// <summary>Gives the client one prompt without a terminal and waits for its end.</summary>
    public Task<ProcessRun> PromptAsync(string prompt, string folder, CancellationToken ct, ClaudeOptions? options = null)
    {
        options ??= new ClaudeOptions();
        var variables = EnvironmentVariables();
        foreach (var (name, value) in options.Variables)
        {
            variables[name] = value;
        }

        List<string> arguments = ["-p", prompt, "--output-format", "stream-json", "--verbose"];
        if (!options.AsksPermission)
        {
            arguments.Add("--dangerously-skip-permissions");
        }

        if (options.Continue)
        {
            arguments.Add("--continue");
        }

        if (options.PluginFolder is { } plugin)
        {
            arguments.AddRange(["--plugin-dir", plugin]);
        }

        return ProcessRun.RunAsync(installed.Program, arguments, folder, variables, ct, started: options.Started);
    }

    /// <summary>Runs one of the client's own subcommands, e.g. <c>plugin list</c>.</summary>
    public Task<ProcessRun> RunAsync(string folder, CancellationToken ct, params IReadOnlyList<string> arguments) =>
        ProcessRun.RunAsync(installed.Program, arguments, folder, EnvironmentVariables(), ct);

    /// <summary>Asks a running process to end, as a closing terminal or a system going down does.</summary>
    public static async Task TerminateAsync(Process process, CancellationToken ct)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(ct);
    }
}

/// <summary>How one prompt is given.</summary>
internal sealed record ClaudeOptions
{
    /// <summary>Goes on with the directory's last session.</summary>
    public bool Continue { get; init; }

    /// <summary>Leaves the client's permission rules on: what needs a question is refused, as nobody is there to answer.</summary>
    public bool AsksPermission { get; init; }

    /// <summary>A plugin that is loaded for this run without being installed.</summary>
    public string? PluginFolder { get; init; }

    /// <summary>Variables beside the client's usual ones.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Told of the process as soon as it runs.</summary>
    public Action<Process>? Started { get; init; }
}
