using Cairn.Core.Configuration;
using Cairn.Daemon.Hosting;
using Cairn.Engine.Jobs;
using Cairn.Tests.Support;

namespace Cairn.Tests.Jobs;

/// <summary>The settings of the sweep do what they say.</summary>
public sealed class SweepServiceTests
{
    [Theory]
    [InlineData("", 120_000)]
    [InlineData("CODEMEM_RAW_EVENTS_SWEEPER_IDLE_MS=5000", 5_000)]
    [InlineData("CODEMEM_RAW_EVENTS_SWEEPER=0", null)]
    [InlineData("CODEMEM_RAW_EVENTS_AUTO_FLUSH=1", 60_000)]
    [InlineData("CODEMEM_RAW_EVENTS_AUTO_FLUSH=1 CODEMEM_RAW_EVENTS_DEBOUNCE_MS=2000", 2_000)]
    [InlineData("CODEMEM_RAW_EVENTS_AUTO_FLUSH=1 CODEMEM_RAW_EVENTS_SWEEPER=off CODEMEM_RAW_EVENTS_DEBOUNCE_MS=0", 0)]
    public void How_long_a_session_must_be_quiet(string environment, int? milliseconds) =>
        Assert.Equal(milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null, SweepService.RulesOf(Reader(environment)).Quiet);

    [Theory]
    [InlineData("", 30_000)]
    [InlineData("CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_MS=7000", 7_000)]
    [InlineData("CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_S=9", 9_000)]
    [InlineData("CODEMEM_RAW_EVENTS_AUTO_FLUSH=1 CODEMEM_RAW_EVENTS_DEBOUNCE_MS=2000", 2_000)]
    [InlineData("CODEMEM_RAW_EVENTS_AUTO_FLUSH=1 CODEMEM_RAW_EVENTS_DEBOUNCE_MS=0", 1_000)]
    public void How_often_it_looks(string environment, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), SweepService.IntervalOf(Reader(environment)));

    [Fact]
    public void How_many_and_how_old() => Assert.Equal(
        new SweepRules(TimeSpan.FromMinutes(2), 3, TimeSpan.FromDays(7)),
        SweepService.RulesOf(Reader("CODEMEM_RAW_EVENTS_SWEEPER_LIMIT=3 CODEMEM_RAW_EVENTS_RETENTION_MS=604800000")));

    [Fact]
    public async Task A_session_that_goes_quiet_in_the_middle_of_a_turn_is_observed_by_the_daemon_itself()
    {
        await using var daemon = await TestDaemon.StartAsync(settings: """{"observe.sweeper_interval_ms":1000,"observe.sweeper_idle_ms":0}""");
        await daemon.HookAsync("""{"hook_event_name":"UserPromptSubmit","session_id":"s","cwd":"/tmp/demo","prompt":"Round the cart total"}""");
        await daemon.HookAsync("""{"hook_event_name":"PostToolUse","session_id":"s","cwd":"/tmp/demo","tool_name":"Bash","tool_use_id":"c","tool_input":{"command":"git commit -am 'Round the cart total half up'"},"tool_response":{"stdout":"[main 1234567] Round the cart total half up"} }""");

        Assert.True(await Eventually.TrueAsync(() => daemon.Query("SELECT title FROM memory WHERE kind <> 'session_summary'") is ["Round the cart total half up"]));
    }

    private static SettingsReader Reader(string environment) => new(
        SettingsFile.Empty,
        environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]));
}
