using Cairn.EndToEnd.Tests.Recordings;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>Wherever people keep their homes, and however many.</summary>
public sealed class HomeTests
{
    private const string Memory = "Fix the discount taken twice in the cart total";
    private const string NextPrompt = "Please add shipping costs to the cart total";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("Åsa Öberg")]
    [InlineData("a home whose path is too long for a Unix socket because somebody likes to say what a directory is for in its name")]
    public async Task A_home_of_any_name_works(string name)
    {
        await using var dev = await Developer.StartAsync(Ct, home: name);
        await dev.FixTheDiscountAsync(Ct);

        await dev.PromptAsync(NextPrompt, Ct);

        Assert.Single(dev.RequestsFor(NextPrompt)[0].Recollections(), block => block.Contains(Memory, StringComparison.Ordinal));
        Assert.Equal(2, dev.Store.Sessions);
    }

    [Fact(Timeout = 120_000)]
    public async Task Two_data_directories_at_once_are_two_daemons_that_know_nothing_of_each_other()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await using var left = new CairnCommand(dev.Home, dev.Installed, Path.Combine(dev.Home.Path, "left"));
        await using var right = new CairnCommand(dev.Home, dev.Installed, Path.Combine(dev.Home.Path, "right"));
        var garden = await dev.Home.ProjectAsync("garden", Ct, ("plants.txt", "roses\n"));

        var runs = await Task.WhenAll(
            dev.Claude.PromptAsync(DemoStory.Prompts[0], dev.Project, Ct, In(left)),
            dev.Claude.PromptAsync("Which plants are there?", garden, Ct, In(right)));

        Assert.All(runs, run => Assert.Equal(0, run.ExitCode));
        await Store.UntilAsync(() => left.Store.ToolCalls == 6, Ct);
        Assert.NotEqual(left.DaemonPid(), right.DaemonPid());
        Assert.Equal("shop", Assert.Single(left.Store.Words("SELECT label FROM project")));
        Assert.Equal("garden", Assert.Single(right.Store.Words("SELECT label FROM project")));
        Assert.Equal(1, left.Store.Sessions);
        Assert.Equal(1, right.Store.Sessions);
        Assert.Equal(1, left.Store.Prompts);
        Assert.Equal(1, right.Store.Prompts);
    }

    private static ClaudeOptions In(CairnCommand cairn) =>
        new() { Variables = new Dictionary<string, string> { ["CAIRN_HOME"] = cairn.DataFolder } };
}
