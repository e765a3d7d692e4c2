using System.Text.Json;
using Cairn.Engine;
using Cairn.Engine.Jobs;
using Cairn.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Tests.Jobs;

/// <summary>What waits for an observer, and what people do with it.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private TestDaemon _daemon = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private CairnEngine Engine => _daemon.Services.GetRequiredService<CairnEngine>();

    public async ValueTask InitializeAsync() => _daemon = await TestDaemon.StartAsync(settings: """{"observe.sweeper":false}""");

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task A_session_that_stops_in_the_middle_of_a_turn_waits_visibly_and_is_observed_when_it_went_quiet()
    {
        await InterruptedSessionAsync("s1");

        var status = await GetAsync("api/raw-events/status?limit=5");
        var item = Assert.Single(status.GetProperty("items").EnumerateArray());
        Assert.Equal(("claude", "s1", 3, 2, -1), (
            item.GetProperty("source").GetString(), item.GetProperty("session_stream_id").GetString(), item.GetProperty("pending").GetInt32(),
            item.GetProperty("max_seq").GetInt32(), item.GetProperty("last_flushed_event_seq").GetInt32()));
        Assert.Equal("""{"sessions":1,"pending":3}""", (await GetAsync("api/raw-events")).GetRawText());

        Assert.Equal(0, await Engine.Sweep.RunAsync(new SweepRules(TimeSpan.FromMinutes(2), 25, TimeSpan.Zero), Ct));
        Assert.Equal(1, await Engine.Sweep.RunAsync(new SweepRules(TimeSpan.Zero, 25, TimeSpan.Zero), Ct));
        await _daemon.ObservedAsync();

        Assert.Equal("""{"sessions":0,"pending":0}""", (await GetAsync("api/raw-events")).GetRawText());
        Assert.NotEqual(["0"], _daemon.Query("SELECT COUNT(*) FROM memory"));
        Assert.Equal(0, await Engine.Sweep.RunAsync(new SweepRules(TimeSpan.Zero, 25, TimeSpan.Zero), Ct));
    }

    [Fact]
    public async Task A_batch_that_was_given_up_is_named_with_its_reason_and_tried_again_without_doubling_a_memory()
    {
        await InterruptedSessionAsync("s1");
        await PostAsync("api/queue/process", "{}");
        await _daemon.ObservedAsync();
        var memories = _daemon.Query("SELECT public_id FROM memory ORDER BY id");
        Change("UPDATE batch SET state = 'gave_up', attempts = 5, error = 'HttpRequestException: refused'");

        var waiting = Assert.Single((await GetAsync("api/queue")).GetProperty("items").EnumerateArray());
        Assert.Equal(("gave_up", 5, "HttpRequestException: refused"), (
            waiting.GetProperty("state").GetString(), waiting.GetProperty("attempts").GetInt32(), waiting.GetProperty("error").GetString()));
        for (var again = 0; again < 2; again++)
        {
            await PostAsync("api/queue/retry", """{"session_id":"s1","source":"claude","limit":5}""");
            await _daemon.ObservedAsync();
        }

        Assert.Empty((await GetAsync("api/queue")).GetProperty("items").EnumerateArray());
        Assert.Equal(memories, _daemon.Query("SELECT public_id FROM memory ORDER BY id"));
    }

    [Fact]
    public async Task What_failed_is_taken_in_by_the_range_that_is_open_when_it_is_tried_again()
    {
        await InterruptedSessionAsync("s1");
        await _daemon.StopAsync();
        Change("""
            INSERT INTO batch (session_id, observer, first_event_id, last_event_id, state, attempts, due_at_ms, error, updated_at_ms)
            VALUES (1, 'rules', 1, 2, 'gave_up', 5, 0, 'x', 0), (1, 'rules', 3, 3, 'pending', 0, 9000000000000, NULL, 0)
            """);
        await _daemon.StartAsync();

        await PostAsync("api/queue/retry", """{"limit":10}""");
        await _daemon.ObservedAsync();

        Assert.Equal(["1-3 completed"], _daemon.Query("SELECT first_event_id || '-' || last_event_id || ' ' || state FROM batch"));
    }

    [Fact]
    public async Task Nothing_is_discarded_without_being_named_and_events_stay()
    {
        await InterruptedSessionAsync("s1");
        Change("INSERT INTO batch (session_id, observer, first_event_id, last_event_id, state, attempts, due_at_ms, error, updated_at_ms) VALUES (1, 'rules', 1, 3, 'gave_up', 5, 0, 'x', 0)");

        Assert.Equal(400, (await PostAsync("api/queue/discard", """{"limit":10}""")).Status);
        var named = JsonDocument.Parse((await PostAsync("api/queue/discard", """{"id":1,"limit":10}""")).Body).RootElement.GetProperty("items");

        Assert.Equal("s1", Assert.Single(named.EnumerateArray()).GetProperty("session_id").GetString());
        Assert.Equal(["3"], _daemon.Query("SELECT COUNT(*) FROM event"));
        Assert.Equal(0, await Engine.Sweep.RunAsync(new SweepRules(TimeSpan.Zero, 25, TimeSpan.Zero), Ct));
    }

    [Fact]
    public async Task Retention_deletes_only_what_is_observed_and_the_memories_stay()
    {
        await InterruptedSessionAsync("old");
        await InterruptedSessionAsync("waiting");
        await PostAsync("api/queue/process", "{}");
        await _daemon.ObservedAsync();
        await InterruptedSessionAsync("waiting", call: "later");
        var memories = _daemon.Query("SELECT public_id FROM memory ORDER BY id");
        Change("UPDATE session SET last_event_at_ms = 1000");

        await Engine.Sweep.RunAsync(new SweepRules(TimeSpan.FromDays(1), 25, TimeSpan.FromDays(30)), Ct);

        Assert.Equal(["waiting"], _daemon.Query("SELECT DISTINCT agent_session_id FROM event JOIN session ON session.id = session_id"));
        await InterruptedSessionAsync("old", call: "resumed");
        await PostAsync("api/queue/process", "{}");
        await _daemon.ObservedAsync();
        Assert.Subset(_daemon.Query("SELECT public_id FROM memory").ToHashSet(), memories.ToHashSet());
    }

    private async Task InterruptedSessionAsync(string session, string call = "one")
    {
        await _daemon.HookAsync($$"""{"hook_event_name":"UserPromptSubmit","session_id":"{{session}}","cwd":"/tmp/demo","prompt_id":"p-{{call}}","prompt":"Fix the failing rounding test in the cart"}""");
        await _daemon.HookAsync($$"""{"hook_event_name":"PostToolUse","session_id":"{{session}}","cwd":"/tmp/demo","prompt_id":"p-{{call}}","tool_name":"Edit","tool_use_id":"edit-{{session}}-{{call}}","tool_input":{"file_path":"/tmp/demo/cart.js","old_string":"Math.floor(total)","new_string":"Math.round(total)"},"tool_response":{"filePath":"/tmp/demo/cart.js"} }""");
        await _daemon.HookAsync($$"""{"hook_event_name":"PostToolUse","session_id":"{{session}}","cwd":"/tmp/demo","prompt_id":"p-{{call}}","tool_name":"Bash","tool_use_id":"bash-{{session}}-{{call}}","tool_input":{"command":"git commit -am 'Round the cart total half up'"},"tool_response":{"stdout":"[main 1234567] Round the cart total half up"} }""");
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_daemon.Paths.DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<JsonElement> GetAsync(string address)
    {
        using var document = JsonDocument.Parse(await _daemon.Client.GetStringAsync(new Uri(address, UriKind.Relative), Ct));
        return document.RootElement.Clone();
    }

    private async Task<(int Status, string Body)> PostAsync(string address, string body)
    {
        using var response = await _daemon.Client.PostAsync(new Uri(address, UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Ct);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }
}
