using Cairn.Tests.Support;

namespace Cairn.Tests.Capture;

/// <summary>What makes two payloads the same event.</summary>
public sealed class EventIdentityTests : IAsyncLifetime
{
    private TestDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await TestDaemon.StartAsync();

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task The_same_prompt_without_an_id_asked_again_after_an_answer_is_another_prompt()
    {
        var prompt = Payloads.First("plain", "UserPromptSubmit", ("prompt_id", null));
        var stop = Payloads.First("plain", "Stop", ("prompt_id", null));
        await _daemon.HookAsync(prompt);
        await _daemon.HookAsync(prompt);
        await _daemon.HookAsync(stop);
        await _daemon.HookAsync(prompt);
        await _daemon.HookAsync(prompt);
        Assert.Equal(["2"], _daemon.Query("SELECT COUNT(*) FROM event WHERE kind = 'prompt'"));
        Assert.Equal(["2"], _daemon.Query("SELECT prompts FROM session"));
    }

    [Fact]
    public async Task Prompts_of_the_same_words_with_other_ids_are_other_prompts()
    {
        await _daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("prompt_id", "p-1")));
        await _daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit", ("prompt_id", "p-2")));
        Assert.Equal(["2"], _daemon.Query("SELECT COUNT(*) FROM event WHERE kind = 'prompt'"));
    }

    [Fact]
    public async Task A_call_that_is_reported_as_failed_and_as_done_is_one_event()
    {
        await _daemon.HookAsync(Payloads.First("plain", "PostToolUse", ("tool_use_id", "call-1")));
        await _daemon.HookAsync(Payloads.First("plain", "PostToolUseFailure", ("tool_use_id", "call-1")));
        Assert.Equal(["1"], _daemon.Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task The_same_call_id_in_two_sessions_is_two_events()
    {
        await _daemon.HookAsync(Payloads.First("plain", "PostToolUse", ("session_id", "one")));
        await _daemon.HookAsync(Payloads.First("plain", "PostToolUse", ("session_id", "two")));
        Assert.Equal(["2"], _daemon.Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task An_event_sent_again_after_a_restart_is_still_the_same()
    {
        var tool = Payloads.First("plain", "PostToolUse");
        await _daemon.HookAsync(tool);
        await _daemon.StopAsync();
        await _daemon.StartAsync();
        await _daemon.HookAsync(tool);
        Assert.Equal(["1"], _daemon.Query("SELECT COUNT(*) FROM event"));
        Assert.Equal(["1"], _daemon.Query("SELECT events FROM session"));
    }

    [Fact]
    public async Task Forty_senders_of_the_same_event_at_once_make_one_row()
    {
        var tool = Payloads.First("plain", "PostToolUse");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _daemon.HookAsync(tool)));
        Assert.Equal(["1"], _daemon.Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task A_clock_that_jumps_moves_no_event_far_from_its_arrival()
    {
        var prompt = Payloads.Utf8(Payloads.First("plain", "UserPromptSubmit"));
        await _daemon.HookAsync(prompt, observedAtMs: 1);
        await _daemon.HookAsync(Payloads.Utf8(Payloads.First("plain", "PostToolUse")), observedAtMs: 99_999_999_999_999);
        Assert.Equal(["0", "0"], _daemon.Query("SELECT ABS(at_ms - received_at_ms) FROM event ORDER BY id"));
    }
}
