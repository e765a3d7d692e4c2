using Cairn.Tests.Support;

namespace Cairn.Tests.Capture;

/// <summary>What the real client sends, through the real door, as rows of the database.</summary>
public sealed class CaptureClaudeCodeTests : IAsyncLifetime
{
    private TestDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await TestDaemon.StartAsync();

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData("plain", 1, 1)]
    [InlineData("failing-tool", 1, 1)]
    [InlineData("resume", 1, 2)]
    [InlineData("subagent", 1, 1)]
    [InlineData("compact", 1, 2)]
    [InlineData("model-error", 1, 1)]
    [InlineData("terminated", 1, 1)]
    public async Task A_recording_leaves_the_sessions_and_prompts_that_people_started(string recording, int sessions, int prompts)
    {
        await ReplayAsync(recording);
        Assert.Equal([$"{sessions}"], _daemon.Query("SELECT COUNT(*) FROM session"));
        Assert.Equal([$"{prompts}"], _daemon.Query("SELECT SUM(prompts) FROM session"));
        Assert.Equal([$"{prompts}"], _daemon.Query("SELECT COUNT(*) FROM event WHERE kind = 'prompt'"));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("failing-tool")]
    [InlineData("resume")]
    [InlineData("subagent")]
    [InlineData("compact")]
    [InlineData("model-error")]
    [InlineData("terminated")]
    public async Task Every_payload_sent_twice_is_one_event(string recording)
    {
        foreach (var (_, bytes) in Payloads.Recording(recording))
        {
            await _daemon.HookAsync(bytes);
            await _daemon.HookAsync(bytes);
        }

        var twice = Rows();
        await using var once = await TestDaemon.StartAsync();
        foreach (var (_, bytes) in Payloads.Recording(recording))
        {
            await once.HookAsync(bytes);
        }

        Assert.Equal(once.Query(AllRows), twice);
    }

    [Fact]
    public async Task A_failing_command_is_recorded_as_failed_with_what_it_printed()
    {
        await ReplayAsync("failing-tool");
        Assert.Contains("Exit code", Assert.Single(_daemon.Query("SELECT tool_output FROM event WHERE kind = 'tool_failure'")), StringComparison.Ordinal);
        Assert.Empty(_daemon.Query("SELECT id FROM event WHERE kind = 'tool_result' AND tool_name = 'Bash'"));
    }

    [Fact]
    public async Task A_turn_that_the_model_failed_is_recorded_as_failed()
    {
        await ReplayAsync("model-error");
        Assert.Single(_daemon.Query("SELECT id FROM event WHERE kind = 'turn_failed'"));
        Assert.Empty(_daemon.Query("SELECT id FROM event WHERE kind = 'assistant_message'"));
    }

    [Fact]
    public async Task Work_of_a_subagent_is_attributed_to_it()
    {
        await ReplayAsync("subagent");
        Assert.NotEmpty(_daemon.Query("SELECT id FROM event WHERE kind = 'tool_result' AND subagent_id IS NOT NULL AND subagent_type IS NOT NULL"));
        Assert.Single(_daemon.Query("SELECT id FROM event WHERE kind = 'subagent_stopped'"));
    }

    [Fact]
    public async Task The_summariser_of_a_compaction_is_no_subagent()
    {
        await ReplayAsync("compact");
        Assert.Empty(_daemon.Query("SELECT id FROM event WHERE kind = 'subagent_stopped'"));
        Assert.Single(_daemon.Query("SELECT id FROM event WHERE kind = 'compacted'"));
        Assert.Single(_daemon.Query("SELECT id FROM event WHERE kind = 'session_started' AND text = 'compact'"));
    }

    [Fact]
    public async Task Loaded_instructions_make_no_session()
    {
        await _daemon.HookAsync(Payloads.First("plain", "InstructionsLoaded", ("session_id", "never-used")));
        Assert.Equal(["0"], _daemon.Query("SELECT COUNT(*) FROM session"));
    }

    [Fact]
    public async Task The_whole_file_before_an_edit_is_not_kept()
    {
        await _daemon.HookAsync(Payloads.First("plain", "PostToolUse",
            ("tool_name", "Edit"),
            ("tool_input", new System.Text.Json.Nodes.JsonObject { ["file_path"] = "/home/dev/demo/calc.js", ["old_string"] = "a - b", ["new_string"] = "a + b" }),
            ("tool_response", new System.Text.Json.Nodes.JsonObject { ["filePath"] = "/home/dev/demo/calc.js", ["originalFile"] = "WHOLE-FILE-MARK" })));
        Assert.Single(_daemon.Query("SELECT id FROM event WHERE tool_name = 'Edit'"));
        Assert.Empty(_daemon.Query("SELECT id FROM event WHERE tool_output LIKE '%WHOLE-FILE-MARK%' OR tool_input LIKE '%WHOLE-FILE-MARK%'"));
    }

    [Fact]
    public async Task Files_are_kept_relative_to_the_project_with_what_was_done_to_them()
    {
        await ReplayAsync("plain");
        Assert.Contains("calc.js modified", _daemon.Query("SELECT path || ' ' || role FROM touch"));
        Assert.Contains("calc.js read", _daemon.Query("SELECT path || ' ' || role FROM touch"));
    }

    [Fact]
    public async Task A_resumed_session_is_open_again_until_it_ends()
    {
        var payloads = Payloads.Recording("resume");
        var resumed = payloads.Index().Last(item => item.Item.Name == "SessionStart").Index;
        foreach (var (_, bytes) in payloads.Take(resumed))
        {
            await _daemon.HookAsync(bytes);
        }

        Assert.NotEqual(["NULL"], _daemon.Query("SELECT ended_at_ms FROM session"));
        await _daemon.HookAsync(payloads[resumed].Bytes);
        Assert.Equal(["NULL"], _daemon.Query("SELECT ended_at_ms FROM session"));
    }

    private const string AllRows = "SELECT id || '|' || session_id || '|' || key || '|' || kind FROM event ORDER BY id";

    private IReadOnlyList<string> Rows() => _daemon.Query(AllRows);

    private async Task ReplayAsync(string recording)
    {
        foreach (var (_, bytes) in Payloads.Recording(recording))
        {
            Assert.True((await _daemon.HookAsync(bytes)).Status is 200 or 204);
        }
    }
}
