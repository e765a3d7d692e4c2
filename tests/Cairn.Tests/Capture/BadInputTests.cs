using System.Text;
using System.Text.Json.Nodes;
using Cairn.Tests.Support;

namespace Cairn.Tests.Capture;

/// <summary>Whatever arrives: a clear refusal or an honest part of it, never a crash, and nothing else lost.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private TestDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await TestDaemon.StartAsync();

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"hook_event_name":"Stop"}""")]
    [InlineData("""{"hook_event_name":7,"session_id":{}}""")]
    [InlineData("""{"hook_event_name":"PostToolUse","session_id":"s"}""")]
    public async Task What_is_no_event_is_quarantined_with_a_reason_and_the_agent_is_told_nothing(string payload)
    {
        Assert.Equal((204, ""), await _daemon.HookAsync(payload));
        Assert.Single(Directory.GetFiles(_daemon.Paths.QuarantineDirectory, "*.reason"));
        await AssertAliveAsync();
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        var deep = new StringBuilder("""{"hook_event_name":"PostToolUse","session_id":"s","tool_name":"x","tool_input":""");
        deep.Insert(deep.Length, "[", 100_000).Insert(deep.Length, "]", 100_000).Append('}');
        Assert.Equal(204, (await _daemon.HookAsync(deep.ToString())).Status);
        Assert.Single(Directory.GetFiles(_daemon.Paths.QuarantineDirectory, "*.reason"));
        await AssertAliveAsync();
    }

    [Fact]
    public async Task An_unknown_event_is_accepted_and_makes_nothing()
    {
        Assert.Equal(204, (await _daemon.HookAsync(Payloads.First("plain", "Stop", ("hook_event_name", "NextYearsEvent")))).Status);
        await AssertAliveAsync();
        Assert.Equal(["alive"], _daemon.Query("SELECT agent_session_id FROM session"));
    }

    [Fact]
    public async Task An_unknown_tool_is_kept()
    {
        await _daemon.HookAsync(Payloads.First("plain", "PostToolUse", ("tool_name", "Teleport"), ("tool_response", new JsonArray("a", 1, null))));
        Assert.Equal(["Teleport"], _daemon.Query("SELECT tool_name FROM event"));
    }

    [Fact]
    public async Task A_huge_output_is_kept_in_part_and_says_so()
    {
        var huge = "BEGIN" + new string('y', 8 * 1024 * 1024) + "FINISH";
        await _daemon.HookAsync(Payloads.First("plain", "PostToolUse", ("tool_response", new JsonObject { ["stdout"] = huge, ["stderr"] = "" })));
        var kept = Assert.Single(_daemon.Query("SELECT tool_output FROM event"));
        Assert.StartsWith("BEGIN", kept, StringComparison.Ordinal);
        Assert.EndsWith("FINISH", kept, StringComparison.Ordinal);
        Assert.Contains("characters cut", kept, StringComparison.Ordinal);
        Assert.InRange(kept.Length, 10_000, 34_000);
    }

    [Fact]
    public async Task A_huge_input_is_kept_in_part_and_is_still_json()
    {
        await _daemon.HookAsync(Payloads.First("plain", "PostToolUse",
            ("tool_input", new JsonObject { ["file_path"] = "/home/dev/demo/a.txt", ["content"] = new string('z', 6 * 1024 * 1024) })));
        var kept = JsonNode.Parse(Assert.Single(_daemon.Query("SELECT tool_input FROM event")))!;
        Assert.Equal("/home/dev/demo/a.txt", (string?)kept["file_path"]);
        Assert.Contains("characters cut", (string?)kept["content"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_past_the_limit_is_refused_before_it_is_read()
    {
        using var content = new ByteArrayContent(new byte[64 * 1024 * 1024 + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/hooks/claude-code", UriKind.Relative)) { Content = content };
        request.Headers.ExpectContinue = true;
        using var response = await _daemon.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(413, (int)response.StatusCode);
        await AssertAliveAsync();
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_half_surrogates_and_nuls_are_kept_as_well_as_can_be()
    {
        var head = Encoding.UTF8.GetBytes("""{"hook_event_name":"UserPromptSubmit","session_id":"s","prompt_id":"p1","cwd":"/home/dev/demo","prompt":"caf""");
        await _daemon.HookAsync([.. head, 0xE9, .. " au lait\"}"u8]);
        await _daemon.HookAsync("""{"hook_event_name":"UserPromptSubmit","session_id":"s","prompt_id":"p2","cwd":"/home/dev/demo","prompt":"half \ud83d pair"}""");
        await _daemon.HookAsync("""{"hook_event_name":"UserPromptSubmit","session_id":"s","prompt_id":"p3","cwd":"/home/dev/demo","prompt":"a\u0000b"}""");
        Assert.Equal(["caf\uFFFD au lait", "half", "a\uFFFDb"], _daemon.Query("SELECT CASE WHEN text LIKE 'half%' THEN 'half' ELSE text END FROM event ORDER BY id"));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("'; DROP TABLE session; --")]
    [InlineData("\u202Eevil\u0007 \n id")]
    [InlineData("…/💥")]
    public async Task A_session_id_may_hold_anything(string id)
    {
        await _daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("session_id", id)));
        Assert.Equal([id], _daemon.Query("SELECT agent_session_id FROM session"));
    }

    [Fact]
    public async Task A_session_id_without_end_is_refused()
    {
        await _daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("session_id", new string('s', 513))));
        Assert.Single(Directory.GetFiles(_daemon.Paths.QuarantineDirectory, "*.reason"));
        await AssertAliveAsync();
    }

    [Fact]
    public async Task A_path_that_leaves_the_project_stays_absolute()
    {
        await _daemon.HookAsync(Payloads.First("plain", "PostToolUse",
            ("tool_name", "Read"), ("tool_input", new JsonObject { ["file_path"] = "/home/dev/demo/../../../etc/passwd" })));
        Assert.Equal(["/etc/passwd"], _daemon.Query("SELECT path FROM touch"));
    }

    [Theory]
    [InlineData(-20_000)]
    [InlineData(1)]
    [InlineData(3_000)]
    public async Task A_clock_that_jumps_is_not_believed_and_the_event_is_kept(int days)
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        await _daemon.HookAsync(
            System.Text.Encoding.UTF8.GetBytes("""{"hook_event_name":"UserPromptSubmit","session_id":"s","cwd":"/tmp/x","prompt":"when is it"}"""),
            observedAtMs: Math.Max(1, before + (days * 86_400_000L)));

        var at = long.Parse(Assert.Single(_daemon.Query("SELECT at_ms FROM event")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(at, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task An_agent_that_we_do_not_know_is_named_as_such()
    {
        using var content = new StringContent("{}");
        using var response = await _daemon.Client.PostAsync(new Uri("api/hooks/hal-9000", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Contains("claude-code", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task AssertAliveAsync()
    {
        await _daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("session_id", "alive")));
        Assert.Contains("alive", _daemon.Query("SELECT agent_session_id FROM session"));
    }
}
