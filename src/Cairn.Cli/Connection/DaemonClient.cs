using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;

namespace Cairn.Cli.Connection;

/// <summary>Talks to the daemon for the commands, over the user's own socket. Starts it where it does not run.</summary>
internal sealed class DaemonClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(15);

    private readonly CairnPaths _paths;
    private readonly TimeProvider _time;
    private readonly DaemonLauncher _launcher;
    private readonly DaemonReplacement _replacement;
    private readonly HttpClient _http;

    public DaemonClient(CairnPaths paths, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        (_paths, _time) = (paths, time);
        _launcher = new(paths, environment, time);
        _replacement = new(paths, environment, time);
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false })
        {
            BaseAddress = new Uri("http://localhost"),
            Timeout = Patience,
        };
    }

    /// <summary>True when a daemon listens.</summary>
    public bool IsListening => _launcher.IsListening();

    /// <summary>Starts the daemon where none listens, and waits until it does.</summary>
    /// <returns>True when it was started by this call.</returns>
    /// <exception cref="DaemonException">It is not there, or did not start.</exception>
    public async Task<bool> EnsureRunningAsync(Func<string, IDisposable> progress, CancellationToken ct)
    {
        if (IsListening)
        {
            return false;
        }

        try
        {
            if (!_launcher.TryStart(insist: true))
            {
                throw DaemonProgram.Missing();
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DaemonException($"{_paths.Home} cannot be written ({problem.Message}).", "Give yourself the right to write there, or name another place with CAIRN_HOME.", ExitCode.Failed);
        }

        using (progress("Starting the daemon"))
        {
            var start = _time.GetTimestamp();
            while (!IsListening)
            {
                if (_time.GetElapsedTime(start) > StartPatience)
                {
                    throw new DaemonException(
                        $"The daemon did not start within {StartPatience.TotalSeconds:0} s.", "'cairn logs' shows what it said; 'cairn serve' runs it in this terminal.", ExitCode.Failed);
                }

                await Task.Delay(Poll, _time, ct);
            }
        }

        return true;
    }

    /// <summary>Reads something.</summary>
    /// <exception cref="DaemonException">The daemon does not answer, or refused.</exception>
    public Task<T> GetAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken ct) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, address), type, ct);

    /// <summary>Sends something and reads the answer.</summary>
    /// <exception cref="DaemonException">The daemon does not answer, or refused.</exception>
    public Task<TReply> PostAsync<TRequest, TReply>(
        string address, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, CancellationToken ct)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, requestType));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = content }, replyType, ct);
    }

    /// <summary>Does something that has no answer.</summary>
    /// <exception cref="DaemonException">The daemon does not answer, or refused.</exception>
    public async Task SendAsync(HttpMethod method, string address, CancellationToken ct)
    {
        using var reply = await SendAsync(new HttpRequestMessage(method, address), ct);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var reply = await SendAsync(request, ct);
        var body = await reply.Content.ReadAsByteArrayAsync(ct);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new DaemonException("The daemon's answer is not understood; it may be another version.", "Run 'cairn restart'.", ExitCode.Failed);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        HttpResponseMessage reply;
        using (request)
        {
            try
            {
                reply = await _http.SendAsync(request, ct);
            }
            catch (HttpRequestException problem)
            {
                throw new DaemonException($"The daemon does not answer at {_paths.SocketFile} ({problem.Message}).", "Run 'cairn doctor'.", ExitCode.Failed);
            }
            catch (TaskCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new DaemonException($"The daemon did not answer within {Patience.TotalSeconds:0} s.", "Run 'cairn restart', then 'cairn doctor'.", ExitCode.Failed);
            }
        }

        _replacement.StartIfOlder(reply.Headers.TryGetValues(Routes.VersionHeader, out var versions) ? versions.First() : null);
        if (reply.IsSuccessStatusCode)
        {
            return reply;
        }

        using (reply)
        {
            throw await RefusalAsync(reply, ct);
        }
    }

    private static async Task<DaemonException> RefusalAsync(HttpResponseMessage reply, CancellationToken ct)
    {
        var exitCode = reply.StatusCode == HttpStatusCode.NotFound ? ExitCode.NothingFound : ExitCode.Failed;
        try
        {
            var body = await reply.Content.ReadAsByteArrayAsync(ct);
            if (JsonSerializer.Deserialize(body, WireJson.Default.ErrorReply) is { } error)
            {
                return new DaemonException(error.Message, string.Join('\n', error.Details ?? []), exitCode);
            }
        }
        catch (JsonException)
        {
            // Then only the status is known.
        }

        return new DaemonException($"The daemon answered {(int)reply.StatusCode}.", "Run 'cairn doctor'.", exitCode);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_paths.SocketFile), ct);
            if (PeerIdentity.IsSomeoneElse(socket))
            {
                throw new IOException("another user's process listens there");
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
