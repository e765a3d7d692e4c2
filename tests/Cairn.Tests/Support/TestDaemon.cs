using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Tests.Support;

/// <summary>The real daemon in this process: real socket, real port, real SQLite, in a home of its own.</summary>
internal sealed class TestDaemon : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TimeProvider _time;
    private WebApplication? _app;
    private HttpClient? _client;

    private readonly bool _waitForStore;

    private TestDaemon(string? databaseFile, TimeProvider time, bool waitForStore)
    {
        _waitForStore = waitForStore;
        Paths = new CairnPaths(Path.Combine(_folder.Path, "home"), databaseFile);
        Directory.CreateDirectory(Paths.Home);
        _time = time;
    }

    public CairnPaths Paths { get; }

    /// <summary>A directory outside the home, for projects.</summary>
    public string Folder => _folder.Path;

    /// <summary>Over the socket.</summary>
    public HttpClient Client => _client!;

    public IServiceProvider Services => _app!.Services;

    public Uri TcpAddress => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Services.GetRequiredService<ListeningPoint>().Port}/"));

    public static async Task<TestDaemon> StartAsync(string settings = "{}", string? databaseFile = null, TimeProvider? time = null, bool waitForStore = true)
    {
        var daemon = new TestDaemon(databaseFile, time ?? TimeProvider.System, waitForStore);
        await File.WriteAllTextAsync(daemon.Paths.SettingsFile, settings, TestContext.Current.CancellationToken);
        await daemon.StartAsync();
        return daemon;
    }

    public async Task StartAsync()
    {
        var settings = new SettingsReader(SettingsFile.Read(Paths.SettingsFile), HookHandler.NoEnvironment);
        var endpoint = new ListeningPoint(Paths, settings.Get(Settings.ServerPort), settings.Get(Settings.SecondPort), _time);
        endpoint.Prepare();
        _app = DaemonHost.Build(Paths, endpoint, settings, _time);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = new Uri("http://localhost/") };
        if (_waitForStore)
        {
            using var ready = await _client.GetAsync(new Uri("api/readiness", UriKind.Relative), TestContext.Current.CancellationToken);
            ready.EnsureSuccessStatusCode();
        }
    }

    public async Task StopAsync()
    {
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(TestContext.Current.CancellationToken);
            await _app.DisposeAsync();
            _app = null;
        }
    }

    /// <summary>Posts one payload as the hook client does; returns the status and what the agent is told.</summary>
    public async Task<(int Status, string Body)> HookAsync(byte[] payload, string? environment = null, long? observedAtMs = null, string agent = "claude-code")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/hooks/" + agent, UriKind.Relative)) { Content = new ByteArrayContent(payload) };
        if (environment is not null)
        {
            request.Headers.Add(Routes.EnvironmentHeader, environment);
        }

        if (observedAtMs is { } ms)
        {
            request.Headers.Add(Routes.ObservedAtHeader, ms.ToString(CultureInfo.InvariantCulture));
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<(int Status, string Body)> HookAsync(string payload, string? environment = null) => HookAsync(Encoding.UTF8.GetBytes(payload), environment);

    /// <summary>One column of a query on the database file, as text.</summary>
    public IReadOnlyList<string> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Paths.DatabaseFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var result = new List<string>();
        while (rows.Read())
        {
            result.Add(rows.IsDBNull(0) ? "NULL" : Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return result;
    }

    /// <summary>Waits until no batch waits for an observer.</summary>
    public async Task ObservedAsync()
    {
        var observed = await Eventually.TrueAsync(() => Query("SELECT COUNT(*) FROM batch WHERE state IN ('pending', 'claimed')") is ["0"]);
        Assert.True(observed, "The batches were not observed in time.");
    }

    /// <summary>Every byte below the home, to look for what must not be there.</summary>
    public IEnumerable<(string File, byte[] Bytes)> AllBytes() =>
        Directory.EnumerateFiles(Paths.Home, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".sock", StringComparison.Ordinal))
            .Select(file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                return (file, copy.ToArray());
            });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Paths.SocketFile), ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
