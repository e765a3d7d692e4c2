using System.Diagnostics;
using Cairn.Cli.Connection;
using Cairn.Core;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;

namespace Cairn.Cli.Demo;

/// <summary>A data directory, a project and a daemon for the demo alone; nothing of the user's is touched, and nothing is left.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _root = Directory.CreateTempSubdirectory("cairn-demo-").FullName;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, string> _environment;

    /// <summary>Makes the directories.</summary>
    public DemoStage(CommandContext context)
    {
        _time = context.Time;
        Project = Directory.CreateDirectory(Path.Combine(_root, "shop")).FullName;
        Paths = new CairnPaths(Path.Combine(_root, "home"));

        // The user's own settings play no part.
        _environment = DaemonProgram.MinimalEnvironment(context.Environment);
        _environment["CAIRN_HOME"] = Paths.Home;
        if (context.Environment.TryGetValue(DaemonProgram.Variable, out var program))
        {
            _environment[DaemonProgram.Variable] = program;
        }

        Daemon = new DaemonClient(Paths, _environment, _time);
    }

    /// <summary>Where the demo's memory lies.</summary>
    public CairnPaths Paths { get; }

    /// <summary>The project's directory.</summary>
    public string Project { get; }

    /// <summary>The demo's daemon.</summary>
    public DaemonClient Daemon { get; }

    /// <summary>How long each hook took.</summary>
    public List<TimeSpan> HookTimes { get; } = [];

    /// <summary>What all hooks took, in the middle.</summary>
    public TimeSpan MedianHook => HookTimes.Order().ElementAt(HookTimes.Count / 2);

    /// <summary>Sends a recorded payload.</summary>
    public Task<HookAnswer> ReplayAsync(string payload, CancellationToken ct) =>
        HookAsync(RecordedSession.Moved(payload, Project, Path.Combine(_root, "agent")), ct);

    /// <summary>Runs the hook as the agent does: its own process, the payload on its input.</summary>
    public async Task<HookAnswer> HookAsync(string payload, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["hook", AgentSpec.ClaudeCode.Name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Project,
        };
        start.Environment.Clear();
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        var began = _time.GetTimestamp();
        using var hook = Process.Start(start)!;
        await hook.StandardInput.WriteAsync(payload.AsMemory(), ct);
        hook.StandardInput.Close();
        var printed = await hook.StandardOutput.ReadToEndAsync(ct);
        await hook.WaitForExitAsync(ct);
        var answer = HookAnswer.Read(printed, _time.GetElapsedTime(began));
        HookTimes.Add(answer.Took);
        return answer;
    }

    /// <summary>Waits until the observer has seen everything.</summary>
    public async Task<StatusReply> SettleAsync(CancellationToken ct)
    {
        var began = _time.GetTimestamp();
        while (true)
        {
            var status = await Daemon.GetAsync(Routes.Status, WireJson.Default.StatusReply, ct);
            if ((status.Waiting == 0 && status.Spooled == 0) || _time.GetElapsedTime(began) > Patience)
            {
                return status;
            }

            await Task.Delay(Poll, _time, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever ended the demo, its daemon and its files go.
        await new DaemonStop(Paths, Daemon, _time).RunAsync(_ => new MemoryStream(), CancellationToken.None);
        Directory.Delete(_root, recursive: true);
    }
}
