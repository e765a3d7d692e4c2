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

        var environment = HookRequest.EnvironmentOf(context.Request);
        if (ProcessEnvironment.IsInternal(environment))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (await HookRequest.ReadAsync(context.Request, LargestPayload, context.RequestAborted) is not { } body)
        {
            await Errors.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "too_large",
                $"A payload may have at most {LargestPayload / (1024 * 1024)} MB.");
            return;
        }

        using (body)
        {
            var hooks = services.GetRequiredService<HookHandler>();
            var answer = await hooks.HandleAsync(
                agent, body.Bytes, new Delivery(EventOrigin.Hook, HookRequest.ObservedAtOf(context.Request), environment), context.RequestAborted);
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
}
