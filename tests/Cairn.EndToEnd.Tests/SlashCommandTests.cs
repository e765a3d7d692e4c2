using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>What a person can ask of the memory from inside the client, and how to keep it out.</summary>
public sealed class SlashCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("dev")]
    [InlineData("Åsa Öberg")]
    public async Task The_recall_command_finds_what_was_remembered_without_a_question(string home)
    {
        await using var dev = await Developer.StartAsync(Ct, home: home, scripts: folder =>
        [
            new ModelScript("Search the memories of earlier sessions",
                ModelTurn.Call(ToolCall.Bash($"\"{Path.GetDirectoryName(folder)}/.cairn/bin/current/cairn\" search 'discount'", "Search the memories")),
                ModelTurn.Say("It was fixed once.")),
        ]);
        await dev.FixTheDiscountAsync(Ct);
        var memories = dev.Store.Memories;

        await dev.PromptAsync("/cairn:recall discount", Ct, new ClaudeOptions { AsksPermission = true });

        var answered = dev.RequestsFor("Search the memories of earlier sessions")[^1];
        Assert.Equal(1, answered.ToolResults);
        Assert.Contains("Fix the discount taken twice", answered.LastToolResult, StringComparison.Ordinal);
        await dev.Store.SettledAsync(Ct);
        Assert.Equal(memories, dev.Store.Memories);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_remember_command_keeps_a_note_for_the_next_session()
    {
        await using var dev = await Developer.StartAsync(Ct, folder =>
        [
            new ModelScript("Keep this for later sessions",
                ModelTurn.Call(ToolCall.Bash($"\"{Path.GetDirectoryName(folder)}/.cairn/bin/current/cairn\" remember 'Vouchers wait for Mira'", "Keep it")),
                ModelTurn.Say("Kept.")),
        ]);

        await dev.PromptAsync("/cairn:remember Vouchers wait for Mira", Ct, new ClaudeOptions { AsksPermission = true });
        await dev.PromptAsync("What next?", Ct);

        Assert.Contains("Vouchers wait for Mira", dev.Store.Titles);
        Assert.Contains(dev.RequestsFor("What next?")[0].Recollections(), block => block.Contains("Vouchers wait for Mira", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_client_that_thinks_for_another_program_is_not_observed()
    {
        await using var dev = await Developer.StartAsync(Ct);

        await dev.PromptAsync("What next?", Ct, new ClaudeOptions { Variables = new Dictionary<string, string> { ["CAIRN_INTERNAL"] = "1" } });

        Assert.Equal(0, dev.Store.Sessions);
    }

    [Fact(Timeout = 120_000)]
    public async Task Of_a_paused_project_nothing_is_stored_until_it_is_resumed()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.Cairn.SucceedInAsync(dev.Project, Ct, "pause");

        await dev.PromptAsync("A secret question?", Ct);
        Assert.Equal(0, dev.Store.Number("SELECT count(*) FROM event"));
        Assert.Equal(0, dev.Store.Sessions);

        await dev.Cairn.SucceedInAsync(dev.Project, Ct, "resume");
        await dev.PromptAsync("An open question?", Ct);
        Assert.Equal("An open question?", Assert.Single(dev.Store.Words("SELECT text FROM event WHERE kind = 'prompt'")));
    }
}
