using System.Globalization;
using System.Text.Json;
using Cairn.Core;
using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;
using Cairn.Engine;
using Cairn.Engine.Agents;
using Cairn.Engine.Agents.RawEvents;
using Cairn.Engine.Capture;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>The doors that codemem's clients know. Contract: codemem's plugin reference; answers are supersets of its own.</summary>
internal static class RawEventEndpoints
{
    private const int MostListed = 1_000;

    public static void MapRawEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Routes.ClaudeHooks, (RequestDelegate)TakeHookAsync);
        routes.MapPost(Routes.RawEvents, (RequestDelegate)TakeEventsAsync);
        routes.MapGet(Routes.RawEvents, TotalsAsync);
        routes.MapGet(Routes.RawEventStatus, StatusAsync);
    }

    private static async Task TakeHookAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var services = context.RequestServices;
            var environment = HookRequest.EnvironmentOf(context.Request);
            var agent = services.GetRequiredService<CairnEngine>().FindAgent(AgentSpec.ClaudeCode.Name)!;
            switch (ProcessEnvironment.IsInternal(environment)
                ? new AgentPayload.Ignored("internal")
                : agent.Read(body.Bytes, EventOrigin.Hook, HookRequest.ObservedAtOf(context.Request)))
            {
                case AgentPayload.Malformed { Reason: var reason } when !reason.Contains("missing", StringComparison.Ordinal) && !reason.Contains("session_id", StringComparison.Ordinal):
                    await RefuseAsync(context, reason.Contains("object", StringComparison.Ordinal) ? "payload must be an object" : "invalid json");
                    break;
                case AgentPayload.Event captured:
                    var outcome = await services.GetRequiredService<HookHandler>().StoreAsync(
                        captured.Input, services.GetRequiredService<LiveSettings>().For(environment), context.RequestAborted);
                    await WriteAsync(context, outcome switch
                    {
                        CaptureOutcome.Stored => new CountsReply(1, 0),
                        CaptureOutcome.Duplicate => new CountsReply(0, 0),
                        _ => new CountsReply(0, 1),
                    }, WireJson.Default.CountsReply);
                    break;
                default:
                    await WriteAsync(context, new CountsReply(0, 1), WireJson.Default.CountsReply);
                    break;
            }
        }
    }

    private static async Task TakeEventsAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var environment = HookRequest.EnvironmentOf(context.Request);
            var request = RawEventReader.Read(body.Bytes);
            if ((request.Problem ?? (request is { IsList: false, Events: [{ Event: RawEvent.Invalid only }] } ? only.Message : null)) is { } problem)
            {
                await RefuseAsync(context, problem);
                return;
            }

            var services = context.RequestServices;
            var hooks = services.GetRequiredService<HookHandler>();
            var reader = services.GetRequiredService<LiveSettings>().For(environment);
            var items = new List<RawEventReply>(request.Events.Count);
            foreach (var sent in request.Events)
            {
                items.Add(ProcessEnvironment.IsInternal(environment)
                    ? new(sent.EventId, "skipped", "internal")
                    : await TakeAsync(sent, hooks, reader, context.RequestAborted));
            }

            int Count(string status) => items.Count(item => item.Status == status);
            await WriteAsync(
                context, new RawEventsReply(Count("inserted"), items.Count, Count("skipped"), Count("invalid"), items), WireJson.Default.RawEventsReply);
        }
    }

    private static async Task<RawEventReply> TakeAsync(SentEvent sent, HookHandler hooks, SettingsReader reader, CancellationToken ct) => sent.Event switch
    {
        RawEvent.Invalid invalid => new(sent.EventId, "invalid", invalid.Message),
        RawEvent.Skipped skipped => new(sent.EventId, "skipped", skipped.Reason),
        RawEvent.Kept kept => await hooks.StoreAsync(kept.Input, reader, ct) switch
        {
            CaptureOutcome.Stored => new(sent.EventId, "inserted", ""),
            CaptureOutcome.Duplicate => new(sent.EventId, "duplicate", ""),
            CaptureOutcome.Excluded excluded => new(sent.EventId, "skipped", excluded.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static async Task<Ok<RawEventTotals>> TotalsAsync(CairnEngine engine, CancellationToken ct)
    {
        var pending = await engine.Queue.ListSessionsAsync(1, ct);
        return TypedResults.Ok(new RawEventTotals(pending.Sessions, pending.Events));
    }

    private static async Task<Results<Ok<RawEventStatusReply>, BadRequest<RawEventErrorReply>>> StatusAsync(
        HttpRequest request, CairnEngine engine, LiveSettings settings, CancellationToken ct)
    {
        var text = request.Query["limit"].ToString();
        var limit = 25;
        if (text.Length > 0 && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit))
        {
            return TypedResults.BadRequest(Refusal("limit must be int"));
        }

        var ingest = new RawEventIngestReply(
            engine.StoreProblem is null, "stream_queue", settings.For(HookHandler.NoEnvironment).Get(Settings.MaxBodyBytes));
        var pending = await engine.Queue.ListSessionsAsync(Math.Clamp(limit, 1, MostListed), ct);
        return TypedResults.Ok(new RawEventStatusReply(
            [.. pending.Items.Select(QueueWire.Of)], new RawEventTotals(pending.Sessions, pending.Events), ingest));
    }

    // Null when it was refused, and then it is answered.
    private static async Task<RentedBytes?> ReadAsync(HttpContext context)
    {
        var most = context.RequestServices.GetRequiredService<LiveSettings>().For(HookHandler.NoEnvironment).Get(Settings.MaxBodyBytes);
        if (await HookRequest.ReadAsync(context.Request, most, context.RequestAborted) is { } body)
        {
            return body;
        }

        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        await WriteAsync(
            context, Refusal("payload too large") with { Code = "too_large", MaxBytes = most }, WireJson.Default.RawEventErrorReply);
        return null;
    }

    private static Task RefuseAsync(HttpContext context, string problem)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return WriteAsync(context, Refusal(problem), WireJson.Default.RawEventErrorReply);
    }

    private static RawEventErrorReply Refusal(string problem) =>
        new(problem, char.ToUpperInvariant(problem[0]) + problem[1..] + ".", "invalid_request", [], null);

    private static Task WriteAsync<T>(HttpContext context, T reply, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(reply, type), context.RequestAborted).AsTask();
    }
}
