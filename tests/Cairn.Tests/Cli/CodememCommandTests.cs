using System.Text;
using System.Text.Json;
using Cairn.Core.Redaction;
using Cairn.Core.Spool;
using Cairn.Tests.Support;

namespace Cairn.Tests.Cli;

/// <summary>The commands that codemem's scripts call, and the queue as people see it.</summary>
public sealed class CodememCommandTests : IAsyncLifetime
{
    private const string Prompt = """{"hook_event_name":"UserPromptSubmit","session_id":"x1","cwd":"/srv/p","prompt":"How are amounts of money kept in the cart?"}""";

    private TestDaemon _daemon = null!;
    private CairnProcess _cairn = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await TestDaemon.StartAsync();
        _cairn = new CairnProcess(_daemon.Paths.Home, _daemon.Folder);
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task The_status_is_a_line_for_each_session_in_the_documented_words()
    {
        Assert.Equal("No pending raw events\n", (await _cairn.RunAsync("raw-events-status")).Output);

        await RunAsync(Prompt, "claude-hook-ingest");

        Assert.Equal(
            "- claude:x1 pending=1 max_seq=0 last_flushed=-1 batches=started:0 running:0 error:0 completed:0 queue=pending:0 claimed:0 failed:0 done:0 project=p\n",
            (await _cairn.RunAsync("raw-events-status")).Output);
    }

    [Theory]
    [InlineData("claude-hook-ingest")]
    [InlineData("ingest-claude-hook")]
    public async Task Ingesting_prints_nothing_and_shows_no_memory_to_nobody(string command)
    {
        await _cairn.RunAsync("remember", "Amounts of money are kept in the cart as whole cents", "--kind", "decision");

        Assert.Equal(new CairnResult(0, "", ""), await RunAsync(Prompt, command));
        Assert.Equal(new CairnResult(0, "", ""), await RunAsync("{", command));
        Assert.Equal(["How are amounts of money kept in the cart?"], _daemon.Query("SELECT text FROM event"));
        Assert.Equal(["0"], _daemon.Query("SELECT COUNT(*) FROM receipt"));
    }

    [Fact]
    public async Task Injecting_always_answers_that_the_agent_may_go_on_and_brings_the_memories_where_there_are_any()
    {
        Directory.CreateDirectory(Path.Combine(_daemon.Folder, "shop"));
        var cairn = new CairnProcess(_daemon.Paths.Home, Path.Combine(_daemon.Folder, "shop"));
        await cairn.RunAsync("remember", "Amounts of money are kept in the cart as whole cents", "--kind", "decision");
        var prompt = Prompt.Replace("/srv/p", Path.Combine(_daemon.Folder, "shop"), StringComparison.Ordinal);

        var answer = Parse((await RunAsync(prompt, "claude-hook-inject")).Output);
        Assert.True(answer.GetProperty("continue").GetBoolean());
        Assert.Equal("UserPromptSubmit", answer.GetProperty("hookSpecificOutput").GetProperty("hookEventName").GetString());
        Assert.Contains("whole cents", answer.GetProperty("hookSpecificOutput").GetProperty("additionalContext").GetString());

        foreach (var silent in (string[])["{", "", """{"hook_event_name":"UserPromptSubmit","session_id":"x2","cwd":"/srv/q","prompt":"bake bread"}"""])
        {
            Assert.Equal("""{"continue": true}""", (await RunAsync(silent, "claude-hook-inject")).Output.Trim());
        }
    }

    [Fact]
    public async Task Injecting_without_a_daemon_lets_the_agent_go_on_and_keeps_the_prompt()
    {
        await _daemon.StopAsync();

        Assert.Equal("""{"continue": true}""", (await RunAsync(Prompt, "claude-hook-inject")).Output.Trim());
        Assert.Equal(1, new SpoolReader(_daemon.Paths, new Redactor(), TimeProvider.System).Count);
        await _daemon.StartAsync();
    }

    [Fact]
    public async Task An_event_is_enqueued_once_and_needs_an_id_of_its_own()
    {
        var raw = """{"session_id":"o1","event_type":"user_prompt","event_id":"e1","payload":{"prompt_text":"hello"}}""";

        Assert.Equal("{\"inserted\":1}\n", (await RunAsync(raw, "enqueue-raw-event")).Output);
        Assert.Equal("{\"inserted\":0}\n", (await RunAsync(raw, "enqueue-raw-event")).Output);
        Assert.Contains("event_id required", (await RunAsync("""{"session_id":"o1","event_type":"user_prompt"}""", "enqueue-raw-event")).Error);
        Assert.Contains("Session id required", (await RunAsync("""{"event_type":"user_prompt","event_id":"e2"}""", "enqueue-raw-event")).Error);
    }

    [Fact]
    public async Task The_integrations_status_has_the_documented_keys_in_order()
    {
        await RunAsync(Prompt, "claude-hook-ingest");

        var status = Parse((await _cairn.RunAsync("claude-integration-status")).Output);

        Assert.Equal(
            ["claude_command", "claude_streams", "errored_streams", "health", "observer_runtime", "pending_events", "queue_claimed",
                "queue_failed", "raw_events_sweeper_interval_s", "running_streams", "top_streams"],
            status.EnumerateObject().Select(property => property.Name));
        Assert.Equal((1, "green", 1, 30), (
            status.GetProperty("claude_streams").GetInt32(), status.GetProperty("health").GetString(),
            status.GetProperty("pending_events").GetInt32(), status.GetProperty("raw_events_sweeper_interval_s").GetInt32()));
    }

    [Fact]
    public async Task The_queue_says_what_waits_and_works_on_it_when_asked()
    {
        Assert.Contains("Nothing waits", (await _cairn.RunAsync("queue")).Output);
        await RunAsync(Prompt, "claude-hook-ingest");
        Assert.Contains("1 event of turns that are still going on", (await _cairn.RunAsync("queue", "list")).Output);

        Assert.Contains("1 session in the middle of a turn", (await _cairn.RunAsync("queue", "process")).Output);
        await _daemon.ObservedAsync();

        Assert.Contains("Nothing waits", (await _cairn.RunAsync("queue")).Output);
        Assert.Contains("Nothing has failed", (await _cairn.RunAsync("queue", "retry")).Output);
        Assert.Equal("No failed batches\n", (await _cairn.RunAsync("raw-events-retry", "x1", "--source", "claude")).Output);
        Assert.Equal(3, (await _cairn.RunAsync("queue", "discard", "99")).ExitCode);
    }

    private Task<CairnResult> RunAsync(string input, string command) => _cairn.RunAsync(Encoding.UTF8.GetBytes(input), command);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
