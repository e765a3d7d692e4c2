using System.Text.Json.Nodes;
using Cairn.Tests.Support;

namespace Cairn.Tests.Capture;

/// <summary>What OpenCode's plugin sends, through the real door, as rows of the database.</summary>
public sealed class CaptureOpenCodeTests : IAsyncLifetime
{
    private const string AllRows =
        "SELECT kind || '|' || key || '|' || coalesce(text, '') || '|' || coalesce(tool_name, '') || '|' || coalesce(tool_input, '') || '|' || coalesce(tool_output, '') FROM event ORDER BY id";

    private TestDaemon _daemon = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _daemon = await TestDaemon.StartAsync();

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData("plain", 1)]
    [InlineData("resume", 2)]
    [InlineData("subagent", 1)]
    [InlineData("compact", 2)]
    [InlineData("model-error", 1)]
    public async Task A_recording_leaves_one_session_and_the_prompts_that_people_gave(string recording, int prompts)
    {
        await ReplayAsync(recording);
        Assert.Equal(["1"], _daemon.Query("SELECT COUNT(*) FROM session WHERE agent = 'opencode' AND ended_at_ms IS NOT NULL"));
        Assert.Equal(["1"], _daemon.Query("SELECT COUNT(*) FROM session"));
        Assert.Equal([$"{prompts}"], _daemon.Query("SELECT SUM(prompts) FROM session"));
        Assert.Equal([$"{prompts}"], _daemon.Query("SELECT COUNT(*) FROM event WHERE kind = 'prompt'"));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("resume")]
    [InlineData("subagent")]
    [InlineData("compact")]
    [InlineData("model-error")]
    public async Task Events_one_by_one_twice_or_all_at_once_are_the_same_events(string recording)
    {
        await ReplayAsync(recording);
        await ReplayAsync(recording);
        var batch = new JsonObject
        {
            ["hook_event_name"] = "batch",
            ["events"] = new JsonArray([.. Payloads.Recording(recording, "opencode").Select(item => JsonNode.Parse(item.Bytes))]),
        };
        await SendAsync(batch.ToJsonString());
        var rows = _daemon.Query(AllRows);

        await using var other = await TestDaemon.StartAsync();
        var (status, _) = await other.HookAsync(Payloads.Utf8(batch.ToJsonString()), agent: "opencode");

        Assert.InRange(status, 200, 204);
        Assert.Equal(rows, other.Query(AllRows));
        Assert.NotEmpty(rows);
    }

    [Fact]
    public async Task Tools_go_by_the_names_and_inputs_that_agents_have_in_common()
    {
        await ReplayAsync("plain");
        Assert.Equal(["Bash", "Read", "Edit", "Bash", "Write", "Read"], _daemon.Query("SELECT tool_name FROM event WHERE tool_name IS NOT NULL ORDER BY id"));
        Assert.Equal(["/home/dev/demo/calc.js|a - b|a + b"], _daemon.Query(
            "SELECT tool_input ->> '$.file_path' || '|' || (tool_input ->> '$.old_string') || '|' || (tool_input ->> '$.new_string') FROM event WHERE tool_name = 'Edit'"));
        Assert.Contains("+export const add = (a, b) => a + b;", _daemon.Query("SELECT tool_output FROM event WHERE tool_name = 'Edit'")[0], StringComparison.Ordinal);
        Assert.StartsWith("File created successfully.", _daemon.Query("SELECT tool_output FROM event WHERE tool_name = 'Write'")[0], StringComparison.Ordinal);
        Assert.Equal(["modified", "modified", "read"], _daemon.Query("SELECT role FROM touch WHERE role <> 'other' ORDER BY role"));
    }

    [Fact]
    public async Task A_command_that_fails_and_a_tool_that_fails_are_both_failures()
    {
        await ReplayAsync("plain");
        var failures = _daemon.Query("SELECT tool_name || ': ' || tool_output FROM event WHERE kind = 'tool_failure' ORDER BY id");
        Assert.Equal(2, failures.Count);
        Assert.StartsWith("Bash: Exit code 1\n", failures[0], StringComparison.Ordinal);
        Assert.StartsWith("Read: File not found", failures[1], StringComparison.Ordinal);
        Assert.All(_daemon.Query("SELECT tool_duration_ms FROM event WHERE tool_name IS NOT NULL"), ms => Assert.InRange(int.Parse(ms, System.Globalization.CultureInfo.InvariantCulture), 0, 60_000));
    }

    [Fact]
    public async Task Words_in_the_middle_end_no_turn_and_each_answer_of_the_model_leaves_its_usage()
    {
        await ReplayAsync("plain");
        Assert.Equal(["I look first.", "The sign is wrong."], _daemon.Query("SELECT text FROM event WHERE kind = 'assistant_text' ORDER BY id"));
        Assert.Single(_daemon.Query("SELECT id FROM event WHERE kind = 'assistant_message'"));
        Assert.All(_daemon.Query("SELECT text FROM event WHERE kind = 'usage'"), usage =>
            Assert.Equal("""{"input":1200,"output":40,"reasoning":0,"cache_read":0,"cache_write":0}""", usage));
        Assert.Equal(["6"], _daemon.Query("SELECT COUNT(*) FROM event WHERE kind = 'usage'"));
    }

    [Fact]
    public async Task The_quotes_that_the_command_line_puts_around_a_prompt_are_not_the_persons()
    {
        await ReplayAsync("plain");
        Assert.Equal(["Please fix calc.js, add is wrong"], _daemon.Query("SELECT text FROM event WHERE kind = 'prompt'"));
    }

    [Theory]
    [InlineData("\"say \\\"hi\\\" twice\"", "say \"hi\" twice")]
    [InlineData("\"a\" and \"b\"", "\"a\" and \"b\"")]
    [InlineData("plain words", "plain words")]
    public async Task Quotes_that_a_person_wrote_stay(string sent, string kept)
    {
        await SendAsync(Frame("chat.message", new JsonObject
        {
            ["message"] = new JsonObject { ["id"] = "msg_1" },
            ["parts"] = new JsonArray(
                new JsonObject { ["type"] = "text", ["text"] = sent },
                new JsonObject { ["type"] = "text", ["text"] = "added by a program", ["synthetic"] = true }),
        }));
        Assert.Equal([kept], _daemon.Query("SELECT text FROM event WHERE kind = 'prompt'"));
    }

    [Fact]
    public async Task A_patch_names_the_files_that_it_changes()
    {
        await SendAsync(Frame("message.part.updated", new JsonObject
        {
            ["part"] = new JsonObject
            {
                ["type"] = "tool",
                ["tool"] = "apply_patch",
                ["callID"] = "call_1",
                ["state"] = new JsonObject
                {
                    ["status"] = "completed",
                    ["input"] = new JsonObject { ["patchText"] = "*** Begin Patch\n*** Update File: src/a.js\n@@\n-1\n+2\n*** Add File: src/b.js\n+3\n*** End Patch" },
                    ["output"] = "Success",
                },
            },
        }));
        Assert.Equal(["src/a.js modified", "src/b.js modified"], _daemon.Query("SELECT path || ' ' || role FROM touch ORDER BY path"));
    }

    [Fact]
    public async Task A_subagents_work_is_the_sessions_under_the_subagents_name()
    {
        await ReplayAsync("subagent");
        Assert.Equal(["Read"], _daemon.Query("SELECT tool_name FROM event WHERE subagent_id IS NOT NULL AND tool_name IS NOT NULL"));
        Assert.Equal(["general"], _daemon.Query("SELECT DISTINCT subagent_type FROM event WHERE subagent_id IS NOT NULL"));
        Assert.Equal(["calc.js holds add(), which subtracts."], _daemon.Query("SELECT text FROM event WHERE kind = 'subagent_stopped'"));
        Assert.Equal(["Agent"], _daemon.Query("SELECT tool_name FROM event WHERE subagent_id IS NULL AND tool_name IS NOT NULL"));
    }

    [Fact]
    public async Task A_compaction_keeps_its_summary_and_is_no_answer()
    {
        await ReplayAsync("compact");
        Assert.Single(_daemon.Query("SELECT id FROM event WHERE kind = 'compacted' AND length(text) > 0"));
        Assert.Equal(["2"], _daemon.Query("SELECT COUNT(*) FROM event WHERE kind = 'assistant_message'"));
        Assert.Equal(["deleted"], _daemon.Query("SELECT text FROM event WHERE kind = 'session_ended'"));
    }

    [Fact]
    public async Task A_turn_that_the_model_fails_is_recorded_as_failed_only()
    {
        await ReplayAsync("model-error");
        Assert.Single(_daemon.Query("SELECT id FROM event WHERE kind = 'turn_failed' AND text LIKE 'APIError: %'"));
        Assert.Empty(_daemon.Query("SELECT id FROM event WHERE kind = 'assistant_message'"));
    }

    [Fact]
    public async Task A_turn_that_a_person_stops_is_recorded_as_interrupted()
    {
        await SendAsync(Frame("session.error", new JsonObject { ["error"] = new JsonObject { ["name"] = "MessageAbortedError", ["message"] = "Aborted" } }));
        Assert.Equal(["[Request interrupted by user]"], _daemon.Query("SELECT text FROM event WHERE kind = 'turn_failed'"));
    }

    [Theory]
    [InlineData("mem-status")]
    [InlineData("mem-recent")]
    [InlineData("cairn_search")]
    public async Task What_we_answered_is_not_kept(string tool)
    {
        await SendAsync(Frame("message.part.updated", new JsonObject
        {
            ["part"] = new JsonObject { ["type"] = "tool", ["tool"] = tool, ["callID"] = "c", ["state"] = new JsonObject { ["status"] = "completed", ["output"] = "memories" } },
        }));
        Assert.Empty(_daemon.Query("SELECT id FROM event"));
    }

    [Theory]
    [InlineData("""{"hook_event_name":"batch","events":7}""", 1)]
    [InlineData("""{"hook_event_name":"chat.message","event_id":"e"}""", 1)]
    [InlineData("""{"hook_event_name":"session.started","session_id":"s"}""", 1)]
    [InlineData("""{"hook_event_name":"message.part.updated","session_id":"s","event_id":"e","properties":[]}""", 1)]
    [InlineData("""{"hook_event_name":"something.new","session_id":"s","event_id":"e","properties":{}}""", 0)]
    [InlineData("[1]", 1)]
    public async Task What_is_not_understood_is_accepted_stores_nothing_and_is_put_aside(string payload, int quarantined)
    {
        await SendAsync(payload);
        Assert.Empty(_daemon.Query("SELECT id FROM event"));
        Assert.Equal(quarantined > 0, Directory.Exists(_daemon.Paths.QuarantineDirectory) && Directory.EnumerateFiles(_daemon.Paths.QuarantineDirectory).Any());
    }

    [Fact]
    public async Task One_bad_event_of_several_stops_no_other()
    {
        await SendAsync($$"""{"hook_event_name":"batch","events":[{{Frame("session.checkpoint", new JsonObject { ["reason"] = "idle" })}},17,{"hook_event_name":"batch","events":[]},{{Frame("session.ended", new JsonObject { ["reason"] = "exit" })}}]}""");
        Assert.Equal(["checkpoint", "session_ended"], _daemon.Query("SELECT kind FROM event ORDER BY id"));
    }

    [Fact]
    public async Task The_plugin_is_told_its_settings_and_which_variables_to_forward()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/agents/opencode", UriKind.Relative));
        request.Headers.Add("Cairn-Environment", "CODEMEM_RAW_EVENTS_BACKOFF_MS=2000&CODEMEM_VIEWER_AUTO=off&CODEMEM_RAW_EVENTS_HARD_MAX=1");
        using var response = await _daemon.Client.SendAsync(request, Ct);
        var reply = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!;

        Assert.Equal(2000, reply["settings"]!["backoff_ms"]!.GetValue<int>());
        Assert.False(reply["settings"]!["start_daemon"]!.GetValue<bool>());
        // Out of range: the default.
        Assert.Equal(2000, reply["settings"]!["hard_maximum"]!.GetValue<int>());
        var variables = reply["variables"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
        Assert.Contains("CODEMEM_INJECT_CONTEXT", variables);
        Assert.DoesNotContain(variables, name => name.Contains("KEY", StringComparison.Ordinal) || name.Contains("TOKEN_", StringComparison.Ordinal) && !name.Contains("BUDGET", StringComparison.Ordinal));
    }

    private async Task ReplayAsync(string recording)
    {
        foreach (var (_, bytes) in Payloads.Recording(recording, "opencode"))
        {
            var (status, body) = await _daemon.HookAsync(bytes, agent: "opencode");
            Assert.True(status is 200 or 204, body);
        }
    }

    private async Task SendAsync(string payload)
    {
        var (status, body) = await _daemon.HookAsync(Payloads.Utf8(payload), agent: "opencode");
        Assert.True(status is 200 or 204, body);
    }

    private static string Frame(string name, JsonObject properties) => new JsonObject
    {
        ["hook_event_name"] = name,
        ["event_id"] = $"e-{name}",
        ["session_id"] = "ses_1",
        ["cwd"] = "/home/dev/demo",
        ["properties"] = properties,
    }.ToJsonString();
}
