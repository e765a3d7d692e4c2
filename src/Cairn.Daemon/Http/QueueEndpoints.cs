using Cairn.Core.Wire;
using Cairn.Engine;
using Cairn.Engine.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>What waits for an observer, and what to do with it.</summary>
internal static class QueueEndpoints
{
    private const int MostAtOnce = 10_000;

    public static void MapQueue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Queue, ListAsync);
        routes.MapPost(Routes.QueueRetry, RetryAsync);
        routes.MapPost(Routes.QueueProcess, ProcessAsync);
        routes.MapPost(Routes.QueueDiscard, DiscardAsync);
    }

    private static async Task<Ok<QueueReply>> ListAsync(HttpRequest request, CairnEngine engine, CancellationToken ct)
    {
        var items = await engine.Queue.ListAsync(QueryText.Number(request, "limit", 50, 1, MostAtOnce), ct);
        var pending = await engine.Queue.ListSessionsAsync(1, ct);
        return TypedResults.Ok(new QueueReply([.. items.Select(QueueWire.Of)], pending.Events));
    }

    private static async Task<Ok<CountReply>> RetryAsync(QueueRequest body, CairnEngine engine, TimeProvider time, CancellationToken ct)
    {
        var count = await engine.Queue.RetryAsync(Checked(body), time.GetUtcNow(), ct);
        engine.Batches.Wake();
        return TypedResults.Ok(new CountReply("to be tried again", count));
    }

    private static async Task<Ok<CountReply>> ProcessAsync(CairnEngine engine, CancellationToken ct)
    {
        var opened = await engine.Sweep.RunAsync(new SweepRules(TimeSpan.Zero, MostAtOnce, TimeSpan.Zero), ct);
        engine.Batches.Wake();
        return TypedResults.Ok(new CountReply("opened", opened));
    }

    private static async Task<Ok<QueueReply>> DiscardAsync(QueueRequest body, CairnEngine engine, TimeProvider time, CancellationToken ct)
    {
        if (body is { Id: null, SessionId: null })
        {
            throw new BadHttpRequestException("Say which: id of a batch, or session_id.");
        }

        var discarded = await engine.Queue.DiscardAsync(Checked(body), time.GetUtcNow(), ct);
        return TypedResults.Ok(new QueueReply([.. discarded.Select(QueueWire.Of)], (await engine.Queue.ListSessionsAsync(1, ct)).Events));
    }

    private static QueueChoice Checked(QueueRequest body) => body.Limit is >= 1 and <= MostAtOnce
        ? QueueWire.Of(body)
        : throw new BadHttpRequestException($"limit must be a whole number from 1 to {MostAtOnce}.");
}
