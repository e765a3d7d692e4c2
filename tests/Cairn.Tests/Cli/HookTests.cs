using System.Diagnostics;
using System.Text;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;
using Cairn.Core.Spool;
using Cairn.Tests.Support;

namespace Cairn.Tests.Cli;

/// <summary>The hook as an agent calls it: whatever happens, it ends with 0 and says only what the daemon wants said.</summary>
public sealed class HookTests : IDisposable
{
    private const string Prompt = """{"session_id":"s1","hook_event_name":"UserPromptSubmit","cwd":"/tmp","prompt":"my key is password=hunter2hunter2"}""";

    private readonly TempFolder _folder = new();
    private readonly CairnPaths _paths;
    private readonly CairnProcess _cairn;

    public HookTests()
    {
        _paths = new CairnPaths(Path.Combine(_folder.Path, "home"));
        _cairn = new CairnProcess(_paths.Home, _folder.Path);
    }

    private SpoolReader Spool => new(_paths, new Redactor(), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_input_it_does_nothing()
    {
        Silent(await _cairn.HookAsync(""));
        Assert.False(Directory.Exists(_paths.Home));
    }

    [Fact]
    public async Task Without_a_daemon_the_event_waits_in_the_spool_redacted()
    {
        Silent(await _cairn.HookAsync(Prompt));

        var envelope = Spool.Read(Assert.Single(Spool.List()))!;
        Assert.Equal("claude-code", envelope.Agent);
        Assert.Contains("\"session_id\":\"s1\"", Encoding.UTF8.GetString(envelope.Payload.Span));
        Assert.All(Directory.GetFiles(_paths.Home, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain("hunter2", File.ReadAllText(file)));
    }

    [Fact]
    public async Task Without_a_daemon_broken_json_goes_into_quarantine_with_its_reason()
    {
        Silent(await _cairn.HookAsync("""{"session_id":"s1", "prompt": "password=hunter2hunter2"""));

        Assert.Equal(0, Spool.Count);
        Assert.Contains("no JSON", Assert.Single(new QuarantineFolder(_paths, new Redactor(), TimeProvider.System).Reasons()));
        Assert.All(Directory.GetFiles(_paths.QuarantineDirectory), file => Assert.DoesNotContain("hunter2", File.ReadAllText(file)));
    }

    [Fact]
    public async Task A_daemon_that_never_answers_costs_the_timeout_and_the_event_is_kept()
    {
        using var hanging = new SilentListener(_paths.SocketFile, answer: null);

        Silent(await _cairn.With("CAIRN_HOOK_TIMEOUT_MS", "100").HookAsync(Prompt));

        Assert.Equal(1, Spool.Count);
    }

    [Fact]
    public async Task A_daemon_that_did_not_answer_is_not_waited_for_so_long_again_until_it_answers()
    {
        using (new SilentListener(_paths.SocketFile, answer: null))
        {
            Silent(await _cairn.With("CAIRN_HOOK_TIMEOUT_MS", "100").HookAsync(Prompt));
            Assert.True(File.Exists(_paths.UnansweredFile));

            // Were it waited for as the setting says, this would take ten seconds more than the test may.
            var second = _cairn.With("CAIRN_HOOK_TIMEOUT_MS", "10000").HookAsync(Prompt);
            Silent(await second.WaitAsync(TimeSpan.FromSeconds(9), TestContext.Current.CancellationToken));
            Assert.Equal(2, Spool.Count);
        }

        File.Delete(_paths.SocketFile);
        using var answering = new SilentListener(_paths.SocketFile, SilentListener.Reply("204 No Content", ""));
        Silent(await _cairn.HookAsync(Prompt));
        Assert.False(File.Exists(_paths.UnansweredFile));
        Assert.Equal(2, Spool.Count);
    }

    [Fact]
    public async Task A_hook_that_is_killed_while_it_waits_leaves_nothing_half_done()
    {
        using var hanging = new SilentListener(_paths.SocketFile, answer: null);
        var start = new ProcessStartInfo(CairnProcess.Program, ["hook", "claude-code"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["CAIRN_HOME"] = _paths.Home;
        start.Environment["CAIRN_HOOK_TIMEOUT_MS"] = "10000";
        using var hook = Process.Start(start)!;
        await hook.StandardInput.WriteAsync(Prompt);
        hook.StandardInput.Close();
        Assert.True(await Eventually.TrueAsync(() => hanging.Accepted > 0));

        hook.Kill();
        await hook.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", await hook.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, Spool.Count);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_paths.Home, "*", SearchOption.AllDirectories), file => !file.EndsWith(".sock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_whose_home_cannot_be_written_waits_elsewhere_and_is_taken_in_when_it_can()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var paths = new CairnPaths(Path.Combine(file, "home"));

        Silent(await _cairn.With("CAIRN_HOME", paths.Home).HookAsync(Prompt));

        var spool = new SpoolReader(paths, new Redactor(), TimeProvider.System);
        var waiting = Assert.Single(spool.List());
        Assert.Equal("claude-code", spool.Read(waiting)!.Agent);
        Assert.DoesNotContain("hunter2", await File.ReadAllTextAsync(Path.Combine(paths.SpareSpoolDirectory, waiting), TestContext.Current.CancellationToken));
        spool.Delete(waiting);
        Assert.Empty(spool.List());
        Directory.Delete(paths.SpareSpoolDirectory);
    }

    [Theory]
    [InlineData("CAIRN_INTERNAL")]
    [InlineData("CLAUDE_MEM_INTERNAL")]
    public async Task A_process_that_is_marked_internal_is_not_observed(string mark)
    {
        Silent(await _cairn.With(mark, "1").HookAsync(Prompt));
        Assert.False(Directory.Exists(_paths.Home));
    }

    [Fact]
    public async Task An_agent_that_is_not_known_is_no_error()
    {
        Silent(await _cairn.RunAsync(Encoding.UTF8.GetBytes(Prompt), "hook", "someone"));
        Assert.False(Directory.Exists(_paths.Home));
    }

    [Fact]
    public async Task What_the_daemon_answers_is_all_that_is_printed()
    {
        using var daemon = new SilentListener(_paths.SocketFile, SilentListener.Reply("200 OK", """{"systemMessage":"grüße"}"""));

        var result = await _cairn.HookAsync(Prompt);

        Assert.Equal(new CairnResult(0, """{"systemMessage":"grüße"}""", ""), result);
        Assert.Equal(0, Spool.Count);
    }

    [Fact]
    public async Task An_answer_in_chunks_is_put_together()
    {
        using var daemon = new SilentListener(
            _paths.SocketFile, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n5\r\n\":1}\n\r\n0\r\n\r\n");

        Assert.Equal("{\"a\":1}\n", (await _cairn.HookAsync(Prompt)).Output);
    }

    [Theory]
    [InlineData("400 Bad Request", 0)]
    [InlineData("413 Payload Too Large", 0)]
    [InlineData("500 Internal Server Error", 1)]
    [InlineData("503 Service Unavailable", 1)]
    public async Task What_is_refused_for_good_is_final_and_what_failed_is_kept(string status, int kept)
    {
        using var daemon = new SilentListener(_paths.SocketFile, SilentListener.Reply(status, "not for the agent"));

        Silent(await _cairn.HookAsync(Prompt));

        Assert.Equal(kept, Spool.Count);
    }

    [Fact]
    public async Task The_sessions_settings_travel_with_the_event_and_secrets_do_not()
    {
        using var daemon = new SilentListener(_paths.SocketFile, SilentListener.Reply("204 No Content", ""));

        await _cairn.With("CLAUDE_MEM_SKIP_TOOLS", "Read,Web Fetch").With("CAIRN_API_KEY", "secret-one").With("ANTHROPIC_API_KEY", "secret-two")
            .HookAsync(Prompt);

        var request = daemon.Received.ToString();
        Assert.Contains("POST /api/hooks/claude-code HTTP/1.1", request);
        Assert.Contains("CLAUDE_MEM_SKIP_TOOLS=Read%2CWeb%20Fetch", request);
        Assert.Matches(@"Cairn-Observed-At: \d{13}\r\n", request);
        Assert.DoesNotContain("secret-", request);
    }

    [Fact]
    public async Task An_older_daemon_is_replaced_at_most_once_a_minute()
    {
        using var old = new SilentListener(_paths.SocketFile, SilentListener.Reply("204 No Content", "", "Cairn-Version: 0.0.1\r\n"));
        Directory.CreateDirectory(_paths.Home);

        await _cairn.HookAsync(Prompt);
        var first = File.GetLastWriteTimeUtc(_paths.ReplacedFile);
        await _cairn.HookAsync(Prompt);

        Assert.NotEqual(DateTime.FromFileTimeUtc(0), first);
        Assert.Equal(first, File.GetLastWriteTimeUtc(_paths.ReplacedFile));
        Assert.True(await Eventually.TrueAsync(() => Snapshot(old).Contains("/api/admin/shutdown", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_start_of_a_session_starts_the_daemon_and_gets_its_answer()
    {
        var cairn = _cairn.WithRealDaemon();
        try
        {
            Silent(await cairn.HookAsync(Payloads.First("compact", "SessionStart")));

            Assert.Equal(0, Spool.Count);
            Assert.NotNull(DaemonInfo.Read(_paths));
            Assert.Equal(0, (await cairn.RunAsync("status")).ExitCode);
        }
        finally
        {
            Assert.Contains("Stopped.", (await cairn.RunAsync("stop")).Output);
        }

        Assert.Null(DaemonInfo.Read(_paths));
    }

    private static string Snapshot(SilentListener listener)
    {
        lock (listener.Received)
        {
            return listener.Received.ToString();
        }
    }

    private static void Silent(CairnResult result) => Assert.Equal(new CairnResult(0, "", ""), result);
}
