using System.Globalization;
using System.Text.Json.Nodes;
using Cairn.Tests.Cli;
using Cairn.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Cairn.Tests.Capture.Transcripts;

/// <summary>Past sessions become events and memories: <c>cairn backfill</c>, the real programs, real files.</summary>
public sealed class BackfillTests : IAsyncLifetime
{
    private static readonly DateTimeOffset January = new(2026, 1, 20, 9, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private CairnProcess _cairn = null!;

    private string Home => Path.Combine(_folder.Path, ".cairn");

    private string Config => Path.Combine(_folder.Path, ".claude");

    private string Shop => Path.Combine(_folder.Path, "shop");

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Shop);
        _cairn = new CairnProcess(Home, _folder.Path).WithRealDaemon();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _cairn.RunAsync("stop");
        _folder.Dispose();
    }

    [Fact]
    public async Task A_dry_run_shows_sessions_projects_and_dates_and_stores_nothing()
    {
        Session("s-1", Shop, January).WriteTo(Config);
        Session("s-2", Shop, January.AddDays(3)).WriteTo(Config);
        var shown = await _cairn.RunAsync("backfill", "--dry-run");
        Assert.Equal(0, shown.ExitCode);
        Assert.Matches(@"claude-code\s+2\s+2\s.*2026-01-20\s+2026-01-23\s+shop", shown.Output);
        Assert.Contains("2 sessions", shown.Output, StringComparison.Ordinal);
        Assert.Equal(["0"], Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task It_asks_and_reads_nothing_where_nobody_can_answer()
    {
        Session("s-1", Shop, January).WriteTo(Config);
        var refused = await _cairn.RunAsync("backfill");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--yes", refused.Error, StringComparison.Ordinal);
        Assert.Equal(["0"], Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task Sessions_become_events_and_memories_at_their_own_times_and_a_second_run_adds_nothing()
    {
        Session("s-1", Shop, January).WriteTo(Config);
        Session("s-2", Shop, January.AddDays(3)).WriteTo(Config);
        var first = await JsonAsync("backfill", "--yes", "--json");
        Assert.Equal("done", (string?)first["state"]);
        Assert.Equal(12, (int?)first["events"]);
        Assert.True((int?)first["memories"] > 0);
        Assert.Equal([Ms(January.AddSeconds(1)), Ms(January.AddDays(3).AddSeconds(1))], Query("SELECT started_at_ms FROM session ORDER BY 1"));
        Assert.Equal(["0"], Query("SELECT COUNT(*) FROM session WHERE ended_at_ms IS NULL"));
        Assert.Equal(["0"], Query($"SELECT COUNT(*) FROM memory WHERE created_at_ms > {Ms(January.AddDays(4))}"));
        Assert.Equal(["0"], Query("SELECT COUNT(*) FROM event WHERE text LIKE '%Nobody is to read%'"));

        var all = Query("SELECT COUNT(*) || '/' || (SELECT COUNT(*) FROM memory) FROM event");
        var second = await JsonAsync("backfill", "--yes", "--json");
        Assert.Equal(0, (int?)second["events"]);
        Assert.Equal(all, Query("SELECT COUNT(*) || '/' || (SELECT COUNT(*) FROM memory) FROM event"));
    }

    [Fact]
    public async Task A_past_session_does_not_count_as_the_last_one()
    {
        await _cairn.HookAsync($$"""{"session_id":"now","cwd":"{{Shop}}","hook_event_name":"UserPromptSubmit","prompt_id":"p","prompt":"Please write the readme of the shop"}""");
        Session("s-1", Shop, January).WriteTo(Config);
        await _cairn.RunAsync("backfill", "--yes");
        Assert.Equal(["now"], Query("SELECT agent_session_id FROM session ORDER BY last_event_at_ms DESC LIMIT 1"));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_read()
    {
        Session("s-1", Shop, January).WriteTo(Config);
        Session("s-2", Shop, January.AddDays(30)).WriteTo(Config);
        Session("s-3", Path.Combine(_folder.Path, "other"), January.AddDays(30)).WriteTo(Config);
        await _cairn.RunAsync("backfill", "claude-code", "--since", "2026-02-01", "--project", "shop", "--yes");
        Assert.Equal(["s-2"], Query("SELECT agent_session_id FROM session"));
        Assert.Equal(2, (await _cairn.RunAsync("backfill", "--since", "yesterdayish", "--yes")).ExitCode);
        Assert.Equal(2, (await _cairn.RunAsync("backfill", "nobody", "--yes")).ExitCode);
        Assert.Equal(3, (await _cairn.RunAsync("backfill", "codex", "--yes")).ExitCode);
    }

    [Fact]
    public async Task Codex_sessions_are_told_in_the_words_of_its_hooks()
    {
        Write(".codex/sessions/2026/03/02/rollout-2026-03-02T10-00-00-cx-1.jsonl", OtherTranscripts.Codex(Shop));
        var reply = await JsonAsync("backfill", "codex", "--yes", "--json");
        Assert.Equal(
            ["prompt Please mend the add function", "assistant_text I will run the tests.", "tool_failure Bash", "tool_result apply_patch", "assistant_message Fixed the sign in add() in calc.js; the test passes."],
            Query("SELECT kind || ' ' || COALESCE(text, tool_name) FROM event ORDER BY id"));
        Assert.Equal(["calc.js modified"], Query("SELECT path || ' ' || role FROM touch"));
        Assert.Equal("codex: brand_new_line", (string?)reply["unknown"]![0]!["name"]);
        Assert.NotEqual(["0"], Query("SELECT COUNT(*) FROM memory"));
    }

    [Fact]
    public async Task Gemini_sessions_of_both_layouts_are_read()
    {
        Write(".gemini/tmp/demo/chats/session-2026-03-03T10-00-gm1.jsonl", OtherTranscripts.GeminiLines(Shop));
        Write(".gemini/tmp/0/chats/session-gm0.json", OtherTranscripts.GeminiObject(Shop));
        Session("s-1", Shop, January).WriteTo(Config);
        await _cairn.RunAsync("backfill", "claude-code", "--yes");
        var reply = await JsonAsync("backfill", "gemini-cli", "--yes", "--json");
        Assert.Equal(2, (int?)reply["sessions"]);
        Assert.Equal(
            ["prompt Please mend the add function", "assistant_text I will edit it.", "tool_result Edit", "assistant_message Fixed the sign in add()."],
            Query("SELECT kind || ' ' || COALESCE(text, tool_name) FROM event JOIN session ON session.id = session_id WHERE agent_session_id = 'gm-1' ORDER BY event.id"));
        Assert.Equal(
            ["""prompt add "a\b", ] and } to test.txt""", "assistant_text Reading it.", "tool_result Read", "assistant_message Added."],
            Query("SELECT kind || ' ' || COALESCE(text, tool_name) FROM event JOIN session ON session.id = session_id WHERE agent_session_id = 'gm-0' ORDER BY event.id"));
        Assert.Equal(["shop", "shop", "shop"], Query("SELECT label FROM project JOIN session ON session.project_id = project.id"));
        Assert.Equal(0, (int?)(await JsonAsync("backfill", "gemini-cli", "--yes", "--json"))["events"]);
    }

    [Fact]
    public async Task Lines_that_are_not_understood_are_listed_and_stop_nothing()
    {
        Session("s-1", Shop, January).Raw("""{"type":"invented-line","sessionId":"s-1"}""").Raw("no JSON at all").Raw("""["a list"]""").Raw(new string('x', 100_000))
            .Prompt("And one more thing to do", "p-2").Says("Done too.", ends: true).WriteTo(Config);
        var read = await _cairn.RunAsync("backfill", "--yes");
        Assert.Matches(@"1\s+claude-code: invented-line", read.Output);
        Assert.Matches(@"3\s+claude-code: not JSON", read.Output);
        Assert.Equal(["2"], Query("SELECT COUNT(*) FROM event WHERE kind = 'prompt'"));
    }

    [Fact]
    public async Task A_line_of_forty_megabytes_is_passed_over_and_what_follows_is_read()
    {
        var path = Session("s-1", Shop, January).WriteTo(Config);
        await using (var file = new StreamWriter(path, append: true))
        {
            await file.WriteAsync("""{"type":"user","message":{"content":" """);
            for (var part = 0; part < 40; part++)
            {
                await file.WriteAsync(new string('x', 1024 * 1024));
            }

            await file.WriteAsync("\"}}\n" + new ClaudeTranscriptText("s-1", Shop, January.AddHours(1)).Prompt("After the long line", "p-3").Says("Yes.", ends: true).Text);
        }

        var read = await _cairn.RunAsync("backfill", "--yes");
        Assert.Matches(@"1\s+claude-code: too long", read.Output);
        Assert.Equal(["1"], Query("SELECT COUNT(*) FROM event WHERE text = 'After the long line'"));
    }

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_and_nothing_is_there_twice()
    {
        for (var n = 0; n < 40; n++)
        {
            Session($"s-{n}", Shop, January.AddHours(n)).WriteTo(Config);
        }

        await _cairn.RunAsync("start");
        var running = _cairn.RunAsync("backfill", "--yes");
        await Eventually.TrueAsync(() => long.Parse(Query("SELECT COUNT(*) FROM event")[0], CultureInfo.InvariantCulture) > 20);
        var daemon = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Home, "daemon.json"), TestContext.Current.CancellationToken))!;
        using (var process = System.Diagnostics.Process.GetProcessById((int)daemon["pid"]!))
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await running;
        await _cairn.RunAsync("backfill", "--yes");
        Assert.Equal(["240"], Query("SELECT COUNT(*) FROM event"));
        Assert.Equal(["40"], Query("SELECT COUNT(*) FROM session WHERE ended_at_ms IS NOT NULL"));
        Assert.Equal(["40"], Query("SELECT COUNT(DISTINCT session_id) FROM memory WHERE kind = 'session_summary'"));
    }

    [Fact]
    public async Task Links_and_other_peoples_directories_are_not_followed()
    {
        var secret = Session("s-1", Shop, January).WriteTo(Path.Combine(_folder.Path, "elsewhere"));
        Directory.CreateDirectory(Path.Combine(Config, "projects", "-demo"));
        File.CreateSymbolicLink(Path.Combine(Config, "projects", "-demo", "s-1.jsonl"), secret);
        Directory.CreateSymbolicLink(Path.Combine(Config, "projects", "linked"), Path.GetDirectoryName(secret)!);
        Assert.Equal(3, (await _cairn.RunAsync("backfill", "--yes")).ExitCode);
        Assert.Equal(["0"], Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task A_secret_in_an_old_transcript_is_not_stored()
    {
        Session("s-1", Shop, January).Prompt("My key is <private>hush-hush-4711</private> and ANTHROPIC_API_KEY=sk-ant-api03-" + new string('Q', 60), "p-5")
            .Says("I saw nothing.", ends: true).WriteTo(Config);
        await _cairn.RunAsync("backfill", "--yes");
        Assert.Equal(["0"], Query("SELECT COUNT(*) FROM event WHERE text LIKE '%4711%' OR text LIKE '%QQQQQQ%'"));
        Assert.Equal(["2"], Query("SELECT COUNT(*) FROM event WHERE turn_id = 'p-5'"));
    }

    private static ClaudeTranscriptText Session(string id, string cwd, DateTimeOffset at) => new ClaudeTranscriptText(id, cwd, at)
        .Prompt("Please mend the add function in calc.js", "p-1")
        .Thinks("Nobody is to read this.")
        .Says("I will look.")
        .Calls("call-1", "Edit", new JsonObject { ["file_path"] = cwd + "/calc.js", ["old_string"] = "a - b", ["new_string"] = "a + b" })
        .Answers("call-1", "The file has been updated.")
        .Calls("call-2", "Bash", new JsonObject { ["command"] = "git commit -m \"Fix the sign in add\"" })
        .Answers("call-2", "[main 1234567] Fix the sign in add\n 1 file changed")
        .Calls("call-3", "Bash", new JsonObject { ["command"] = "node --test" })
        .Answers("call-3", "Exit code 1\nnot ok", failed: true)
        .Says("Fixed the sign: add() in calc.js now adds.", ends: true);

    private static string Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private void Write(string relative, string text)
    {
        var path = Path.Combine(_folder.Path, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        var result = await _cairn.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonNode.Parse(result.Output)!;
    }

    private List<string> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Home, "cairn.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var result = new List<string>();
        while (rows.Read())
        {
            result.Add(rows.IsDBNull(0) ? "NULL" : Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return result;
    }
}
