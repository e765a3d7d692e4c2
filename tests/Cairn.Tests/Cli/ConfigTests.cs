using Cairn.Core.Hosting;
using Cairn.Tests.Support;

namespace Cairn.Tests.Cli;

/// <summary><c>cairn config</c>: the file is its owner's, comments and all.</summary>
public sealed class ConfigTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CairnPaths _paths;
    private readonly CairnProcess _cairn;

    public ConfigTests()
    {
        _paths = new CairnPaths(Path.Combine(_folder.Path, "home"));
        Directory.CreateDirectory(_paths.Home);
        _cairn = new CairnProcess(_paths.Home, _folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Setting_and_unsetting_gives_back_the_same_bytes()
    {
        const string text = "{\r\n  // why: the card was too long\r\n  \"recall.start_token_budget\": 400, // tokens\r\n}\r\n";
        Write(text);

        Assert.Equal(0, (await _cairn.RunAsync("config", "set", "recall.prompt_limit", "5")).ExitCode);
        Assert.Contains("// why: the card was too long", Read());
        Assert.Equal("5\n", (await _cairn.RunAsync("config", "get", "recall.prompt_limit")).Output);

        Assert.Equal(0, (await _cairn.RunAsync("config", "unset", "recall.prompt_limit")).ExitCode);
        Assert.Equal(text, Read());
    }

    [Theory]
    [InlineData("""{"recall":{"prompt_limit":3}}""", """{"recall":{"prompt_limit":5}}""")]
    [InlineData("""{"recall.prompt_limit":3}""", """{"recall.prompt_limit":5}""")]
    [InlineData("""{"CODEMEM_INJECT_LIMIT":"3","log.level":"debug"}""", """{"log.level":"debug","recall.prompt_limit":5}""")]
    public async Task A_setting_is_changed_where_the_file_has_it(string before, string after)
    {
        Write(before);

        await _cairn.RunAsync("config", "set", "CODEMEM_INJECT_LIMIT", "5");

        Assert.Equal(after, Read().Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("recall.promt_limit", "5", "recall.prompt_limit")]
    [InlineData("recall.prompt_limit", "500", "a whole number from 1 to 20")]
    [InlineData("log.level", "loud", "one of information, debug, warning, error")]
    public async Task What_is_wrong_changes_nothing_and_says_what_is_right(string key, string value, string said)
    {
        Write("{ }");

        var result = await _cairn.RunAsync("config", "set", key, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(said, result.Error);
        Assert.Equal("{ }", Read());
    }

    [Fact]
    public async Task A_broken_file_is_left_as_it_is()
    {
        Write("{ \"recall\": ");

        var result = await _cairn.RunAsync("config", "set", "recall.prompt_limit", "5");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("line 1", result.Error);
        Assert.Equal("{ \"recall\": ", Read());
        Assert.Contains("not valid JSON", (await _cairn.RunAsync("config", "list")).Error);
    }

    [Fact]
    public async Task The_origin_of_every_value_is_told()
    {
        Write("""{"recall.prompt_limit":3}""");

        var result = await _cairn.With("CLAUDE_MEM_LOG_LEVEL", "debug").RunAsync("config", "list", "--origin");

        Assert.Matches(@"recall\.prompt_limit +3 +file \(recall\.prompt_limit\)", result.Output);
        Assert.Matches(@"log\.level +debug +environment \(CLAUDE_MEM_LOG_LEVEL\)", result.Output);
        Assert.Matches(@"recall\.enabled +true +default ", result.Output);
    }

    [Fact]
    public async Task A_change_reaches_the_running_daemon_without_a_restart()
    {
        await using var daemon = await TestDaemon.StartAsync("""{"capture.enabled":true}""");
        var cairn = new CairnProcess(daemon.Paths.Home, _folder.Path);
        await cairn.RunAsync("config", "set", "capture.enabled", "false");

        Assert.True(await Eventually.TrueAsync(() => CountsNothingMore(daemon)));
    }

    private static bool CountsNothingMore(TestDaemon daemon)
    {
        var before = daemon.Query("SELECT count(*) FROM event")[0];
        daemon.HookAsync(Payloads.First("compact", "UserPromptSubmit", ("session_id", Guid.NewGuid().ToString()))).GetAwaiter().GetResult();
        return daemon.Query("SELECT count(*) FROM event")[0] == before;
    }

    private void Write(string text) => File.WriteAllText(_paths.SettingsFile, text);

    private string Read() => File.ReadAllText(_paths.SettingsFile);
}
