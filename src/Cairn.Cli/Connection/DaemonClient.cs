using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;

namespace Cairn.Cli.Connection;

/// <summary>Talks to the daemon for the commands, over the user's own socket. Starts it where it does not run.</summary>
internal sealed class DaemonClient
{
    private const int NotFound = 404;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(15);

    private readonly CairnPaths _paths;
    private readonly TimeProvider _time;
    private readonly DaemonLauncher _launcher;
    private readonly DaemonReplacement _replacement;

    public DaemonClient(CairnPaths paths, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        (_paths, _time) = (paths, time);
        _launcher = new(paths, environment, time);
        _replacement = new(paths, environment, time);
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
    public async Task<T> GetAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken ct) =>
        Read(await SendAsync("GET " + address, default, ct), type);

    /// <summary>Sends something and reads the answer.</summary>
    /// <exception cref="DaemonException">The daemon does not answer, or refused.</exception>
    public async Task<TReply> PostAsync<TRequest, TReply>(
        string address, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, CancellationToken ct) =>
        Read(await SendAsync("POST " + address, JsonSerializer.SerializeToUtf8Bytes(request, requestType), ct), replyType);

    /// <summary>Sends JSON that somebody else wrote and reads the answer.</summary>
    /// <exception cref="DaemonException">The daemon does not answer, or refused.</exception>
    public async Task<TReply> PostTextAsync<TReply>(string address, ReadOnlyMemory<byte> json, JsonTypeInfo<TReply> replyType, CancellationToken ct) =>
        Read(await SendAsync("POST " + address, json, ct), replyType);

    /// <summary>Asks for something that has no answer.</summary>
    /// <exception cref="DaemonException">The daemon does not answer, or refused.</exception>
    public Task PostAsync(string address, CancellationToken ct) => SendAsync("POST " + address, default, ct);

    /// <summary>Takes something away.</summary>
    /// <exception cref="DaemonException">The daemon does not answer, or refused.</exception>
    public Task DeleteAsync(string address, CancellationToken ct) => SendAsync("DELETE " + address, default, ct);

    private static T Read<T>(HttpReply reply, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.Span, type) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new DaemonException("The daemon's answer is not understood; it may be another version.", "Run 'cairn restart'.", ExitCode.Failed);
        }
    }

    private async Task<HttpReply> SendAsync(string request, ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        HttpReply reply;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            reply = await HttpExchange.SendAsync(new UnixDomainSocketEndPoint(_paths.SocketFile), request, json, patience.Token);
        }
        catch (Exception problem) when (problem is SocketException or IOException)
        {
            throw new DaemonException($"The daemon does not answer at {_paths.SocketFile} ({problem.Message}).", "Run 'cairn doctor'.", ExitCode.Failed);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DaemonException($"The daemon did not answer within {Patience.TotalSeconds:0} s.", "Run 'cairn restart', then 'cairn doctor'.", ExitCode.Failed);
        }

        _replacement.StartIfOlder(reply.Version);
        return reply.Status is >= 200 and < 300 ? reply : throw Refusal(reply);
    }

    private static DaemonException Refusal(HttpReply reply)
    {
        var exitCode = reply.Status == NotFound ? ExitCode.NothingFound : ExitCode.Failed;
        try
        {
            if (JsonSerializer.Deserialize(reply.Body.Span, WireJson.Default.ErrorReply) is { } error)
            {
                return new DaemonException(error.Message, string.Join('\n', error.Details ?? []), exitCode);
            }
        }
        catch (JsonException)
        {
            // Then only the status is known.
        }

        return new DaemonException($"The daemon answered {reply.Status}.", "Run 'cairn doctor'.", exitCode);
    }
}
