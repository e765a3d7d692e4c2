using System.Net;
using System.Text;
using System.Text.Json;
using Cairn.Tests.Support;

namespace Cairn.Tests.Capture;

/// <summary>The doors that codemem's clients know.</summary>
public sealed class RawEventTests : IAsyncLifetime
{
    private TestDaemon _daemon = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _daemon = await TestDaemon.StartAsync(settings: """{"capture.max_body_bytes":4096}""");

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task A_hooks_payload_is_counted_as_inserted_then_known_and_what_says_nothing_as_skipped()
    {
        var prompt = """{"hook_event_name":"UserPromptSubmit","session_id":"sess-1","cwd":"/tmp/demo","prompt":"fix the bug","ts":"2026-03-04T01:00:01Z"}""";

        Assert.Equal((200, """{"inserted":1,"skipped":0}"""), await PostAsync("api/claude-hooks", prompt));
        Assert.Equal((200, """{"inserted":0,"skipped":0}"""), await PostAsync("api/claude-hooks", prompt));
        Assert.Equal((200, """{"inserted":0,"skipped":1}"""), await PostAsync("api/claude-hooks", """{"hook_event_name":"Notification","session_id":"sess-1"}"""));
        Assert.Equal(["fix the bug"], _daemon.Query("SELECT text FROM event WHERE kind = 'prompt'"));
    }

    [Theory]
    [InlineData("api/claude-hooks", "{", "invalid json")]
    [InlineData("api/claude-hooks", "[]", "payload must be an object")]
    [InlineData("api/raw-events", "{", "invalid json")]
    [InlineData("api/raw-events", """{"events":{}}""", "events must be a list")]
    [InlineData("api/raw-events", """{"event_type":"user_prompt"}""", "session id required")]
    [InlineData("api/raw-events", """{"session_id":7,"event_type":"user_prompt"}""", "session_id must be string")]
    [InlineData("api/raw-events", """{"session_id":"a","stream_id":"b","event_type":"user_prompt"}""", "conflicting session id fields")]
    [InlineData("api/raw-events", """{"session_id":"msg_1","event_type":"user_prompt"}""", "invalid session id")]
    [InlineData("api/raw-events", """{"session_id":"a"}""", "event_type required")]
    [InlineData("api/raw-events", """{"session_id":"a","event_type":"user_prompt","payload":[]}""", "payload must be an object")]
    [InlineData("api/raw-events", """{"session_id":"a","event_type":"user_prompt","ts_wall_ms":"now"}""", "ts_wall_ms must be int")]
    [InlineData("api/raw-events", """{"session_id":"a","event_type":"user_prompt","ts_mono_ms":"now"}""", "ts_mono_ms must be number")]
    [InlineData("api/raw-events", """{"session_id":"a","event_type":"user_prompt","event_seq":1.5}""", "event_seq must be int")]
    [InlineData("api/raw-events", """{"session_id":"a","event_type":"user_prompt","cwd":1}""", "cwd must be string")]
    [InlineData("api/raw-events", """{"session_id":"a","event_type":"user_prompt","project":1}""", "project must be string")]
    [InlineData("api/raw-events", """{"session_id":"a","event_type":"user_prompt","started_at":1}""", "started_at must be string")]
    public async Task What_breaks_the_contract_is_refused_in_its_words_and_changes_nothing(string address, string body, string error)
    {
        var (status, answer) = await PostAsync(address, body);

        Assert.Equal(400, status);
        Assert.Equal(error, Parse(answer).GetProperty("error").GetString());
        Assert.Equal(["0"], _daemon.Query("SELECT COUNT(*) FROM event"));
    }

    [Theory]
    [InlineData("api/claude-hooks")]
    [InlineData("api/raw-events")]
    public async Task A_body_over_the_limit_is_refused_with_the_limit(string address)
    {
        var (status, answer) = await PostAsync(address, "{\"x\":\"" + new string('x', 5_000) + "\"}");

        Assert.Equal(413, status);
        Assert.Equal("payload too large", Parse(answer).GetProperty("error").GetString());
        Assert.Equal(4_096, Parse(answer).GetProperty("max_bytes").GetInt32());
    }

    [Fact]
    public async Task One_poison_event_does_not_block_its_batch()
    {
        var (status, answer) = await PostAsync("api/raw-events", """
            {"session_id":"s1","cwd":"/tmp/demo","source":"opencode","events":[
              {"event_id":"e1","event_type":"user_prompt","payload":{"prompt_text":"why is it slow"}},
              {"event_id":"e2","event_type":"user_prompt","payload":"poison"},
              17,
              {"event_id":"e3","event_type":"tool.execute.after","payload":{"tool":"bash","args":{"command":"npm test"},"result":"ok"}},
              {"event_id":"e4","event_type":"assistant_usage","payload":{}},
              {"event_id":"e5","event_type":"assistant_message","payload":{"assistant_text":"The index was missing."}}]}
            """);

        Assert.Equal(200, status);
        var reply = Parse(answer);
        Assert.Equal((3, 6, 1, 2), (Number(reply, "inserted"), Number(reply, "received"), Number(reply, "skipped"), Number(reply, "invalid")));
        Assert.Equal(
            ["inserted", "invalid", "invalid", "inserted", "skipped", "inserted"],
            reply.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetString()));
        Assert.Equal(["prompt", "tool_result", "assistant_message"], _daemon.Query("SELECT kind FROM event ORDER BY id"));
        Assert.Equal(["opencode"], _daemon.Query("SELECT agent FROM session"));
    }

    [Fact]
    public async Task An_empty_list_is_no_error_and_the_same_list_twice_is_stored_once()
    {
        var list = """{"session_id":"s1","events":[{"event_id":"e1","event_type":"user_prompt","payload":{"prompt_text":"one"}},{"event_type":"assistant_message","payload":{"assistant_text":"two"},"ts_wall_ms":1}]}""";

        Assert.Equal(0, Number(Parse((await PostAsync("api/raw-events", """{"events":[]}""")).Body), "inserted"));
        Assert.Equal(2, Number(Parse((await PostAsync("api/raw-events", list)).Body), "inserted"));
        Assert.Equal(0, Number(Parse((await PostAsync("api/raw-events", list)).Body), "inserted"));
        Assert.Equal(["2"], _daemon.Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task The_source_names_the_agent_and_an_event_that_hooks_brought_too_is_one()
    {
        await _daemon.HookAsync("""{"hook_event_name":"PostToolUse","session_id":"s1","cwd":"/tmp/demo","tool_name":"Bash","tool_use_id":"toolu_1","tool_input":{"command":"ls"},"tool_response":{"stdout":"a"}}""");
        await PostAsync("api/raw-events", """
            {"session_stream_id":"s1","source":"claude","event_id":"cld_evt_1","event_type":"claude.hook","cwd":"/tmp/demo",
             "payload":{"type":"claude.hook","_adapter":{"source":"claude","event_type":"tool_result",
               "payload":{"tool_name":"Bash","status":"ok","tool_input":{"command":"ls"},"tool_output":{"stdout":"a"}},
               "meta":{"tool_use_id":"toolu_1"}}}}
            """);

        Assert.Equal(["1"], _daemon.Query("SELECT COUNT(*) FROM event"));
        Assert.Equal(["claude-code"], _daemon.Query("SELECT agent FROM session"));
    }

    [Fact]
    public async Task A_project_that_the_sender_names_counts_only_without_a_directory_and_the_persons_name_always()
    {
        await PostAsync("api/raw-events", """{"session_id":"a","event_type":"session_start","project":"C:\\work\\Shop"}""");
        await PostAsync("api/raw-events", """{"session_id":"b","event_type":"session_start","project":"other","cwd":"/tmp/demo"}""");
        await _daemon.HookAsync("""{"hook_event_name":"SessionStart","session_id":"c","cwd":"/tmp/demo","source":"startup"}""", "CODEMEM_PROJECT=%2Fsrv%2Fshop-api");

        Assert.Equal(
            ["Shop", "demo", "shop-api"],
            _daemon.Query("SELECT label FROM session JOIN project ON project.id = project_id ORDER BY session.id"));
    }

    [Fact]
    public async Task A_stream_that_changes_directories_stays_one_session_of_its_first_project()
    {
        await PostAsync("api/raw-events", """{"session_id":"a","event_type":"user_prompt","event_id":"1","cwd":"/tmp/first","payload":{"prompt_text":"one"}}""");
        await PostAsync("api/raw-events", """{"session_id":"a","event_type":"user_prompt","event_id":"2","cwd":"/tmp/second","payload":{"prompt_text":"two"}}""");

        Assert.Equal(["first"], _daemon.Query("SELECT label FROM session JOIN project ON project.id = project_id"));
        Assert.Equal(["2"], _daemon.Query("SELECT prompts FROM session"));
    }

    [Fact]
    public async Task Private_words_and_secrets_are_taken_out_before_anything_is_written()
    {
        await PostAsync("api/raw-events", """{"session_id":"a","event_type":"user_prompt","payload":{"prompt_text":"<private>the merger</private> use password=hunter2hunter2"}}""");

        Assert.All(_daemon.AllBytes(), file =>
        {
            var text = Encoding.UTF8.GetString(file.Bytes);
            Assert.DoesNotContain("the merger", text);
            Assert.DoesNotContain("hunter2", text);
        });
    }

    [Fact]
    public async Task A_foreign_origin_may_not_post_raw_events()
    {
        using var client = new HttpClient { BaseAddress = _daemon.TcpAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/raw-events", UriKind.Relative)) { Content = new StringContent("{}") };
        request.Headers.Add("Origin", "http://evil.example");
        using var response = await client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private async Task<(int Status, string Body)> PostAsync(string address, string body)
    {
        using var response = await _daemon.Client.PostAsync(new Uri(address, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Ct);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
