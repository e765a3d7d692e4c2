using Cairn.EndToEnd.Tests.Recordings;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>The whole product in the real OpenCode: what one session learned is in front of the model in the next one.</summary>
public sealed class OpenCodeTests
{
    /// <summary>Words of the commit that ended the first session: what its memory is called.</summary>
    private const string Memory = "Fix the discount taken twice in the cart total";

    private const string NextPrompt = "Please add shipping costs to the cart total";

    private static readonly string[] Sides = ["left", "right"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_one_session_learned_is_in_every_request_of_the_next_once_and_in_the_same_words()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(
            Ct, folder => [OpenCodeDeveloper.OwnWords(new ModelScript(NextPrompt, ModelTurn.Call(ToolCall.Read($"{folder}/cart.js")), ModelTurn.Call(ToolCall.Bash("node --test", "Run the tests")), ModelTurn.Say("Added.")))]);
        await dev.FixTheDiscountAsync(Ct);

        await dev.PromptAsync(NextPrompt, Ct);

        var requests = dev.RequestsFor(NextPrompt);
        Assert.Equal(3, requests.Count);
        TestNotes.Write("end-to-end-opencode", $"The memory in the first request of OpenCode's second session:\n{string.Join('\n', requests[0].InstructedRecollections())}");
        Assert.Single(requests[0].InstructedRecollections(), block => block.Contains(Memory, StringComparison.Ordinal));
        Assert.All(requests, request => Assert.Equal(requests[0].Instructions(), request.Instructions()));
        Assert.All(requests, request => Assert.Empty(request.Recollections()));
        Assert.NotEmpty(dev.Model.Errands);
        Assert.All(dev.Model.Errands, errand => Assert.Empty(errand.InstructedRecollections()));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_session_is_stored_with_its_failing_test_its_words_and_its_usage_and_nothing_twice()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);

        Assert.Equal(1, dev.Store.Sessions);
        Assert.Equal([DemoStory.Prompts[0]], dev.Store.Words("SELECT text FROM event WHERE kind = 'prompt'"));
        Assert.Equal(6, dev.Store.ToolCalls);
        Assert.Equal(0, dev.Store.DoubledToolCalls);
        Assert.Contains("32.4 !== 36", Assert.Single(dev.Store.Words("SELECT tool_output FROM event WHERE kind = 'tool_failure'")), StringComparison.Ordinal);
        Assert.Equal(["I run the test first, to see it fail."], dev.Store.Words("SELECT text FROM event WHERE kind = 'assistant_text' ORDER BY id LIMIT 1"));
        Assert.StartsWith("Fixed. The discount was taken twice", Assert.Single(dev.Store.Words("SELECT text FROM event WHERE kind = 'assistant_message'")), StringComparison.Ordinal);
        Assert.Equal(6, dev.Store.Number("SELECT count(*) FROM event WHERE kind = 'usage' AND json_extract(text, '$.input') = 1200"));
        Assert.Equal(1, dev.Store.Number("SELECT count(*) FROM session WHERE ended_at_ms IS NOT NULL AND agent = 'opencode'"));
        Assert.Contains(dev.Store.Titles, title => title.Contains(Memory, StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_tool_that_fails_is_recorded_although_no_hook_tells_of_it()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(
            Ct, folder => [OpenCodeDeveloper.OwnWords(new ModelScript("missing", ModelTurn.Call(ToolCall.Read($"{folder}/missing.txt")), ModelTurn.Say("It is not there.")))]);

        await dev.PromptAsync("What is in missing.txt?", Ct);

        Assert.Equal(["Read"], dev.Store.Words("SELECT tool_name FROM event WHERE kind = 'tool_failure'"));
        Assert.Contains("File not found", Assert.Single(dev.Store.Words("SELECT tool_output FROM event WHERE kind = 'tool_failure'")), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_resumed_session_knows_again_what_it_was_shown_and_is_one_session()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);
        await dev.PromptAsync(NextPrompt, Ct);

        await dev.PromptAsync("And where does the cart total round?", Ct, goesOn: true);

        Assert.Single(dev.RequestsFor("where does the cart total round")[0].InstructedRecollections(), block => block.Contains(Memory, StringComparison.Ordinal));
        Assert.Equal(2, dev.Store.Sessions);
        Assert.Equal(3, dev.Store.Prompts);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_compaction_is_told_nothing_and_the_session_goes_on_knowing()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);
        await using (var server = await dev.OpenCode.ServeAsync(dev.Project, Ct))
        {
            var session = await server.CreateSessionAsync(Ct);
            await server.PromptAsync(session, NextPrompt, Ct);
            await server.CompactAsync(session, Ct);
            await server.PromptAsync(session, "And where does the cart total round?", Ct);
        }

        var summaries = dev.Model.Errands.Where(errand => errand.Instructions().Any(text => text.Contains("summarization agent", StringComparison.Ordinal))).ToList();
        Assert.Empty(Assert.Single(summaries).InstructedRecollections());
        var after = dev.RequestsFor("where does the cart total round")[0];
        Assert.Equal(dev.RequestsFor(NextPrompt)[0].InstructedRecollections(), after.InstructedRecollections());
        Assert.Single(after.InstructedRecollections(), block => block.Contains(Memory, StringComparison.Ordinal));
        Assert.Equal(1, dev.Store.Number("SELECT count(*) FROM event WHERE kind = 'compacted'"));
        Assert.Equal(3, dev.Store.Prompts);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_subagents_work_is_the_sessions_and_it_is_shown_nothing()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct, folder =>
        [
            OpenCodeDeveloper.OwnWords(new ModelScript("SUBTASK", ModelTurn.Call(ToolCall.Read($"{folder}/cart.js")), ModelTurn.Say("total() is in cart.js."))),
            OpenCodeDeveloper.OwnWords(new ModelScript("delegate", ModelTurn.Call(ToolCall.Agent("Look at the cart", "SUBTASK: look at the cart total")), ModelTurn.Say("Found."))),
        ]);
        await dev.FixTheDiscountAsync(Ct);

        await dev.PromptAsync("Please delegate looking at the cart total", Ct);

        Assert.Equal(2, dev.Store.Sessions);
        Assert.Equal(2, dev.Store.Prompts);
        Assert.Equal("Read", Assert.Single(dev.Store.Words(
            "SELECT tool_name FROM event WHERE subagent_id IS NOT NULL AND subagent_type = 'general' AND tool_name IS NOT NULL")));
        Assert.Equal("total() is in cart.js.", Assert.Single(dev.Store.Words("SELECT text FROM event WHERE kind = 'subagent_stopped'")));
        Assert.All(dev.RequestsFor("SUBTASK"), request => Assert.Empty(request.InstructedRecollections()));
        Assert.NotEmpty(dev.RequestsFor("Please delegate")[0].InstructedRecollections());
    }

    [Fact(Timeout = 120_000)]
    public async Task Sessions_side_by_side_in_one_process_do_not_mix()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct, _ => [.. Sides.Select(side => OpenCodeDeveloper.OwnWords(
            new ModelScript($"walk {side}", [.. Enumerable.Range(1, 5).Select(step => ModelTurn.Call(ToolCall.Bash($"echo {side} {step}", "Take a step"))), ModelTurn.Say($"Walked {side}.")])))]);
        await using (var server = await dev.OpenCode.ServeAsync(dev.Project, Ct))
        {
            var (left, right) = (await server.CreateSessionAsync(Ct), await server.CreateSessionAsync(Ct));
            await Task.WhenAll(server.PromptAsync(left, "Please walk left", Ct), server.PromptAsync(right, "Please walk right", Ct));
            await Store.UntilAsync(() => dev.Store.Number("SELECT count(*) FROM event WHERE kind = 'assistant_message'") == 2, Ct);
        }

        Assert.Equal(2, dev.Store.Sessions);
        foreach (var side in Sides)
        {
            var rows = dev.Store.Words(
                "SELECT coalesce(text, tool_output) FROM event WHERE kind NOT IN ('usage', 'session_started') AND session_id = (SELECT session_id FROM event WHERE kind = 'prompt' AND text LIKE $prompt) ORDER BY id",
                ("$prompt", $"%{side}"));
            Assert.Equal(7, rows.Count);
            Assert.All(rows, row => Assert.Contains(side, row, StringComparison.Ordinal));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Fifty_tools_make_memories_in_the_middle_of_a_turn()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct, folder =>
        [
            OpenCodeDeveloper.OwnWords(new ModelScript("long work",
                ModelTurn.Call(ToolCall.Edit($"{folder}/cart.js", "sum += discounted(item.price * item.quantity, percent);", "sum += item.price * item.quantity;")),
                ModelTurn.Call(ToolCall.Bash("git commit -qam 'Fix the discount taken twice in the cart total'", "Commit")),
                ModelTurn.Call([.. Enumerable.Range(1, 50).Select(step => ToolCall.Bash($"echo step {step}", "Take a step"))]),
                new ModelTurn { Text = "Never said.", Delay = TimeSpan.FromMinutes(5) })),
        ]);
        await using var server = await dev.OpenCode.ServeAsync(dev.Project, Ct);
        var session = await server.CreateSessionAsync(Ct);
        var turn = server.PromptAsync(session, "Please do the long work", Ct);
        await dev.Model.ArrivalAsync(request => request.ToolResults == 3, Ct);

        await Store.UntilAsync(() => dev.Store.Titles.Count > 0, Ct);

        Assert.Contains(dev.Store.Titles, title => title.Contains(Memory, StringComparison.Ordinal));
        Assert.False(turn.IsCompleted);
        Assert.Equal(["tools"], dev.Store.Words("SELECT text FROM event WHERE kind = 'checkpoint'"));
        await server.AbortAsync(session, Ct);
        await turn;
        await Store.UntilAsync(() => dev.Store.Number("SELECT count(*) FROM event WHERE kind = 'turn_failed'") == 1, Ct);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_new_session_makes_memories_of_what_the_one_before_is_still_at()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct, folder =>
        [
            OpenCodeDeveloper.OwnWords(new ModelScript("long work",
                ModelTurn.Call(ToolCall.Edit($"{folder}/cart.js", "sum += discounted(item.price * item.quantity, percent);", "sum += item.price * item.quantity;")),
                ModelTurn.Call(ToolCall.Bash("git commit -qam 'Fix the discount taken twice in the cart total'", "Commit")),
                new ModelTurn { Text = "Never said.", Delay = TimeSpan.FromMinutes(5) })),
        ]);
        await using var server = await dev.OpenCode.ServeAsync(dev.Project, Ct);
        var session = await server.CreateSessionAsync(Ct);
        var turn = server.PromptAsync(session, "Please do the long work", Ct);
        await dev.Model.ArrivalAsync(request => request.ToolResults == 2, Ct);

        await server.CreateSessionAsync(Ct);
        await Store.UntilAsync(() => dev.Store.Titles.Count > 0, Ct);

        Assert.Contains(dev.Store.Titles, title => title.Contains(Memory, StringComparison.Ordinal));
        Assert.Equal(["new session"], dev.Store.Words("SELECT text FROM event WHERE kind = 'checkpoint'"));
        Assert.False(turn.IsCompleted);
        await server.AbortAsync(session, Ct);
        await turn;
    }

    [Fact(Timeout = 120_000)]
    public async Task The_agent_can_ask_for_the_state_the_statistics_and_the_latest_memories()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct, _ =>
        [
            new ModelScript("ask the memory",
                ModelTurn.Call(new ToolCall("mem-status", [])), ModelTurn.Call(new ToolCall("mem-stats", [])),
                ModelTurn.Call(new ToolCall("mem-recent", new() { ["limit"] = 1 })), ModelTurn.Call(new ToolCall("mem-recent", [])), ModelTurn.Say("Asked.")),
        ]);
        await dev.FixTheDiscountAsync(Ct);

        await dev.PromptAsync("Please ask the memory", Ct);

        var answers = dev.RequestsFor("ask the memory").Skip(1).Select(request => request.LastToolResult).ToList();
        Assert.Equal(4, answers.Count);
        Assert.Contains("viewer: http://127.0.0.1:", answers[0], StringComparison.Ordinal);
        Assert.Contains("log: disabled", answers[0], StringComparison.Ordinal);
        Assert.Contains("stats:", answers[0], StringComparison.Ordinal);
        Assert.Contains("sessions", answers[1], StringComparison.Ordinal);
        Assert.Contains(Memory, answers[2], StringComparison.Ordinal);
        Assert.Contains(Memory, answers[3], StringComparison.Ordinal);
        // What we answered ourselves is no evidence of anything.
        Assert.Equal(0, dev.Store.Number("SELECT count(*) FROM event WHERE tool_name LIKE 'mem-%'"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Another_project_is_told_nothing_of_it()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);
        var other = await dev.Home.ProjectAsync("garden", Ct, ("plants.txt", "roses\n"));

        await dev.OpenCode.PromptAsync("Which plants are there?", other, Ct);

        Assert.All(dev.RequestsFor("Which plants"), request => Assert.DoesNotContain(request.Instructions(), text => text.Contains(Memory, StringComparison.Ordinal)));
    }
}
