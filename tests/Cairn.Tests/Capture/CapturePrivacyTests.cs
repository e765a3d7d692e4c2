using System.Text;
using System.Text.Json.Nodes;
using Cairn.Tests.Support;

namespace Cairn.Tests.Capture;

/// <summary>What must never be stored, looked for in every byte below the data directory.</summary>
public sealed class CapturePrivacyTests
{
    // Put together at run time: no scanner shall take this file for a leak.
    private static readonly string Secret = "ghp_" + new string('x', 12) + "A1b2C3d4E5f6G7h8I9j0K1l2";

    [Fact]
    public async Task A_private_prompt_leaves_no_word_of_it_anywhere()
    {
        await using var daemon = await TestDaemon.StartAsync("""{ "log.level": "debug" }""");
        await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("prompt", "<private>the zebra crosses at midnight")));
        await daemon.StopAsync();
        Assert.DoesNotContain(daemon.AllBytes(), file => Holds(file.Bytes, "zebra"));
        Assert.Equal(["[private]"], daemon.Query("SELECT text FROM event WHERE kind = 'prompt'"));
    }

    [Fact]
    public async Task Secrets_in_every_field_of_a_tool_call_are_redacted_before_anything_is_written()
    {
        await using var daemon = await TestDaemon.StartAsync("""{ "log.level": "debug" }""");
        await daemon.HookAsync(Payloads.First("plain", "PostToolUse",
            ("tool_input", new JsonObject { ["command"] = $"curl -H 'Authorization: Bearer {Secret}' x", ["apiKey"] = "sesame-open-42" }),
            ("tool_response", new JsonObject { ["stdout"] = $"token {Secret}", ["stderr"] = "" }),
            ("tool_name", $"Bash {Secret}")));
        await daemon.StopAsync();
        Assert.DoesNotContain(daemon.AllBytes(), file => Holds(file.Bytes, Secret) || Holds(file.Bytes, "sesame-open-42"));
        Assert.Equal(["1"], daemon.Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task Broken_input_is_quarantined_redacted_and_with_its_reason()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal((204, ""), await daemon.HookAsync($$"""{"session_id": "s", "prompt": "{{Secret}}" """));
        Assert.DoesNotContain(daemon.AllBytes(), file => Holds(file.Bytes, Secret));
        var reason = Assert.Single(Directory.GetFiles(daemon.Paths.QuarantineDirectory, "*.reason"));
        Assert.Contains("not valid JSON", await File.ReadAllTextAsync(reason, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CAIRN_INTERNAL=1")]
    [InlineData("CLAUDE_MEM_INTERNAL=1")]
    public async Task Nothing_of_a_process_that_thinks_for_a_memory_is_kept(string environment)
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(204, (await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit"), environment)).Status);
        await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("session_id", "another")));
        Assert.Equal(["another"], daemon.Query("SELECT agent_session_id FROM session"));
    }

    [Theory]
    [InlineData("mcp__cairn__search", "{}")]
    [InlineData("mcp__plugin_cairn_cairn__search", "{}")]
    [InlineData("Bash", """{"command":"/home/dev/.cairn/bin/current/cairn search 'discount'"}""")]
    [InlineData("Bash", """{"command":"cd /tmp && \"/home/a b/.cairn/bin/current/cairn\" show 12"}""")]
    public async Task What_our_own_tools_and_commands_answer_is_not_evidence(string tool, string input)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.HookAsync(Payloads.First("plain", "PostToolUse", ("tool_name", tool), ("tool_input", JsonNode.Parse(input))));
        await daemon.HookAsync(Payloads.First("plain", "PostToolUse", ("tool_use_id", "other"), ("tool_input", new JsonObject { ["command"] = "ls cairn search" })));
        Assert.Equal(["other"], daemon.Query("SELECT tool_call_id FROM event"));
    }

    [Fact]
    public async Task Text_that_was_injected_is_taken_out_of_what_comes_back()
    {
        await using var daemon = await TestDaemon.StartAsync();
        const string injected = "<cairn-memory receipt=\"r\" nonce=\"n\">\nremember the albatross\n</cairn-memory>";
        await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("prompt", injected + "what now?")));
        await daemon.HookAsync(Payloads.First("plain", "Stop", ("last_assistant_message", "You said " + injected)));
        await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("prompt_id", "only"), ("prompt", injected)));
        Assert.Equal(["what now?", "You said "], daemon.Query("SELECT text FROM event ORDER BY id"));
    }

    [Fact]
    public async Task Of_an_excluded_project_nothing_is_stored_not_even_its_path()
    {
        await using var daemon = await TestDaemon.StartAsync("""{ "capture.excluded_projects": "/secret/**, client-*" }""");
        await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("cwd", "/secret/place"), ("session_id", "s1")));
        await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("cwd", "/home/dev/client-x"), ("session_id", "s2")));
        await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("session_id", "s3")));
        Assert.Equal(["s3"], daemon.Query("SELECT agent_session_id FROM session"));
        await daemon.StopAsync();
        Assert.DoesNotContain(daemon.AllBytes(), file => Path.GetFileName(file.File) != "settings.json" && (Holds(file.Bytes, "/secret/place") || Holds(file.Bytes, "client-x")));
    }

    [Fact]
    public async Task Exclusions_of_a_session_come_with_its_own_environment_and_apply_to_it_alone()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var environment = "CLAUDE_MEM_EXCLUDED_PROJECTS=" + Uri.EscapeDataString("/home/dev/*");
        await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("session_id", "excluded")), environment);
        await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("session_id", "kept")));
        Assert.Equal(["kept"], daemon.Query("SELECT agent_session_id FROM session"));
    }

    [Fact]
    public async Task Skipped_tools_are_not_stored()
    {
        await using var daemon = await TestDaemon.StartAsync("""{ "CLAUDE_MEM_SKIP_TOOLS": "TodoWrite,mcp__secret__*" }""");
        foreach (var tool in new[] { "TodoWrite", "mcp__secret__read", "Bash" })
        {
            await daemon.HookAsync(Payloads.First("plain", "PostToolUse", ("tool_name", tool), ("tool_use_id", tool)));
        }

        Assert.Equal(["Bash"], daemon.Query("SELECT tool_name FROM event"));
    }

    private static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
