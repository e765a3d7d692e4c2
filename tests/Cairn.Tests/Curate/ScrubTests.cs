using System.Text;
using System.Text.Json;
using Cairn.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Cairn.Tests.Curate;

/// <summary>Yesterday's store under today's rules.</summary>
public sealed class ScrubTests : IAsyncLifetime
{
    // As an older version might have stored it.
    private static readonly string Secret = "gh" + "p_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5";

    private TestDaemon _daemon = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _daemon = await TestDaemon.StartAsync();

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task Secrets_that_older_rules_let_through_are_gone_from_every_byte_of_the_store()
    {
        await PlantAsync();
        Assert.Contains(_daemon.AllBytes(), file => Encoding.UTF8.GetString(file.Bytes).Contains(Secret, StringComparison.Ordinal));

        var done = await ScrubAsync();

        Assert.Equal(3, done.GetProperty("changed").GetInt32());
        Assert.All(_daemon.AllBytes(), file => Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(file.Bytes)));
        Assert.Equal(["push with [redacted] now"], _daemon.Query("SELECT text FROM event WHERE kind = 'prompt'"));
        Assert.Equal(["""{"command":"login [redacted]"}"""], _daemon.Query("SELECT tool_input FROM event WHERE kind = 'tool_result'"));
        Assert.Equal(0, (await ScrubAsync()).GetProperty("changed").GetInt32());
    }

    [Fact]
    public async Task A_memory_that_older_rules_let_through_reaches_no_agent_before_the_scrub_either()
    {
        await PlantAsync();

        var (_, answer) = await _daemon.HookAsync($$"""{"hook_event_name":"SessionStart","session_id":"next","cwd":"{{_daemon.Folder}}","source":"startup"}""");

        Assert.Contains("Push with", answer);
        Assert.DoesNotContain(Secret, answer);
    }

    private async Task PlantAsync()
    {
        await _daemon.HookAsync($$"""{"hook_event_name":"UserPromptSubmit","session_id":"s","cwd":"{{_daemon.Folder}}","prompt":"push"}""");
        await _daemon.HookAsync($$"""{"hook_event_name":"PostToolUse","session_id":"s","cwd":"{{_daemon.Folder}}","tool_name":"Bash","tool_use_id":"t","tool_input":{"command":"login"},"tool_response":{} }""");
        using var note = new StringContent($$"""{"text":"Push with the token","cwd":"{{_daemon.Folder}}","kind":"note","pin":true}""", Encoding.UTF8, "application/json");
        using var kept = await _daemon.Client.PostAsync(new Uri("api/memories", UriKind.Relative), note, Ct);
        kept.EnsureSuccessStatusCode();
        using var connection = new SqliteConnection($"Data Source={_daemon.Paths.DatabaseFile};Pooling=False");
        await connection.OpenAsync(Ct);
        using var command = connection.CreateCommand();
        command.CommandText = $$"""
            UPDATE event SET text = 'push with {{Secret}} now' WHERE kind = 'prompt';
            UPDATE event SET tool_input = '{"command":"login {{Secret}}"}' WHERE kind = 'tool_result';
            UPDATE memory SET title = 'Push with {{Secret}}';
            """;
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<JsonElement> ScrubAsync()
    {
        using var response = await _daemon.Client.PostAsync(new Uri("api/admin/scrub", UriKind.Relative), null, Ct);
        response.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct));
        return document.RootElement.Clone();
    }
}
