using System.Net.Sockets;
using System.Text;

namespace Cairn.Tests.Cli;

/// <summary>Listens at a daemon's socket and answers every request with the same bytes, or never.</summary>
internal sealed class SilentListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _held = [];
    private readonly string? _answer;
    private int _accepted;

    /// <param name="socketFile">Where to listen.</param>
    /// <param name="answer">The whole HTTP answer; null to accept and never answer.</param>
    public SilentListener(string socketFile, string? answer)
    {
        _answer = answer;
        Directory.CreateDirectory(Path.GetDirectoryName(socketFile)!);
        _listener.Bind(new UnixDomainSocketEndPoint(socketFile));
        _listener.Listen();
        _ = AnswerAsync();
    }

    /// <summary>Everything that was sent, request after request.</summary>
    public StringBuilder Received { get; } = new();

    /// <summary>How many connections were taken.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public static string Reply(string status, string body, string headers = "") =>
        $"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public void Dispose()
    {
        _listener.Dispose();
        _held.ForEach(socket => socket.Dispose());
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                Interlocked.Increment(ref _accepted);
                if (_answer is null)
                {
                    _held.Add(socket);
                    continue;
                }

                var request = "";
                while (!IsComplete(request) && await socket.ReceiveAsync(buffer) is var read and > 0)
                {
                    request += Encoding.UTF8.GetString(buffer, 0, read);
                }

                lock (Received)
                {
                    Received.Append(request);
                }

                if (request.Length > 0)
                {
                    await socket.SendAsync(Encoding.UTF8.GetBytes(_answer));
                }

                socket.Dispose();
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static bool IsComplete(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = request.IndexOf("Content-Length: ", StringComparison.Ordinal);
        return end > 0 && length > 0
            && request.Length - end - 4 >= int.Parse(request[(length + 16)..request.IndexOf('\r', length)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
