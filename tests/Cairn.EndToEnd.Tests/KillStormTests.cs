using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Cairn.Core.Hosting;
using Cairn.EndToEnd.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Cairn.EndToEnd.Tests;

/// <summary>The published daemon, killed while events pour in: what it acknowledged is there afterwards, once.</summary>
[Trait("Duration", "Long")]
public sealed class KillStormTests : IDisposable
{
    private const int Kills = 10;
    private const int Connections = 8;

    private readonly CairnPaths _paths = new(Directory.CreateTempSubdirectory("cairn-kill-").FullName);
    private readonly ConcurrentBag<string> _acknowledged = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Every_acknowledged_event_is_there_once_after_ten_kills()
    {
        var program = Repository.PathOf("artifacts", "publish", "current", "cairn-daemon");
        Assert.SkipUnless(File.Exists(program), "The programs are not published: run scripts/publish.");
        var random = new Random(20261121);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var daemon = Process.Start(new ProcessStartInfo(program, ["--home", _paths.Home]) { RedirectStandardError = true })!;
            var senders = Enumerable.Range(0, Connections).Select(sender => Task.Run(() => SendUntilItDiesAsync(daemon, $"{kill}-{sender}"), Ct)).ToList();
            var enough = _acknowledged.Count + random.Next(500, 3_000);
            while (_acknowledged.Count < enough)
            {
                await Task.Yield();
            }

            daemon.Kill();
            await daemon.WaitForExitAsync(Ct);
            await Task.WhenAll(senders);
        }

        var stored = await StoredAsync(program);
        var missing = _acknowledged.Except(stored.Keys).Count();
        var doubled = stored.Values.Count(count => count != 1);
        TestNotes.Write("kill-storm", string.Create(
            CultureInfo.InvariantCulture,
            $"kill -9 of the daemon {Kills} times under load: {_acknowledged.Count} acknowledged, {stored.Count} stored, {missing} missing, {doubled} doubled."));
        Assert.Equal(0, missing);
        Assert.Equal(0, doubled);
    }

    public void Dispose() => Directory.Delete(_paths.Home, recursive: true);

    private async Task SendUntilItDiesAsync(Process daemon, string prefix)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        while (!daemon.HasExited)
        {
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_paths.SocketFile), Ct);
                break;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }

        var answer = new byte[1024];
        for (var number = 0; ; number++)
        {
            var call = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}");
            try
            {
                await socket.SendAsync(RequestOf(call), Ct);
                var received = await socket.ReceiveAsync(answer, Ct);
                if (received == 0)
                {
                    return;
                }

                Assert.StartsWith("HTTP/1.1 204", Encoding.ASCII.GetString(answer, 0, received), StringComparison.Ordinal);
                _acknowledged.Add(call);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private static byte[] RequestOf(string call)
    {
        var body = $$"""{"session_id":"storm-{{call[0]}}","cwd":"/home/dev/shop","hook_event_name":"PostToolUse","tool_name":"Bash","tool_input":{"command":"make test"},"tool_response":{"stdout":"{{new string('x', 1_500)}}","stderr":""},"tool_use_id":"{{call}}"}""";
        return Encoding.ASCII.GetBytes($"POST /api/hooks/claude-code HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    // After a restart, as a person would look: the log of the killed one is taken in first.
    private async Task<Dictionary<string, int>> StoredAsync(string program)
    {
        using (var daemon = Process.Start(new ProcessStartInfo(program, ["--home", _paths.Home]) { RedirectStandardError = true })!)
        {
            await SendOneAsync(daemon);
            daemon.Kill();
            await daemon.WaitForExitAsync(Ct);
        }

        await using var connection = new SqliteConnection($"Data Source={_paths.DatabaseFile};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT tool_call_id, COUNT(*) FROM event WHERE tool_call_id <> 'last' GROUP BY tool_call_id";
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var counts = new Dictionary<string, int>();
        while (await rows.ReadAsync(Ct))
        {
            counts.Add(rows.GetString(0), rows.GetInt32(1));
        }

        return counts;
    }

    private async Task SendOneAsync(Process daemon)
    {
        var answer = new byte[256];
        while (!daemon.HasExited)
        {
            try
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_paths.SocketFile), Ct);
                await socket.SendAsync(RequestOf("last"), Ct);
                Assert.True(await socket.ReceiveAsync(answer, Ct) > 0);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }
}
