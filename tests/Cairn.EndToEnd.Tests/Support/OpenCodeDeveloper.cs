using System.Text.Json.Nodes;
using Cairn.EndToEnd.Tests.Recordings;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>Somebody with a home, the real OpenCode, a scripted model, Cairn installed as a user installs it, and the small shop of the demo.</summary>
internal sealed class OpenCodeDeveloper : IAsyncDisposable
{
    private OpenCodeDeveloper(AgentHome home, ModelServer model, OpenCodeClient client, CairnCommand cairn, string project) =>
        (Home, Model, OpenCode, Cairn, Project) = (home, model, client, cairn, project);

    public AgentHome Home { get; }

    public ModelServer Model { get; }

    public OpenCodeClient OpenCode { get; }

    public CairnCommand Cairn { get; }

    /// <summary>Directory of the shop.</summary>
    public string Project { get; }

    public Store Store => Cairn.Store;

    /// <summary>The log that the plugin writes with debugging on.</summary>
    public string PluginLog => Path.Combine(Home.CairnFolder, "logs", "opencode.log");

    /// <summary>Sets everything up; skips the test where the real client is not to be had. The scripts are tried before the demo's.</summary>
    public static async Task<OpenCodeDeveloper> StartAsync(
        CancellationToken ct, Func<string, IReadOnlyList<ModelScript>>? scripts = null, bool install = true)
    {
        var installed = InstalledClient.OrSkip("opencode");
        var search = InstalledClient.OrSkip("ripgrep");
        Network.Report();
        var home = new AgentHome();
        var project = await home.ProjectAsync("shop", ct, DemoStory.Files);
        var model = await ModelServer.StartAsync(ct, [.. scripts?.Invoke(project) ?? [], .. DemoStory.Scripts(project).Select(OwnWords)]);
        var client = new OpenCodeClient(installed, search, home, model);
        await client.ConfigureAsync(ct);
        var developer = new OpenCodeDeveloper(home, model, client, new CairnCommand(home, installed), project);
        if (install)
        {
            await developer.Cairn.SucceedAsync(ct, "install", "opencode");
        }

        return developer;
    }

    /// <summary>Gives one prompt in the project and insists that the client ends well.</summary>
    public async Task<ProcessRun> PromptAsync(
        string prompt, CancellationToken ct, bool goesOn = false, IReadOnlyDictionary<string, string>? variables = null)
    {
        var run = await OpenCode.PromptAsync(prompt, Project, ct, goesOn, variables);
        Assert.True(run.ExitCode == 0, $"opencode: exit code {run.ExitCode}\n{run.Error}\n{run.Output}");
        return run;
    }

    /// <summary>The first session of the demo's story. Returns when its memory is made.</summary>
    public async Task<ProcessRun> FixTheDiscountAsync(CancellationToken ct)
    {
        var run = await PromptAsync(DemoStory.Prompts[0], ct);
        await Store.SettledAsync(ct);
        return run;
    }

    /// <summary>The steps of conversations that carried one prompt, oldest first.</summary>
    public IReadOnlyList<ModelRequest> RequestsFor(string prompt) =>
        [.. Model.Requests.Where(request => request.Prompt.Contains(prompt, StringComparison.Ordinal))];

    /// <summary>A script in OpenCode's words: its names of the tools and of what they take.</summary>
    public static ModelScript OwnWords(ModelScript script) =>
        script with { Turns = [.. script.Turns.Select(turn => turn with { Tools = [.. turn.Tools.Select(OwnWords)] })] };

    public async ValueTask DisposeAsync()
    {
        await Cairn.DisposeAsync();
        await Model.DisposeAsync();
        Home.Dispose();
    }

    private static ToolCall OwnWords(ToolCall call)
    {
        var input = new JsonObject();
        foreach (var (name, value) in call.Input)
        {
            input[name switch
            {
                "file_path" => "filePath",
                "old_string" => "oldString",
                "new_string" => "newString",
                _ => name,
            }] = name == "subagent_type" ? "general" : value?.DeepClone();
        }

        return new ToolCall(call.Name == "Agent" ? "task" : call.Name.ToLowerInvariant(), input);
    }
}
