using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cairn.Bench.Systems;

/// <summary>
/// Sends events over so many connections at once; each connection waits for an acknowledgement before its next event.
/// A thread for each connection, blocked in the kernel while it waits: the generator shares the machine with what it
/// measures, and this is the cheapest client there is, as a hook is one.
/// </summary>
internal sealed class LoadGenerator(PublishedCairn cairn)
{
    private static int _rounds;

    /// <summary>Runs for <paramref name="length"/>; returns how many were acknowledged and how fast.</summary>
    public async Task<(long Acknowledged, double PerSecond)> RunAsync(int connections, TimeSpan length, CancellationToken ct)
    {
        var round = Interlocked.Increment(ref _rounds);
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(number =>
            Task.Factory.StartNew(
                () => Send($"load-{round}-{number % 8}", $"{round:D3}-{number:D3}", started, length, ct),
                ct, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var total = counts.Sum();
        return (total, total / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private long Send(string session, string prefix, long started, TimeSpan length, CancellationToken ct)
    {
        using var socket = cairn.Connect();
        var body = PublishedCairn.Payload(session, $"toolu_{prefix}-000000000");
        var head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"POST /api/hooks/claude-code HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n"));
        byte[] request = [.. head, .. body];
        var id = request.AsSpan().IndexOf(Encoding.ASCII.GetBytes("-000000000")) + 1;
        var answer = new byte[1024];
        long acknowledged = 0;
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            (acknowledged + 1).TryFormat(request.AsSpan(id, 9), out _, "D9", CultureInfo.InvariantCulture);
            ct.ThrowIfCancellationRequested();
            SendAll(socket, request);
            var received = socket.Receive(answer);
            if (!answer.AsSpan(0, received).StartsWith("HTTP/1.1 20"u8))
            {
                throw new InvalidOperationException(Encoding.UTF8.GetString(answer, 0, received));
            }

            acknowledged++;
        }

        return acknowledged;
    }

    private static void SendAll(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[socket.Send(bytes)..];
        }
    }
}
