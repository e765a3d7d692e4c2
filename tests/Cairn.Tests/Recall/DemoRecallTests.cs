using System.Text.Json.Nodes;
using Cairn.Tests.Support;

namespace Cairn.Tests.Recall;

/// <summary>The demo's session through the real door, then what later sessions are told.</summary>
public sealed class DemoRecallTests : IAsyncLifetime
{
    private TestDaemon _daemon = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await TestDaemon.StartAsync();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "demo", "session"), "*.json").Order(StringComparer.Ordinal))
        {
            await _daemon.HookAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        }

        await _daemon.ObservedAsync();
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task Of_fifty_prompts_of_other_subjects_at_most_two_bring_anything()
    {
        var brought = new List<string>();
        foreach (var (number, prompt) in UnrelatedPrompts.All.Index())
        {
            if (await PromptAsync($"other-{number}", prompt) is { Length: > 0 })
            {
                brought.Add(prompt);
            }
        }

        TestNotes.Write("demo-unrelated", $"Demo's memory: prompts of other subjects that brought anything: {brought.Count} of {UnrelatedPrompts.All.Count} (at most 2). {string.Join(" | ", brought)}");
        Assert.Equal(50, UnrelatedPrompts.All.Count);
        Assert.InRange(brought.Count, 0, 2);
    }

    [Theory]
    [InlineData("The discount in the cart total is wrong again, what was it last time?", "discount taken twice")]
    [InlineData("Should amounts be floats or integer cents in the cart?", "integer cents")]
    [InlineData("Add a shipping fee to total() in cart.js", "cart")]
    public async Task A_related_prompt_brings_what_is_known(string prompt, string expected) =>
        Assert.Contains(expected, await PromptAsync("related", prompt), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task The_next_session_starts_with_what_the_last_one_did_and_the_person_is_told_in_one_line()
    {
        var answer = JsonNode.Parse(await StartAsync("next", "startup"))!;
        var context = (string)answer["hookSpecificOutput"]!["additionalContext"]!;
        Assert.Equal("SessionStart", (string)answer["hookSpecificOutput"]!["hookEventName"]!);
        Assert.Contains("Fix the discount taken twice in the cart total", context, StringComparison.Ordinal);
        Assert.InRange(context.Length, 1, 800 * 4);
        Assert.Contains("cairn open", (string)answer["systemMessage"]!, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', (string)answer["systemMessage"]!);
    }

    [Fact]
    public async Task What_a_session_was_shown_it_is_not_shown_again_until_it_is_compacted()
    {
        var first = await StartAsync("s", "startup");
        Assert.NotEmpty(first);
        Assert.Equal("", await StartAsync("s", "resume"));
        Assert.Equal("", await PromptAsync("s", "The discount in the cart total is wrong again, what was it last time?"));
        Assert.NotEmpty(await StartAsync("s", "compact"));
    }

    [Fact]
    public async Task Every_recall_leaves_a_receipt_also_of_silence()
    {
        await StartAsync("r", "startup");
        await PromptAsync("r", "What is a good recipe for apple cake?");
        Assert.Equal(
            ["session-startup shown", "prompt silent"],
            _daemon.Query("""
                SELECT trigger || CASE WHEN tokens > 0 THEN ' shown' ELSE ' silent' END
                FROM receipt JOIN session ON session.id = receipt.session_id WHERE agent_session_id = 'r' ORDER BY receipt.id
                """));
    }

    [Fact]
    public async Task Nothing_is_said_where_recall_is_off()
    {
        Assert.Equal("", (await _daemon.HookAsync(StartPayload("off", "startup"), "CODEMEM_INJECT_CONTEXT=0")).Body);
        Assert.NotEqual("", (await _daemon.HookAsync(StartPayload("on", "startup"))).Body);
    }

    [Fact]
    public async Task A_project_without_memories_starts_in_silence() =>
        Assert.Equal((204, ""), await _daemon.HookAsync("""{"session_id":"x","cwd":"/home/dev/other","hook_event_name":"SessionStart","source":"startup"}"""));

    private static string StartPayload(string session, string source) =>
        $$"""{"session_id":"{{session}}","cwd":"/home/dev/shop","hook_event_name":"SessionStart","source":"{{source}}","prompt_id":"{{session}}-{{source}}"}""";

    private async Task<string> StartAsync(string session, string source) => (await _daemon.HookAsync(StartPayload(session, source))).Body;

    private async Task<string> PromptAsync(string session, string prompt)
    {
        var payload = $$"""{"session_id":"{{session}}","cwd":"/home/dev/shop","hook_event_name":"UserPromptSubmit","prompt_id":"{{session}}-p","prompt":{{JsonValue.Create(prompt).ToJsonString()}}}""";
        var body = (await _daemon.HookAsync(payload)).Body;
        return body.Length == 0 ? "" : (string)JsonNode.Parse(body)!["hookSpecificOutput"]!["additionalContext"]!;
    }
}
