using System.Buffers;
using System.Globalization;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;

namespace Cairn.Daemon.Http;

/// <summary>Reads what a hook's client sends with its payload.</summary>
internal static class HookRequest
{
    /// <summary>The body; null when it has more than <paramref name="most"/> bytes. To be disposed.</summary>
    public static async ValueTask<RentedBytes?> ReadAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? 16 * 1024) + 1);
        var length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length), ct) is var read and > 0)
        {
            length += read;
            if (length > most)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return null;
            }

            if (length == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }

        return new RentedBytes(buffer, length);
    }

    /// <summary>The session's variables that the client forwarded.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(HttpRequest request)
    {
        var header = request.Headers[Routes.EnvironmentHeader].ToString();
        if (header.Length == 0)
        {
            return HookHandler.NoEnvironment;
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                variables[Uri.UnescapeDataString(pair[..equals])] = Uri.UnescapeDataString(pair[(equals + 1)..]);
            }
        }

        return variables;
    }

    /// <summary>When the client saw the event, UTC; null when it did not say.</summary>
    public static DateTimeOffset? ObservedAtOf(HttpRequest request) =>
        long.TryParse(request.Headers[Routes.ObservedAtHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms < 253_402_300_799_999
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;
}

/// <summary>Bytes in a buffer that is given back when they are disposed.</summary>
internal sealed class RentedBytes(byte[] buffer, int length) : IDisposable
{
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
