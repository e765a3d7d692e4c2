using Cairn.EndToEnd.Tests.Recordings;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>The plugin as the real client sees it: installed, installed over, taken away.</summary>
public sealed class UpgradeTests
{
    private const string NextPrompt = "Please add shipping costs to the cart total";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_client_itself_lists_the_plugin_and_its_slash_commands()
    {
        await using var dev = await Developer.StartAsync(Ct);

        var run = await dev.PromptAsync(NextPrompt, Ct);

        Assert.Contains("\"cairn:recall\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"cairn:remember\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("cairn@cairn", (await dev.Claude.RunAsync(dev.Project, Ct, "plugin", "list")).Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("{\n  // at night\n  \"theme\": \"dark\",\n}\n")]
    [InlineData("{\r\n\t\"permissions\": { \"allow\": [\"Bash(ls:*)\"] }\r\n}\r\n")]
    public async Task Whatever_the_settings_look_like_the_client_calls_us_from_the_first_session_on(string settings)
    {
        await using var dev = await Developer.StartAsync(Ct, install: false);
        await File.WriteAllTextAsync(dev.Home.SettingsFile, settings, Ct);
        await dev.Cairn.SucceedAsync(Ct, "install", "claude-code");

        await dev.PromptAsync(NextPrompt, Ct);

        Assert.Equal(1, dev.Store.Sessions);
        Assert.Equal(1, dev.Store.Prompts);
        await dev.Cairn.SucceedAsync(Ct, "uninstall");
        Assert.Equal(settings, await File.ReadAllTextAsync(dev.Home.SettingsFile, Ct));
    }

    [Fact(Timeout = 120_000)]
    public async Task Another_build_replaces_the_running_daemon_and_keeps_what_it_remembers()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);
        var (old, settings) = (dev.Cairn.DaemonPid(), await File.ReadAllBytesAsync(dev.Home.SettingsFile, Ct));
        await using var next = new CairnCommand(dev.Home, dev.Installed, program: await AnotherBuildAsync(dev.Home));

        await next.SucceedAsync(Ct, "install", "claude-code");
        await dev.PromptAsync(NextPrompt, Ct);

        Assert.NotEqual(old, dev.Cairn.DaemonPid());
        Assert.Contains("another build", await File.ReadAllTextAsync(Path.Combine(dev.Home.CairnFolder, "agents", "claude-code", "commands", "recall.md"), Ct), StringComparison.Ordinal);
        Assert.Equal(settings, await File.ReadAllBytesAsync(dev.Home.SettingsFile, Ct));
        Assert.Single(dev.RequestsFor(NextPrompt)[0].Recollections(), block => block.Contains("discount taken twice", StringComparison.Ordinal));
        Assert.Equal(2, dev.Store.Sessions);
    }

    [Fact(Timeout = 120_000)]
    public async Task After_uninstalling_the_client_works_as_before_and_the_data_stay()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);

        await dev.Cairn.SucceedAsync(Ct, "uninstall");
        var run = await dev.PromptAsync(NextPrompt, Ct);

        Assert.DoesNotContain("cairn:recall", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("cairn", (await dev.Claude.RunAsync(dev.Project, Ct, "plugin", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(1, dev.Store.Sessions);
        Assert.Null(dev.Cairn.DaemonPid());
    }

    [Fact(Timeout = 120_000)]
    public async Task What_the_client_wrote_itself_about_the_plugin_is_taken_away_too()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.PromptAsync(DemoStory.Prompts[2], Ct);

        await dev.Cairn.SucceedAsync(Ct, "uninstall");

        var plugins = Path.Combine(dev.Home.ClaudeFolder, "plugins");
        var files = Directory.Exists(plugins) ? Directory.EnumerateFiles(plugins, "*", SearchOption.AllDirectories) : [];
        Assert.All(files, file => Assert.DoesNotContain("cairn", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
    }

    // The same programs with one file that differs: what a build of the next day is.
    private static async Task<string> AnotherBuildAsync(AgentHome home)
    {
        var from = new DirectoryInfo(Path.GetDirectoryName(CairnCommand.Published)!).ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var to = Path.Combine(home.Path, "another-build");
        await ProcessRun.SucceedAsync("cp", ["-R", from, to], home.Path, Ct);
        await File.AppendAllTextAsync(Path.Combine(to, "agents", "claude-code", "commands", "recall.md"), "\nThis is another build.\n", Ct);
        return Path.Combine(to, "cairn");
    }
}
