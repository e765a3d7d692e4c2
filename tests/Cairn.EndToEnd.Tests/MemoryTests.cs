using Cairn.EndToEnd.Tests.Recordings;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>The whole product once: what one session of the real client learned is in front of the model in the next one.</summary>
public sealed class MemoryTests
{
    /// <summary>Words of the commit that ended the first session: what its memory is called.</summary>
    private const string Memory = "Fix the discount taken twice in the cart total";

    private const string NextPrompt = "Please add shipping costs to the cart total";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_one_session_learned_is_in_the_first_request_of_the_next_exactly_once()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);

        await dev.PromptAsync(NextPrompt, Ct);

        var first = dev.RequestsFor(NextPrompt)[0];
        AssertShownOnce(first);
        TestNotes.Write("end-to-end-first-request", $"The memory in the first request of the real client's second session:\n{string.Join('\n', first.Recollections())}");
        Assert.All(first.Recollections(), block => Assert.InRange(block.Length, 1, 9_999));
        Assert.Equal(0, first.Count("<persisted-output>"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_session_is_stored_with_its_failing_test_and_nothing_twice()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);

        Assert.Equal(1, dev.Store.Sessions);
        Assert.Equal(1, dev.Store.Prompts);
        Assert.Equal(1, dev.Store.PromptsOfSessions);
        Assert.Equal(6, dev.Store.ToolCalls);
        Assert.Equal(0, dev.Store.DoubledToolCalls);
        Assert.Contains("32.4 !== 36", Assert.Single(dev.Store.Words("SELECT tool_output FROM event WHERE kind = 'tool_failure'")), StringComparison.Ordinal);
        Assert.Equal(1, dev.Store.Number("SELECT count(*) FROM session WHERE ended_at_ms IS NOT NULL"));
        Assert.Contains(dev.Store.Titles, title => title.Contains(Memory, StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_the_product_nothing_of_the_first_session_is_in_the_next()
    {
        await using var dev = await Developer.StartAsync(Ct, install: false);
        await dev.PromptAsync(DemoStory.Prompts[0], Ct);

        await dev.PromptAsync(NextPrompt, Ct);

        Assert.All(dev.RequestsFor(NextPrompt), request => Assert.Equal(0, request.Count(Memory)));
    }

    [Fact(Timeout = 120_000)]
    public async Task Another_project_is_told_nothing_of_it()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);
        var other = await dev.Home.ProjectAsync("garden", Ct, ("plants.txt", "roses\n"));

        await dev.Claude.PromptAsync("Which plants are there?", other, Ct);

        Assert.All(dev.RequestsFor("Which plants"), request => Assert.Equal(0, request.Count(Memory)));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_resumed_session_is_not_shown_again_what_it_was_shown()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);
        await dev.PromptAsync(NextPrompt, Ct);

        await dev.PromptAsync("And where does the cart total round?", Ct, new ClaudeOptions { Continue = true });

        AssertShownOnce(dev.RequestsFor("where does the cart total round")[0]);
        Assert.Equal(2, dev.Store.Sessions);
        Assert.Equal(3, dev.Store.Prompts);
    }

    [Fact(Timeout = 120_000)]
    public async Task After_a_compaction_the_session_knows_it_once_and_is_still_one_session()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.FixTheDiscountAsync(Ct);
        await dev.PromptAsync(NextPrompt, Ct);
        await dev.PromptAsync("/compact keep the plan", Ct, new ClaudeOptions { Continue = true });

        await dev.PromptAsync("And where does the cart total round?", Ct, new ClaudeOptions { Continue = true });

        AssertShownOnce(dev.RequestsFor("where does the cart total round")[0]);
        Assert.Equal(2, dev.Store.Sessions);
        Assert.Equal(3, dev.Store.Prompts);
        Assert.Equal(0, dev.Store.Number("SELECT count(*) FROM event WHERE subagent_id IS NOT NULL"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_subagents_work_makes_no_session_and_no_prompt_of_its_own()
    {
        await using var dev = await Developer.StartAsync(Ct, folder =>
        [
            new ModelScript("SUBTASK", ModelTurn.Call(ToolCall.Read($"{folder}/cart.js")), ModelTurn.Say("total() is in cart.js.")),
            new ModelScript("delegate", ModelTurn.Call(ToolCall.Agent("Look at the cart", "SUBTASK: look at cart.js")), ModelTurn.Say("Found.")),
        ]);

        await dev.PromptAsync("Please delegate looking at the cart", Ct);

        Assert.Equal(1, dev.Store.Sessions);
        Assert.Equal(1, dev.Store.Prompts);
        Assert.Equal(2, dev.Store.ToolCalls);
        Assert.Equal("Read", Assert.Single(dev.Store.Words(
            "SELECT tool_name FROM event WHERE subagent_id IS NOT NULL AND subagent_type = 'general-purpose' AND tool_name IS NOT NULL")));
    }

    [Fact(Timeout = 300_000)]
    public async Task Fifty_turns_in_five_sessions_are_five_sessions_and_fifty_prompts()
    {
        await using var dev = await Developer.StartAsync(
            Ct, _ => [new ModelScript("step", ModelTurn.Call(ToolCall.Bash("echo a step", "Take a step")), ModelTurn.Say("Taken."))]);
        foreach (var session in Enumerable.Range(1, 5))
        {
            await using var conversation = ClaudeConversation.Start(dev.Installed, dev.Project, dev.Claude.EnvironmentVariables());
            foreach (var turn in Enumerable.Range(1, 10))
            {
                await conversation.PromptAsync($"Please take step {turn} of walk {session}", Ct);
            }

            Assert.Equal(0, await conversation.EndAsync(Ct));
        }

        Assert.Equal(5, dev.Store.Sessions);
        Assert.Equal(50, dev.Store.Prompts);
        Assert.Equal(50, dev.Store.PromptsOfSessions);
        Assert.Equal(50, dev.Store.ToolCalls);
        Assert.Equal(50, dev.Store.Number("SELECT count(*) FROM event WHERE kind = 'assistant_message'"));
    }

    // One block holds it, and no memory is there under its number twice.
    private static void AssertShownOnce(ModelRequest request)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n\n", request.Recollections()));
        Assert.Single(request.Recollections(), block => block.Contains(Memory, StringComparison.Ordinal));
        Assert.Equal(request.RecalledNumbers().Distinct(), request.RecalledNumbers());
    }
}
