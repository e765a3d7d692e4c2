using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>The same session by command hooks and by HTTP hooks, with the real client.</summary>
public sealed class TransportTests
{
    private const string Kinds = "SELECT kind || ' ' || count(*) FROM event GROUP BY kind ORDER BY kind";
    private const string NextPrompt = "Please add shipping costs to the cart total";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Http_hooks_capture_what_commands_do_while_the_daemon_runs_and_the_transcript_fills_in_the_rest()
    {
        await using var byCommand = await Developer.StartAsync(Ct);
        await byCommand.FixTheDiscountAsync(Ct);
        var commands = byCommand.Store.Words(Kinds);

        await using var byHttp = await Developer.StartAsync(Ct, install: false);
        await byHttp.Cairn.SucceedAsync(Ct, "install", "claude-code", "--transport", "http");
        await byHttp.FixTheDiscountAsync(Ct);
        var http = byHttp.Store.Words(Kinds);
        TestNotes.Write("transport", $"One session by commands: {string.Join(", ", commands)}. By HTTP hooks: {string.Join(", ", http)}.");
        Assert.Equal(byCommand.Store.ToolCalls, byHttp.Store.ToolCalls);
        Assert.Equal(byCommand.Store.Prompts, byHttp.Store.Prompts);

        // The daemon is away for a whole session: with HTTP hooks nothing keeps the events, but the client's own file does.
        await byHttp.Cairn.SucceedAsync(Ct, "stop");
        var daemon = Path.Combine(byHttp.Home.CairnFolder, "bin", "current", "cairn-daemon");
        File.Move(daemon, daemon + ".away");
        await byHttp.PromptAsync(NextPrompt, Ct, new ClaudeOptions { Continue = true });
        var prompts = byHttp.Store.Prompts;
        File.Move(daemon + ".away", daemon);
        await byHttp.Cairn.SucceedAsync(Ct, "start");
        await byHttp.PromptAsync("What did we change today?", Ct, new ClaudeOptions { Continue = true });

        await Store.UntilAsync(() => byHttp.Store.Prompts == prompts + 2, Ct);
        Assert.Equal(0, byHttp.Store.DoubledToolCalls);
        Assert.Equal(1, byHttp.Store.Sessions);
    }
}
