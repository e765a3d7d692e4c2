using System.Globalization;
using Cairn.Core.Wire;
using Cairn.Engine;
using Cairn.Engine.Curate;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>Memories one by one, and as a list.</summary>
internal static class MemoryEndpoints
{
    private const int MostListed = 200;

    public static void MapMemories(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Memories, ListAsync);
        routes.MapPost(Routes.Memories, RememberAsync);
        routes.MapDelete(Routes.Memories, ForgetManyAsync);
        routes.MapGet(Routes.MemoryById, FindAsync);
        routes.MapDelete(Routes.MemoryById, ForgetAsync);
        routes.MapPost(Routes.MemoryPin, (long id, CairnEngine engine, CancellationToken ct) => PinAsync(id, true, engine, ct));
        routes.MapDelete(Routes.MemoryPin, (long id, CairnEngine engine, CancellationToken ct) => PinAsync(id, false, engine, ct));
    }

    private static async Task<Results<Ok<MemoryListReply>, NotFound<ErrorReply>>> ListAsync(HttpRequest request, CairnEngine engine, CancellationToken ct)
    {
        if (await FilterOfAsync(request, engine, ct) is not { } filter)
        {
            return TypedResults.NotFound(MemoryWire.UnknownProject(QueryText.Text(request, "project")!));
        }

        var limit = QueryText.Number(request, "limit", 20, 1, MostListed);
        var offset = QueryText.Number(request, "offset", 0, 0, int.MaxValue);
        var page = await engine.Memories.ListAsync(filter, offset, limit, ct);
        return TypedResults.Ok(MemoryWire.Page([.. page.Items.Select(memory => MemoryWire.Of(memory))], page.Total, offset, limit));
    }

    private static async Task<Results<Created<MemoryReply>, BadRequest<ErrorReply>>> RememberAsync(
        RememberRequest body, CairnEngine engine, CancellationToken ct) =>
        await engine.Remember.RunAsync(new NoteInput(body.Text, engine.Projects.Resolve(body.Cwd), body.Kind, body.Pin), ct) switch
        {
            RememberOutcome.Kept kept => TypedResults.Created(
                string.Create(CultureInfo.InvariantCulture, $"{Routes.Memories}/{kept.Memory.Id}"), MemoryWire.Of(kept.Memory)),
            RememberOutcome.Refused refused => TypedResults.BadRequest(MemoryWire.Refused(refused.Reason)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static async Task<Results<Ok<MemoryReply>, NotFound<ErrorReply>>> FindAsync(long id, CairnEngine engine, CancellationToken ct) =>
        await engine.Memories.FindAsync(id, ct) is { } memory ? TypedResults.Ok(MemoryWire.Of(memory)) : TypedResults.NotFound(MemoryWire.NotFound(id));

    private static async Task<Results<NoContent, NotFound<ErrorReply>>> ForgetAsync(long id, CairnEngine engine, CancellationToken ct) =>
        await engine.Memories.ForgetAsync(id, ct) ? TypedResults.NoContent() : TypedResults.NotFound(MemoryWire.NotFound(id));

    private static async Task<Results<Ok<CountReply>, NotFound<ErrorReply>, BadRequest<ErrorReply>>> ForgetManyAsync(
        HttpRequest request, CairnEngine engine, CancellationToken ct)
    {
        if (await FilterOfAsync(request, engine, ct) is not { } filter)
        {
            return TypedResults.NotFound(MemoryWire.UnknownProject(QueryText.Text(request, "project")!));
        }

        var preview = QueryText.Text(request, "preview") == "true";
        return await engine.Forget.RunAsync(new ForgetInput(filter, preview), ct) switch
        {
            ForgetOutcome.Counted counted => TypedResults.Ok(new CountReply("would be forgotten", counted.Count)),
            ForgetOutcome.Forgotten forgotten => TypedResults.Ok(new CountReply("forgotten", forgotten.Count)),
            ForgetOutcome.Refused refused => TypedResults.BadRequest(MemoryWire.Refused(refused.Reason)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<Results<Ok<MemoryReply>, NotFound<ErrorReply>>> PinAsync(long id, bool pinned, CairnEngine engine, CancellationToken ct) =>
        await engine.Memories.SetPinnedAsync(id, pinned, ct) is { } memory
            ? TypedResults.Ok(MemoryWire.Of(memory))
            : TypedResults.NotFound(MemoryWire.NotFound(id));

    // Null when it names a project that there is none of.
    private static async Task<MemoryFilter?> FilterOfAsync(HttpRequest request, CairnEngine engine, CancellationToken ct)
    {
        var before = QueryText.Text(request, "before") is { } day
            ? DateTimeOffset.TryParse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : throw new BadHttpRequestException("before must be a date such as 2026-01-31.")
            : (DateTimeOffset?)null;
        var filter = new MemoryFilter { Kind = QueryText.Text(request, "kind"), Before = before };
        return QueryText.Text(request, "project") is not { } name ? filter
            : await engine.Memories.FindProjectAsync(name, ct) is { } project ? filter with { ProjectId = project.Id }
            : null;
    }
}
