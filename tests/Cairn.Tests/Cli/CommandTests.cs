using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cairn.Cli;
using Cairn.Core.Hosting;
using Cairn.Tests.Support;

namespace Cairn.Tests.Cli;

/// <summary>The commands as processes, against the real daemon.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private TestDaemon _daemon = null!;
    private CairnProcess _cairn = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await TestDaemon.StartAsync();
        _cairn = new CairnProcess(_daemon.Paths.Home, Directory.CreateDirectory(Path.Combine(_daemon.Folder, "shop")).FullName);
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task A_note_is_kept_found_shown_and_forgotten()
    {
        var remembered = await _cairn.RunAsync("remember", "Amounts are kept in cents", "--kind", "decision", "--json");
        using var memory = JsonDocument.Parse(remembered.Output);
        var id = memory.RootElement.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);

        Assert.Contains("Amounts are kept in cents", (await _cairn.RunAsync("search", "amounts", "in", "cents")).Output);
        Assert.Contains("decision", (await _cairn.RunAsync("recent", "--here")).Output);
        Assert.Contains("Amounts are kept in cents", (await _cairn.RunAsync("show", id)).Output);

        var unasked = await _cairn.RunAsync("forget", id);
        Assert.Equal(1, unasked.ExitCode);
        Assert.Contains("--yes", unasked.Error);
        Assert.Equal(0, (await _cairn.RunAsync("forget", id, "--yes")).ExitCode);
        Assert.Equal(3, (await _cairn.RunAsync("show", id)).ExitCode);
    }

    [Fact]
    public async Task What_is_not_there_ends_with_3()
    {
        Assert.Equal(3, (await _cairn.RunAsync("recent")).ExitCode);
        Assert.Equal(3, (await _cairn.RunAsync("search", "nothing", "like", "it")).ExitCode);
        Assert.Equal(3, (await _cairn.RunAsync("forget", "--project", "shop", "--before", "2026-01-01", "--yes")).ExitCode);
    }

    [Fact]
    public async Task Forgetting_by_age_spares_what_is_younger()
    {
        await _cairn.RunAsync("remember", "A first note about the cart");

        Assert.Equal(3, (await _cairn.RunAsync("forget", "--project", "shop", "--before", "2000-01-01", "--yes")).ExitCode);
        Assert.Equal(0, (await _cairn.RunAsync("forget", "--project", "shop", "--before", "2999-01-01", "--yes")).ExitCode);
        Assert.Equal(3, (await _cairn.RunAsync("recent")).ExitCode);
    }

    [Theory]
    [InlineData("forget")]
    [InlineData("forget", "1", "--project", "shop")]
    [InlineData("forget", "--project", "shop")]
    [InlineData("show", "one")]
    [InlineData("search")]
    public async Task A_line_that_is_not_understood_ends_with_2_and_says_why(params string[] arguments)
    {
        var result = await _cairn.RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Error);
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("stats")]
    [InlineData("doctor")]
    [InlineData("open")]
    [InlineData("start")]
    [InlineData("config", "list")]
    [InlineData("context")]
    public async Task Json_is_json(params string[] arguments)
    {
        var result = await _cairn.RunAsync([.. arguments, "--json"]);

        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task A_paused_project_is_named_by_doctor_until_it_is_resumed()
    {
        Assert.Contains("Paused", (await _cairn.RunAsync("pause")).Output);
        Assert.Contains("project shop is paused", (await _cairn.RunAsync("doctor")).Output);

        Assert.Contains("Resumed", (await _cairn.RunAsync("resume")).Output);
        Assert.Contains("project shop is not paused", (await _cairn.RunAsync("doctor")).Output);
    }

    [Theory]
    [InlineData("CAIRN_CAPTURE_ENABLED", "false", "capture.enabled is off")]
    [InlineData("CAIRN_RECALL_ENABLED", "false", "recall.enabled is off")]
    [InlineData("CLAUDE_MEM_EXCLUDED_PROJECTS", "sh*", "excluded by")]
    [InlineData("CAIRN_INTERNAL", "1", "marked internal")]
    public async Task Doctor_says_why_nothing_would_be_stored_or_recalled_here(string variable, string value, string said) =>
        Assert.Contains(said, (await _cairn.With(variable, value).RunAsync("doctor")).Output);

    [Fact]
    public async Task Doctor_fails_when_there_is_no_daemon_to_be_had()
    {
        await _daemon.StopAsync();

        var result = await _cairn.RunAsync("doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cairn-daemon", result.Output);
    }

    [Fact]
    public async Task Status_of_a_daemon_that_does_not_run_starts_none()
    {
        await _daemon.StopAsync();

        var result = await _cairn.WithRealDaemon().RunAsync("status");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not running", result.Output);
        Assert.Contains("was not running", (await _cairn.RunAsync("stop")).Output);
    }

    [Fact]
    public async Task A_daemon_that_does_not_listen_to_reason_is_killed_and_that_is_said()
    {
        await _daemon.StopAsync();
        var cairn = _cairn.WithRealDaemon();
        await cairn.RunAsync("start");
        var process = DaemonInfo.Read(_daemon.Paths)!.Pid;
        using (var halt = Process.Start("kill", ["-STOP", process.ToString(CultureInfo.InvariantCulture)]))
        {
            await halt.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var result = await cairn.RunAsync("stop");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("was killed", result.Output);
        Assert.Equal(1, (await cairn.RunAsync("status")).ExitCode);
    }

    [Fact]
    public async Task The_demo_shows_a_memory_where_it_helps_and_nothing_where_it_does_not()
    {
        var result = await _cairn.WithRealDaemon().RunAsync("demo", "--json");

        Assert.Equal(0, result.ExitCode);
        using var demo = JsonDocument.Parse(result.Output);
        Assert.NotEmpty(demo.RootElement.GetProperty("memories").EnumerateArray());
        Assert.Equal("", demo.RootElement.GetProperty("for_unrelated").GetString());
    }

    [Fact]
    public void Text_that_others_wrote_cannot_move_the_cursor() =>
        Assert.Equal("a\uFFFD[2Jb\uFFFDc\n", Output.Safe("a\u001b[2Jb\u202Ec\n"));
}
