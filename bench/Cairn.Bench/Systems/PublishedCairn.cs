using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Cairn.Core.Hosting;

namespace Cairn.Bench.Systems;

/// <summary>The published programs in a home of their own.</summary>
internal sealed class PublishedCairn : IAsyncDisposable
{
    private readonly string _programs;
    private Process? _daemon;

    public PublishedCairn(string programs)
    {
        _programs = Path.GetFullPath(programs);
        Paths = new CairnPaths(Directory.CreateTempSubdirectory("cairn-bench-").FullName);
        if (!File.Exists(Command) || !File.Exists(Daemon))
        {
            throw new FileNotFoundException($"No published programs in {_programs}; run scripts/publish first.");
        }
    }

    public CairnPaths Paths { get; }

    public string Command => Path.Combine(_programs, "cairn");

    private string Daemon => Path.Combine(_programs, "cairn-daemon");

    /// <summary>Starts the daemon; returns how long it took to the first answer.</summary>
    public async Task<TimeSpan> StartAsync(CancellationToken ct)
    {
        var start = new ProcessStartInfo(Daemon) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--home");
        start.ArgumentList.Add(Paths.Home);
        var started = Stopwatch.GetTimestamp();
        _daemon = Process.Start(start)!;
        while (true)
        {
            try
            {
                using var socket = Connect();
                await socket.SendAsync("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), ct);
                if (await socket.ReceiveAsync(new byte[256], ct) > 0)
                {
                    return Stopwatch.GetElapsedTime(started);
                }
            }
            catch (SocketException) when (!_daemon.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), ct);
            }
        }
    }

    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Paths.SocketFile));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public HttpClient Client() => new(new SocketsHttpHandler
    {
        ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new NetworkStream(Connect(), ownsSocket: true)),
    })
    { BaseAddress = new Uri("http://localhost/") };

    /// <summary>Processor time that the daemon has used so far.</summary>
    public TimeSpan ProcessorTime()
    {
        _daemon!.Refresh();
        return _daemon.TotalProcessorTime;
    }

    /// <summary>Resident memory of the daemon, in MB.</summary>
    public double ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{_daemon!.Id}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(6).Trim().TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture) / 1024;
    }

    public async Task StopAsync(CancellationToken ct)
    {
        if (_daemon is { HasExited: false })
        {
            using var client = Client();
            using var reply = await client.PostAsync(new Uri("api/admin/shutdown", UriKind.Relative), null, ct);
            await _daemon.WaitForExitAsync(ct);
        }

        _daemon?.Dispose();
        _daemon = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        Directory.Delete(Paths.Home, recursive: true);
    }

    /// <summary>A PostToolUse payload of about 2 KB, as Claude Code sends them, with ids of its own.</summary>
    public static byte[] Payload(string session, string call)
    {
        var output = new StringBuilder();
        for (var line = 0; output.Length < 1_350; line++)
        {
            output.Append(CultureInfo.InvariantCulture, $"src/Orders/OrderTotals.cs({line + 40},17): expected {line * 7} items in basket {line * 131}, found {line * 11}\\n");
        }

        return Encoding.UTF8.GetBytes($$"""
            {"session_id":"{{session}}","transcript_path":"/home/dev/.claude/projects/-home-dev-shop/{{session}}.jsonl","cwd":"/home/dev/shop","prompt_id":"257dee9f-1183-45f2-a2b0-2e5cad538e41","permission_mode":"default","effort":{"level":"high"},"hook_event_name":"PostToolUse","tool_name":"Bash","tool_input":{"command":"dotnet test --filter OrderTotals","description":"Run the order tests"},"tool_response":{"stdout":"{{output}}","stderr":"","interrupted":false,"isImage":false,"noOutputExpected":false},"tool_use_id":"{{call}}","duration_ms":508}
            """);
    }
}
