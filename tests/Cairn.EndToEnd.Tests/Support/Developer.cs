using Cairn.EndToEnd.Tests.Recordings;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>
/// Somebody with a home, the real Claude Code, a scripted model, Cairn installed as a user installs it, and a project:
/// the small shop of the demo.
/// </summary>
internal sealed class Developer : IAsyncDisposable
{
    private Developer(InstalledClient installed, AgentHome home, ModelServer model, string project)
    {
        Installed = installed;
        Home = home;
        Model = model;
        Project = project;
        Claude = new ClaudeClient(installed, home, model);
        Cairn = new CairnCommand(home, installed);
    }

    public InstalledClient Installed { get; }

    public AgentHome Home { get; }

    public ModelServer Model { get; }

    public ClaudeClient Claude { get; }

    public CairnCommand Cairn { get; }

    /// <summary>Directory of the shop.</summary>
    public string Project { get; }

    public Store Store => Cairn.Store;

    /// <summary>
    /// Sets everything up; skips the test where the real client is not to be had. The scripts, made for the project's
    /// directory, are what the model does beyond the story of the demo; they are tried first.
    /// </summary>
    public static async Task<Developer> StartAsync(
        CancellationToken ct, Func<string, IReadOnlyList<ModelScript>>? scripts = null, string home = "dev", bool install = true)
    {
        var installed = InstalledClient.OrSkip();
        Network.Report();
        var agentHome = new AgentHome(home);
        var project = await agentHome.ProjectAsync("shop", ct, DemoStory.Files);
        var model = await ModelServer.StartAsync(ct, [.. scripts?.Invoke(project) ?? [], .. DemoStory.Scripts(project)]);
        var developer = new Developer(installed, agentHome, model, project);
        if (install)
        {
            await developer.Cairn.SucceedAsync(ct, "install", "claude-code");
        }

        return developer;
    }

    /// <summary>Gives one prompt in the project and insists that the client ends well.</summary>
    public async Task<ProcessRun> PromptAsync(string prompt, CancellationToken ct, ClaudeOptions? options = null)
    {
        var run = await Claude.PromptAsync(prompt, Project, ct, options);
        Assert.True(run.ExitCode == 0, $"claude: exit code {run.ExitCode}\n{run.Error}\n{run.Output}");
        return run;
    }

    /// <summary>The first session of the demo's story: a failing test, its cause, the fix, a commit. Returns when its memory is made.</summary>
    public async Task<ProcessRun> FixTheDiscountAsync(CancellationToken ct)
    {
        var run = await PromptAsync(DemoStory.Prompts[0], ct);
        await Store.SettledAsync(ct);
        return run;
    }

    /// <summary>Sets the project back to where the story begins.</summary>
    public Task ForgetTheFixAsync(CancellationToken ct) =>
        ProcessRun.SucceedAsync("git", ["reset", "--quiet", "--hard", "HEAD~1"], Project, ct);

    /// <summary>The requests that carried one prompt, oldest first.</summary>
    public IReadOnlyList<ModelRequest> RequestsFor(string prompt) =>
        [.. Model.Requests.Where(request => request.Prompt.Contains(prompt, StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await Cairn.DisposeAsync();
        await Model.DisposeAsync();
        Home.Dispose();
    }
}
