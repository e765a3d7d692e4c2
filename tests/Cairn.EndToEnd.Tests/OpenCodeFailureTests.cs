using System.Diagnostics;
using Cairn.EndToEnd.Tests.Recordings;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>The real OpenCode while the daemon is killed, away or not wanted: the agent goes on as if nothing were, and nothing is missing.</summary>
public sealed class OpenCodeFailureTests
{
    private const string Memory = "Fix the discount taken twice in the cart total";
    private const string NextPrompt = "Please add shipping costs to the cart total";

    private static readonly Dictionary<string, string> DoNotStart = new() { ["CODEMEM_VIEWER_AUTO"] = "0" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_the_daemon_killed_in_the_middle_nothing_is_missing_and_the_next_session_knows_it(bool starts)
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        using var daemon = Process.GetProcessById(dev.Cairn.DaemonPid()!.Value);
        var session = dev.PromptAsync(DemoStory.Prompts[0], Ct, variables: starts ? null : DoNotStart);
        await dev.Model.ArrivalAsync(request => request.ToolResults == 2, Ct);
        daemon.Kill();

        await session;
        await Store.UntilAsync(() => dev.Store.Number("SELECT count(*) FROM session WHERE ended_at_ms IS NOT NULL") == 1, Ct);
        await dev.Store.SettledAsync(Ct);

        Assert.Equal(1, dev.Store.Sessions);
        Assert.Equal(1, dev.Store.Prompts);
        Assert.Equal(6, dev.Store.ToolCalls);
        Assert.Equal(0, dev.Store.DoubledToolCalls);
        Assert.Equal(6, dev.Store.Number("SELECT count(*) FROM event WHERE kind = 'usage'"));
        Assert.Equal(1, dev.Store.Number("SELECT count(*) FROM event WHERE kind = 'assistant_message'"));
        Assert.Contains(dev.Store.Titles, title => title.Contains(Memory, StringComparison.Ordinal));

        await dev.PromptAsync(NextPrompt, Ct);
        Assert.Single(dev.RequestsFor(NextPrompt)[0].InstructedRecollections(), block => block.Contains(Memory, StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_a_daemon_a_session_costs_little_and_waits_in_the_spool()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        var with = await dev.PromptAsync(DemoStory.Prompts[0], Ct);
        await dev.Cairn.SucceedAsync(Ct, "stop");
        await ProcessRun.SucceedAsync("git", ["reset", "--quiet", "--hard", "HEAD~1"], dev.Project, Ct);
        var programs = Path.Combine(dev.Home.CairnFolder, "bin", "current");
        var hidden = Path.Combine(programs, "cairn-daemon.hidden");
        File.Move(Path.Combine(programs, "cairn-daemon"), hidden);

        var without = await dev.PromptAsync(DemoStory.Prompts[0], Ct);

        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(dev.Home.CairnFolder, "spool"), "*.json"));
        TestNotes.Write("end-to-end-opencode-times", $"OpenCode's session with the daemon: {with.Elapsed.TotalSeconds:F1} s; with none that can be started: {without.Elapsed.TotalSeconds:F1} s.");
        File.Move(hidden, Path.Combine(programs, "cairn-daemon"));
        await dev.Cairn.SucceedAsync(Ct, "start");
        await Store.UntilAsync(() => dev.Store.Number("SELECT count(*) FROM session WHERE ended_at_ms IS NOT NULL") == 2, Ct);
        Assert.Equal(12, dev.Store.ToolCalls);
        Assert.Equal(2, dev.Store.Prompts);
        Assert.Equal(0, dev.Store.DoubledToolCalls);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_is_terminated_leaves_what_it_held_in_the_spool_and_no_secret_in_it()
    {
        const string Secret = "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        await dev.Cairn.SucceedAsync(Ct, "stop");
        await using (var server = await dev.OpenCode.ServeAsync(dev.Project, Ct, DoNotStart))
        {
            await server.PromptAsync(await server.CreateSessionAsync(Ct), $"Please keep the token {Secret} and say hello", Ct);
            await server.TerminateAsync(Ct);
        }

        var files = Directory.GetFiles(Path.Combine(dev.Home.CairnFolder, "spool"), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(Secret, File.ReadAllText(file), StringComparison.Ordinal));
        await dev.Cairn.SucceedAsync(Ct, "start");
        await Store.UntilAsync(() => dev.Store.Number("SELECT count(*) FROM event WHERE kind = 'assistant_message'") == 1, Ct);
        Assert.Contains("say hello", Assert.Single(dev.Store.Words("SELECT text FROM event WHERE kind = 'prompt'")), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_plugin_starts_the_daemon_and_stops_it_at_its_end_when_nobody_else_needs_it()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        await dev.Cairn.SucceedAsync(Ct, "stop");

        await dev.PromptAsync(DemoStory.Prompts[0], Ct);

        await Store.UntilAsync(() => dev.Cairn.DaemonPid() is null, Ct);
        Assert.Equal(6, dev.Store.ToolCalls);
        Assert.Contains(dev.Store.Titles, title => title.Contains(Memory, StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_daemon_stays_while_another_session_is_open_and_where_it_was_running_before()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        var before = dev.Cairn.DaemonPid();
        await dev.PromptAsync("Say hello", Ct);
        Assert.Equal(before, dev.Cairn.DaemonPid());

        await dev.Cairn.SucceedAsync(Ct, "stop");
        await using var server = await dev.OpenCode.ServeAsync(dev.Project, Ct, new Dictionary<string, string> { ["CODEMEM_VIEWER_AUTO_STOP"] = "0" });
        await server.PromptAsync(await server.CreateSessionAsync(Ct), "Stay open", Ct);
        await Store.UntilAsync(() => dev.Cairn.DaemonPid() is not null, Ct);
        await Store.UntilAsync(() => dev.Store.Prompts == 2, Ct);
        var started = dev.Cairn.DaemonPid();
        await dev.PromptAsync("Say hello again", Ct);
        Assert.Equal(started, dev.Cairn.DaemonPid());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_turn_that_the_model_fails_is_recorded_as_failed()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct, _ => [new ModelScript("refused", ModelTurn.Refuse(400))]);

        await dev.OpenCode.PromptAsync("Please be refused", dev.Project, Ct);

        await Store.UntilAsync(() => dev.Store.Number("SELECT count(*) FROM event WHERE kind = 'turn_failed'") >= 1, Ct);
        Assert.Contains("refuses", dev.Store.Words("SELECT text FROM event WHERE kind = 'turn_failed'")[0], StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("notify", "is older than required 99.0.0. Suggested action")]
    [InlineData("auto", "there is no update channel yet")]
    public async Task A_version_that_is_too_old_is_told_of_and_stops_nothing(string policy, string words)
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        await using var server = await dev.OpenCode.ServeAsync(dev.Project, Ct, new Dictionary<string, string>
        {
            ["CODEMEM_MIN_VERSION"] = "99.0.0",
            ["CODEMEM_BACKEND_UPDATE_POLICY"] = policy,
        });

        var toast = await server.EventAsync("is older than required", async () => await server.PromptAsync(await server.CreateSessionAsync(Ct), "Say hello", Ct), Ct);

        Assert.Contains(words, toast, StringComparison.Ordinal);
        await Store.UntilAsync(() => dev.Store.Prompts == 1, Ct);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_was_injected_is_said_once_in_a_session()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);
        await using var server = await dev.OpenCode.ServeAsync(dev.Project, Ct);

        var toast = await server.EventAsync("cairn injected", async () => await server.PromptAsync(await server.CreateSessionAsync(Ct), NextPrompt, Ct), Ct);

        Assert.Matches(@"cairn injected · [1-9]\d* items · ~\d+ tokens", System.Text.RegularExpressions.Regex.Unescape(toast.Replace("\\\"", "'", StringComparison.Ordinal)));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("CODEMEM_PLUGIN_IGNORE", "1")]
    [InlineData("CODEMEM_RAW_EVENTS", "0")]
    [InlineData("CAIRN_INTERNAL", "1")]
    public async Task Where_it_is_not_wanted_the_plugin_does_nothing(string variable, string value)
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);

        await dev.PromptAsync(NextPrompt, Ct, variables: new Dictionary<string, string> { [variable] = value });

        Assert.Equal(1, dev.Store.Prompts);
        Assert.All(dev.RequestsFor(NextPrompt), request => Assert.Empty(request.InstructedRecollections()));
    }
}
