using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;
using Cairn.Tests.Support;

namespace Cairn.Tests.Capture.Transcripts;

/// <summary>What the agent's own file adds to what its hooks told.</summary>
public sealed class ReconcileTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow - TimeSpan.FromMinutes(5);

    private TestDaemon _daemon = null!;

    private string Config => Path.Combine(_daemon.Folder, "claude");

    private string Project => Path.Combine(_daemon.Folder, "demo");

    public async ValueTask InitializeAsync()
    {
        _daemon = await TestDaemon.StartAsync();
        Directory.CreateDirectory(Project);
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task What_hooks_and_transcript_both_tell_is_one_event()
    {
        var told = Session();
        var path = told.WriteTo(Config);
        await HookAsync(path, "UserPromptSubmit", ("prompt_id", "p-1"), ("prompt", "Please mend the add function"));
        await HookAsync(path, "PostToolUse", ("prompt_id", "p-1"), ("tool_use_id", "call-1"), ("tool_name", "Bash"),
            ("tool_input", new JsonObject { ["command"] = "ls" }), ("tool_response", new JsonObject { ["stdout"] = "calc.js", ["stderr"] = "" }));
        await StopAsync(path, "p-1", "The sign was wrong; add() now adds.");
        await FilledAsync("SELECT COUNT(*) FROM event WHERE kind = 'tool_failure'", "1");
        Assert.Equal(
            ["assistant_message:1", "assistant_text:1", "prompt:1", "tool_failure:1", "tool_result:1"],
            _daemon.Query("SELECT kind || ':' || COUNT(*) FROM event GROUP BY kind ORDER BY kind"));
        Assert.Equal(["hook:assistant_message", "hook:prompt", "hook:tool_result", "transcript:assistant_text", "transcript:tool_failure"],
            _daemon.Query("SELECT origin || ':' || kind FROM event ORDER BY 1"));
    }

    [Fact]
    public async Task A_hook_that_comes_after_its_line_was_read_adds_nothing()
    {
        var path = Session().WriteTo(Config);
        await HookAsync(path, "SessionEnd", ("reason", "other"));
        await FilledAsync("SELECT COUNT(*) FROM event WHERE origin = 'transcript'", "5");
        await HookAsync(path, "UserPromptSubmit", ("prompt_id", "p-1"), ("prompt", "Please mend the add function"));
        await StopAsync(path, "p-1", "The sign was wrong; add() now adds.");
        Assert.Equal(["6"], _daemon.Query("SELECT COUNT(*) FROM event"));
        Assert.Equal(["1"], _daemon.Query("SELECT prompts FROM session"));
    }

    [Fact]
    public async Task What_an_older_client_names_by_words_alone_is_one_event_too()
    {
        var path = new ClaudeTranscriptText("s-old", Project, DateTimeOffset.UtcNow)
            .Prompt("Please mend the add function", null).Says("Done: add() adds.", ends: true).Prompt("And now commit it", null).Says("Committed.", ends: true).WriteTo(Config);
        await HookAsync("s-old", path, "UserPromptSubmit", ("prompt", "Please mend the add function"));
        await HookAsync("s-old", path, "Stop", ("last_assistant_message", "Done: add() adds."));
        await FilledAsync("SELECT COUNT(*) FROM event WHERE kind = 'prompt'", "2");
        await HookAsync("s-old", path, "UserPromptSubmit", ("prompt", "And now commit it"));
        Assert.Equal(["assistant_message:2", "prompt:2"], _daemon.Query("SELECT kind || ':' || COUNT(*) FROM event GROUP BY kind ORDER BY kind"));
    }

    [Fact]
    public async Task A_file_is_read_on_from_where_it_was_read()
    {
        var told = Session();
        var path = told.WriteTo(Config);
        await StopAsync(path, "p-1", "The sign was wrong; add() now adds.");
        await FilledAsync("SELECT COUNT(*) FROM event WHERE origin = 'transcript'", "4");
        await FilledAsync("SELECT COUNT(*) FROM transcript", "1");
        var read = long.Parse(_daemon.Query("SELECT read_bytes FROM transcript")[0], CultureInfo.InvariantCulture);
        told.Prompt("One more thing: the README", "p-2").Says("I will look.").Calls("call-3", "Read", new JsonObject { ["file_path"] = Project + "/README.md" })
            .Answers("call-3", "# demo").Says("It is fine.", ends: true).WriteTo(Config);
        await StopAsync(path, "p-2", "It is fine.");
        await FilledAsync("SELECT COUNT(*) FROM event WHERE turn_id = 'p-2' AND origin = 'transcript'", "3");
        Assert.True(read > 0);
        await FilledAsync($"SELECT read_bytes > {read} FROM transcript", "1");
        Assert.Equal(["2"], _daemon.Query("SELECT COUNT(*) FROM event WHERE kind = 'prompt'"));
    }

    [Theory]
    [InlineData("rewritten")]
    [InlineData("cut")]
    public async Task A_file_that_was_changed_below_us_is_read_anew_and_adds_only_what_is_new(string how)
    {
        var path = Session().WriteTo(Config);
        await StopAsync(path, "p-1", "The sign was wrong; add() now adds.");
        await FilledAsync("SELECT COUNT(*) FROM event WHERE origin = 'transcript'", "4");
        var other = how == "cut" ? new ClaudeTranscriptText("s-1", Project, Start) : Session();
        other.Prompt("Something else entirely", "p-9").Says("Looking.").Says("Found it.", ends: true).WriteTo(Config);
        if (how == "rewritten")
        {
            var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
            await File.WriteAllLinesAsync(path, lines.Skip(1), TestContext.Current.CancellationToken);
        }

        await StopAsync(path, "p-9", "Found it.");
        await FilledAsync("SELECT COUNT(*) FROM event WHERE turn_id = 'p-9' AND kind = 'prompt'", "1");
        await FilledAsync("SELECT COUNT(*) FROM event WHERE turn_id = 'p-9' AND kind = 'assistant_text'", "1");
        Assert.Equal(["1"], _daemon.Query("SELECT COUNT(*) FROM event WHERE tool_call_id = 'call-1'"));
        Assert.Equal(["2"], _daemon.Query("SELECT COUNT(*) FROM event WHERE kind = 'prompt'"));
    }

    [Fact]
    public async Task A_line_that_is_still_being_written_is_read_when_it_is_whole()
    {
        var told = Session();
        var path = told.WriteTo(Config);
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, whole[..^200], TestContext.Current.CancellationToken);
        await HookAsync(path, "SessionStart", ("source", "startup"));
        await FilledAsync("SELECT COUNT(*) FROM event WHERE kind = 'tool_failure'", "1");
        await File.WriteAllBytesAsync(path, whole, TestContext.Current.CancellationToken);
        await HookAsync(path, "SessionEnd", ("reason", "other"));
        await FilledAsync("SELECT text FROM event WHERE kind = 'assistant_message'", "The sign was wrong; add() now adds.");
        Assert.Equal(["{}"], _daemon.Query("SELECT unknown FROM transcript"));
    }

    [Theory]
    [InlineData("outside")]
    [InlineData("link")]
    [InlineData("folder")]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("junk")]
    [InlineData("pipe")]
    [InlineData("of another user")]
    public async Task A_file_that_is_no_transcript_of_the_agents_adds_nothing_and_harms_nothing(string what)
    {
        var path = Session().WriteTo(Config);
        var elsewhere = Path.Combine(_daemon.Folder, "elsewhere.jsonl");
        switch (what)
        {
            case "outside":
                File.Move(path, elsewhere);
                path = elsewhere;
                break;
            case "link":
                File.Move(path, elsewhere);
                File.CreateSymbolicLink(path, elsewhere);
                break;
            case "folder":
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
            case "missing":
                File.Delete(path);
                break;
            case "pipe":
                File.Delete(path);
                await RunAsync("mkfifo", path);
                break;
            case "of another user":
                Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only the administrator can give a file away.");
                await RunAsync("chown", "65534", path);
                break;
            case "empty":
                await File.WriteAllTextAsync(path, "", TestContext.Current.CancellationToken);
                break;
            default:
                await File.WriteAllTextAsync(path, string.Join('\n', Enumerable.Range(0, 2_000).Select(n => $"line {n} of no JSON")), TestContext.Current.CancellationToken);
                break;
        }

        await StopAsync(path, "p-1", "The sign was wrong; add() now adds.");

        // Another session's file is read after it: then this one was looked at.
        var next = new ClaudeTranscriptText("s-2", Project, Start).Prompt("Hello there, look at this", "p-2").Says("Hm.").Says("Seen.", ends: true).WriteTo(Config);
        await HookAsync("s-2", next, "SessionEnd", ("reason", "other"));
        await FilledAsync("SELECT COUNT(*) FROM event WHERE kind = 'prompt'", "1");
        Assert.Equal(["1"], _daemon.Query("SELECT COUNT(*) FROM event JOIN session ON session.id = session_id WHERE agent_session_id = 's-1'"));
    }

    [Fact]
    public async Task A_line_from_the_future_is_taken_as_of_now()
    {
        var path = new ClaudeTranscriptText("s-1", Project, Start + TimeSpan.FromDays(400)).Prompt("Please mend the add function", "p-1").Says("Done.", ends: true).WriteTo(Config);
        await HookAsync(path, "SessionEnd", ("reason", "other"));
        await FilledAsync("SELECT COUNT(*) FROM event WHERE kind = 'prompt'", "1");
        Assert.Equal(["0"], _daemon.Query("SELECT at_ms > received_at_ms FROM event WHERE kind = 'prompt'"));
        Assert.Equal(["1"], _daemon.Query("SELECT last_event_at_ms <= (SELECT MAX(received_at_ms) FROM event) FROM session"));
    }

    [Fact]
    public async Task What_was_paused_stays_out_after_it_is_resumed()
    {
        var told = new ClaudeTranscriptText("s-1", Project, DateTimeOffset.UtcNow - TimeSpan.FromSeconds(3)).Prompt("Before the pause, all open", "p-1").Says("Yes.", ends: true);
        var path = told.WriteTo(Config);
        await StopAsync(path, "p-1", "Yes.");
        await FilledAsync("SELECT COUNT(*) FROM event WHERE kind = 'prompt'", "1");
        await PostAsync(Routes.Pause, new PauseRequest("session", "s-1", Project));
        var later = new ClaudeTranscriptText("s-1", Project, DateTimeOffset.UtcNow - TimeSpan.FromSeconds(0.9)).Prompt("Nobody should keep this", "p-2");
        await Eventually.TrueAsync(() => DateTimeOffset.UtcNow > later.At);
        await PostAsync(Routes.Resume, new PauseRequest("session", "s-1", Project));
        var after = new ClaudeTranscriptText("s-1", Project, DateTimeOffset.UtcNow).Prompt("After the pause, open again", "p-3").Says("Fine.", ends: true);
        await File.AppendAllTextAsync(path, later.Text + after.Text, TestContext.Current.CancellationToken);
        await StopAsync(path, "p-3", "Fine.");
        await FilledAsync("SELECT COUNT(*) FROM event WHERE turn_id = 'p-3' AND kind = 'prompt'", "1");
        Assert.Equal(["0"], _daemon.Query("SELECT COUNT(*) FROM event WHERE text LIKE '%Nobody%'"));
    }

    [Fact]
    public async Task A_subagents_own_file_is_attributed_to_it()
    {
        var path = Session().WriteTo(Config);
        new ClaudeTranscriptText("s-1", Project, Start).Calls("call-7", "Bash", new JsonObject { ["command"] = "ls" }, "a7")
            .Answers("call-7", "calc.js", subagent: "a7").Says("There is one file.", ends: true, subagent: "a7")
            .WriteTo(Config, Path.Combine("s-1", "subagents", "agent-a7.jsonl"));
        await StopAsync(path, "p-1", "The sign was wrong; add() now adds.");
        await HookAsync(path, "SubagentStop", ("prompt_id", "p-1"), ("agent_id", "a7"), ("agent_type", "Explore"), ("last_assistant_message", "There is one file."),
            ("agent_transcript_path", Path.Combine(Config, "projects", "-demo", "s-1", "subagents", "agent-a7.jsonl")));
        await FilledAsync("SELECT subagent_id FROM event WHERE tool_call_id = 'call-7'", "a7");
        Assert.Equal(["1"], _daemon.Query("SELECT COUNT(*) FROM session"));
    }

    [Fact]
    public async Task A_session_that_cairn_started_itself_is_left_alone()
    {
        var path = new ClaudeTranscriptText("s-1", Project, Start).Prompt(InternalSession.Mark + " Make memories of this", "p-1").Says("Here they are.", ends: true).WriteTo(Config);
        await HookAsync(path, "SessionEnd", ("reason", "other"));
        await FilledAsync("SELECT json_extract(state, '$.internal') FROM transcript", "1");
        Assert.Equal(["session_ended"], _daemon.Query("SELECT kind FROM event"));
    }

    private ClaudeTranscriptText Session() => new ClaudeTranscriptText("s-1", Project, Start)
        .Prompt("Please mend the add function", "p-1")
        .Thinks("Nobody is to read this.")
        .Says("I will look.")
        .Calls("call-1", "Bash", new JsonObject { ["command"] = "ls" })
        .Answers("call-1", "calc.js", result: new JsonObject { ["stdout"] = "calc.js", ["stderr"] = "" })
        .Calls("call-2", "Bash", new JsonObject { ["command"] = "node --test" })
        .Answers("call-2", "Exit code 1\nnot ok", failed: true)
        .Says("The sign was wrong; add() now adds.", ends: true);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private Task StopAsync(string path, string prompt, string text) =>
        HookAsync(path, "Stop", ("prompt_id", prompt), ("last_assistant_message", text), ("stop_hook_active", false));

    private Task HookAsync(string path, string name, params (string Field, JsonNode? Value)[] fields) => HookAsync("s-1", path, name, fields);

    private async Task HookAsync(string session, string path, string name, params (string Field, JsonNode? Value)[] fields)
    {
        var payload = new JsonObject { ["session_id"] = session, ["transcript_path"] = path, ["cwd"] = Project, ["hook_event_name"] = name };
        foreach (var (field, value) in fields)
        {
            payload[field] = value;
        }

        var (status, body) = await _daemon.HookAsync(payload.ToJsonString(), $"CLAUDE_CONFIG_DIR={Uri.EscapeDataString(Config)}");
        Assert.True(status is 200 or 204, body);
    }

    private async Task PostAsync(string route, PauseRequest body)
    {
        using var answer = await _daemon.Client.PostAsJsonAsync(new Uri(route, UriKind.Relative), body, WireJson.Default.PauseRequest, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task FilledAsync(string sql, string expected)
    {
        var filled = await Eventually.TrueAsync(() => _daemon.Query(sql) is [var first, ..] && first == expected);
        Assert.True(filled, $"{sql} is {string.Join(",", _daemon.Query(sql))}; events: {string.Join(" | ", _daemon.Query("SELECT origin || ' ' || kind || ' ' || COALESCE(text, tool_call_id, '') FROM event"))}");
    }
}
