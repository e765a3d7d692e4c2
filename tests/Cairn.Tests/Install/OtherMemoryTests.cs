using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cairn.Cli.Install;

namespace Cairn.Tests.Install;

/// <summary>Other memory systems are noticed by their files, their part in the agent's settings and their workers.</summary>
public sealed class OtherMemoryTests : IDisposable
{
    private readonly InstallHome _home = new();

    public OtherMemoryTests()
    {
        // Ports that nothing answers, whatever runs on the machine of the test.
        _home.Environment["CLAUDE_MEM_WORKER_PORT"] = "1";
        _home.Environment["CODEMEM_VIEWER_PORT"] = "1";
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Where_there_is_none_nothing_is_said() => Assert.Empty(await SearchAsync("{}"));

    [Fact]
    public async Task Files_alone_are_a_system_that_is_not_active()
    {
        InstallHome.Write(Path.Combine(_home.Home, ".claude-mem", "claude-mem.db"), "theirs");
        InstallHome.Write(Path.Combine(_home.Home, ".codemem", "mem.sqlite"), "theirs");

        var found = await SearchAsync("");

        Assert.Equal(["claude-mem", "codemem"], found.Select(other => other.Name));
        Assert.All(found, other => Assert.False(other.IsActive));
        Assert.All(found, other => Assert.Contains("left alone", other.Meaning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("claude-mem", "claude-mem@thedotmack")]
    [InlineData("codemem", "codemem@codemem-marketplace")]
    public async Task A_plugin_that_is_on_is_an_active_system_and_one_that_is_off_is_not(string name, string plugin)
    {
        var found = Assert.Single(await SearchAsync($$"""{ /* mine */ "enabledPlugins": { "{{plugin}}": true, }, }"""));

        Assert.Equal(name, found.Name);
        Assert.True(found.IsActive);
        Assert.Contains($"claude plugin disable {plugin}", found.Meaning, StringComparison.Ordinal);
        Assert.Empty(await SearchAsync($$"""{ "enabledPlugins": { "{{plugin}}": false } }"""));
    }

    [Theory]
    [InlineData("CLAUDE_MEM_WORKER_PORT", """{"status":"ok","workerPath":"/x"}""", "claude-mem")]
    [InlineData("CODEMEM_VIEWER_PORT", """{"database":{}}""", "codemem")]
    public async Task A_worker_that_answers_is_an_active_system(string variable, string answer, string name)
    {
        await using var worker = new Answering(answer);
        _home.Environment[variable] = worker.Port;

        var found = Assert.Single(await SearchAsync("{}"));

        Assert.Equal(name, found.Name);
        Assert.True(found.IsActive);
    }

    [Fact]
    public async Task Our_own_daemon_on_that_port_is_not_taken_for_another_system()
    {
        await using var ours = new Answering("""{"status":"ok","port":1,"wanted_port":1,"version":"0.1.0","uptime_ms":1,"problems":[]}""");
        _home.Environment["CLAUDE_MEM_WORKER_PORT"] = ours.Port;

        Assert.Empty(await SearchAsync("{}"));
    }

    private Task<IReadOnlyList<OtherMemory>> SearchAsync(string settings) =>
        new OtherMemorySearch(_home.Site).RunAsync(settings, TestContext.Current.CancellationToken);

    /// <summary>Answers one request over HTTP.</summary>
    private sealed class Answering : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _answered;

        public Answering(string body)
        {
            _listener.Start();
            _answered = AnswerAsync(body);
        }

        public string Port => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        public async ValueTask DisposeAsync()
        {
            await _answered;
            _listener.Dispose();
        }

        private async Task AnswerAsync(string body)
        {
            using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using var stream = client.GetStream();
            _ = await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken);
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"),
                TestContext.Current.CancellationToken);
        }
    }
}
