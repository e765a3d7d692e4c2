using Cairn.EndToEnd.Tests.Recordings;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>The client's own file of a session makes capture lossless: what no hook could tell, and the past.</summary>
public sealed class TranscriptTests
{
    private const string NextPrompt = "Please add shipping costs to the cart total";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task What_was_lost_on_its_way_is_there_after_the_sessions_next_turn()
    {
        await using var dev = await Developer.StartAsync(Ct);
        await dev.Cairn.SucceedAsync(Ct, "stop");
        var daemon = Path.Combine(dev.Home.CairnFolder, "bin", "current", "cairn-daemon");
        File.Move(daemon, daemon + ".away");
        await dev.PromptAsync(DemoStory.Prompts[0], Ct);
        Directory.Delete(Path.Combine(dev.Home.CairnFolder, "spool"), recursive: true);
        File.Move(daemon + ".away", daemon);

        await dev.PromptAsync(NextPrompt, Ct, new ClaudeOptions { Continue = true });

        await Store.UntilAsync(() => dev.Store.ToolCalls == 6 && dev.Store.Prompts == 2, Ct);
        await dev.Store.SettledAsync(Ct);
        Assert.Equal(1, dev.Store.Sessions);
        Assert.Equal(2, dev.Store.PromptsOfSessions);
        Assert.Equal(0, dev.Store.DoubledToolCalls);
        Assert.Equal(0, dev.Store.Number("SELECT count(*) FROM (SELECT 1 FROM event WHERE text IS NOT NULL AND kind <> 'session_started' GROUP BY session_id, kind, turn_id, text HAVING count(*) > 1)"));
        Assert.True(dev.Store.Memories > 0);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_session_from_before_the_installation_is_remembered_after_a_backfill()
    {
        await using var dev = await Developer.StartAsync(Ct, install: false);
        await dev.PromptAsync(DemoStory.Prompts[0], Ct);
        await dev.Cairn.SucceedAsync(Ct, "backfill", "--yes");
        Assert.Equal(6, dev.Store.ToolCalls);
        var memories = dev.Store.Memories;
        Assert.True(memories > 0);

        await dev.Cairn.SucceedAsync(Ct, "install", "claude-code");
        await dev.PromptAsync(NextPrompt, Ct, new ClaudeOptions { Continue = true });
        await Store.UntilAsync(() => dev.Store.Prompts == 2, Ct);
        await dev.Store.SettledAsync(Ct);
        Assert.Equal(0, dev.Store.DoubledToolCalls);
        Assert.Equal(1, dev.Store.Sessions);
    }
}
