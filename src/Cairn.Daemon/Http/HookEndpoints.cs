using System.Buffers;
using System.Globalization;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;
using Cairn.Engine;
using Cairn.Engine.Capture;

namespace Cairn.Daemon.Http;

/// <summary>Where agents' hooks arrive: one payload in, what the agent is to be told out.</summary>
internal static class HookEndpoints
{
    /// <summary>Largest payload that is read. A larger one is refused before it is read; texts in an accepted one are cut by <c>capture.max_text_characters</c>.</summary>
    public const int LargestPayload = 64 * 1024 * 1024;

    public static void MapHooks(this IEndpointRouteBuilder routes) => routes.MapPost(Routes.Hook, HandleAsync);

    private static async Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var name = (string?)context.Request.RouteValues["agent"] ?? "";
        if (services.GetRequiredService<CairnEngine>().FindAgent(name) is not { } agent)
        {
            await Errors.WriteAsync(context, StatusCodes.Status404NotFound, "unknown_agent",
                "No such agent.", [.. Core.AgentSpec.All.Select(known => known.Name)]);
            return;
        }

        var environment = EnvironmentOf(context.Request);
        if (ProcessEnvironment.IsInternal(environment))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (await ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            await Errors.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "too_large",
                $"A payload may have at most {LargestPayload / (1024 * 1024)} MB.");
            return;
        }

        using (body)
        {
            var hooks = services.GetRequiredService<HookHandler>();
            var answer = await hooks.HandleAsync(
                agent, body.Bytes, new Delivery(EventOrigin.Hook, ObservedAtOf(context.Request), environment), context.RequestAborted);
            await WriteAsync(context.Response, answer, context.RequestAborted);
        }
    }

    private static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> answer, CancellationToken ct)
    {
        if (answer.IsEmpty)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        response.ContentType = "application/json";
        response.ContentLength = answer.Length;
        await response.Body.WriteAsync(answer, ct);
    }

    private static async ValueTask<RentedBytes?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > LargestPayload)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? 16 * 1024) + 1);
        var length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length), ct) is var read and > 0)
        {
            length += read;
            if (length > LargestPayload)
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

    /// <summary>The variables that the client forwarded.</summary>
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

    private static DateTimeOffset? ObservedAtOf(HttpRequest request) =>
        long.TryParse(request.Headers[Routes.ObservedAtHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms < 253_402_300_799_999
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    private sealed class RentedBytes(byte[] buffer, int length) : IDisposable
    {
        public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

        public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
    }
}
