using Cairn.Core.Wire;
using Cairn.Engine;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>Care of what is stored.</summary>
internal static class CareEndpoints
{
    public static void MapCare(this IEndpointRouteBuilder routes) => routes.MapPost(Routes.Scrub, ScrubAsync);

    private static async Task<Ok<ScrubReply>> ScrubAsync(CairnEngine engine, CancellationToken ct)
    {
        var done = await engine.Scrub.RunAsync((_, _) => { }, ct);
        return TypedResults.Ok(new ScrubReply(done.Seen, done.Changed, done.Backups));
    }
}
