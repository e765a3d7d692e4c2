using System.Diagnostics;
using System.Globalization;
using Cairn.EndToEnd.Tests.Recordings;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>Memory down, stuck or killed: the agent's session is the same as without it, and what happened is stored afterwards.</summary>
public sealed class FailureTests
{
    private const string NextPrompt = "Please add shipping costs to the cart total";

    /// <summary>Requests that the first session of the story takes.</summary>
    private const int Steps = 6;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task A_daemon_that_cannot_start_changes_nothing_for_the_agent_and_nothing_is_lost()
    {
        await using var dev = await Developer.StartAsync(Ct);
        var healthy = await dev.PromptAsync(DemoStory.Prompts[0], Ct);
        var steps = dev.Model.Requests.Count;
        await dev.ForgetTheFixAsync(Ct);
        await dev.Cairn.SucceedAsync(Ct, "stop");
        var daemon = Path.Combine(dev.Home.CairnFolder, "bin", "current", "cairn-daemon");
        File.Move(daemon, daemon + ".away");

        var down = await dev.PromptAsync(DemoStory.Prompts[0], Ct);

        Assert.Equal(Steps, dev.Model.Requests.Count - steps);
        Report("daemon down", healthy, down);
        File.Move(daemon + ".away", daemon);
        await dev.PromptAsync(NextPrompt, Ct);
        await Store.UntilAsync(() => dev.Store.ToolCalls == 12, Ct);
        Assert.Equal(3, dev.Store.Sessions);
        Assert.Equal(3, dev.Store.Prompts);
        Assert.Equal(0, dev.Store.DoubledToolCalls);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_daemon_that_does_not_answer_changes_nothing_for_the_agent_and_nothing_is_lost()
    {
        await using var dev = await Developer.StartAsync(Ct);
        var healthy = await dev.PromptAsync(DemoStory.Prompts[0], Ct);
        var steps = dev.Model.Requests.Count;
        await dev.ForgetTheFixAsync(Ct);
        var daemon = dev.Cairn.DaemonPid()!.Value;
        await SignalAsync("STOP", daemon);
        ProcessRun stuck;
        try
        {
            stuck = await dev.PromptAsync(DemoStory.Prompts[0], Ct);
        }
        finally
        {
            await SignalAsync("CONT", daemon);
        }

        Assert.Equal(Steps, dev.Model.Requests.Count - steps);
        Report("daemon stuck", healthy, stuck);
        await dev.PromptAsync(NextPrompt, Ct);
        await Store.UntilAsync(() => dev.Store.ToolCalls == 12, Ct);
        Assert.Equal(3, dev.Store.Sessions);
        Assert.Equal(3, dev.Store.Prompts);
        Assert.Equal(0, dev.Store.DoubledToolCalls);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_daemon_killed_in_the_middle_of_a_session_loses_nothing_of_it()
    {
        await using var dev = await Developer.StartAsync(Ct);
        var killed = KillAtThirdStepAsync(dev);

        await dev.PromptAsync(DemoStory.Prompts[0], Ct);

        var pid = await killed;
        await Store.UntilAsync(() => dev.Store.ToolCalls == 6, Ct);
        Assert.NotEqual(pid, dev.Cairn.DaemonPid());
        Assert.Equal(1, dev.Store.Sessions);
        Assert.Equal(1, dev.Store.Prompts);
        Assert.Equal(0, dev.Store.DoubledToolCalls);
        Assert.Equal(1, dev.Store.Number("SELECT count(*) FROM session WHERE ended_at_ms IS NOT NULL"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_session_that_is_terminated_in_the_middle_is_stored_up_to_there_and_closed()
    {
        await using var dev = await Developer.StartAsync(Ct, folder =>
        [
            new ModelScript("think long",
                ModelTurn.Call(ToolCall.Read($"{folder}/cart.js")),
                new ModelTurn { Text = "Never said.", Delay = TimeSpan.FromMinutes(5) }),
        ]);
        var terminated = Task.CompletedTask;

        var run = await dev.Claude.PromptAsync("Please think long", dev.Project, Ct, new ClaudeOptions
        {
            Started = process => terminated = TerminateWhileThinkingAsync(dev, process),
        });

        await terminated;
        Assert.Equal(143, run.ExitCode);
        Assert.Equal(1, dev.Store.Sessions);
        Assert.Equal(1, dev.Store.Prompts);
        Assert.Equal(1, dev.Store.ToolCalls);
        Assert.Equal(1, dev.Store.Number("SELECT count(*) FROM session WHERE ended_at_ms IS NOT NULL"));
    }

    private static async Task TerminateWhileThinkingAsync(Developer dev, Process process)
    {
        await dev.Model.ArrivalAsync(request => request.ToolResults == 1, Ct);
        await ClaudeClient.TerminateAsync(process, Ct);
    }

    private static async Task<int> KillAtThirdStepAsync(Developer dev)
    {
        await dev.Model.ArrivalAsync(request => request.ToolResults == 2, Ct);
        var pid = dev.Cairn.DaemonPid()!.Value;
        await SignalAsync("KILL", pid);
        return pid;
    }

    private static async Task SignalAsync(string signal, int pid)
    {
        using var kill = Process.Start("kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, kill.ExitCode);
    }

    private static void Report(string what, ProcessRun healthy, ProcessRun run) => TestNotes.Write(
        $"end-to-end-{what.Replace(' ', '-')}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The same session of the real client ({Steps} steps): {healthy.Elapsed.TotalSeconds:F1} s with the daemon well, {run.Elapsed.TotalSeconds:F1} s with the {what}."));
}
