using Cairn.Core.Wire;
using Cairn.Engine;
using Cairn.Engine.Recall;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>Searching memories.</summary>
internal static class SearchEndpoints
{
    private const int MostHits = 100;

    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet(Routes.Search, SearchAsync);

    private static async Task<Results<Ok<MemoryListReply>, NotFound<ErrorReply>, BadRequest<ErrorReply>>> SearchAsync(
        HttpRequest request, CairnEngine engine, CancellationToken ct)
    {
        if (QueryText.Text(request, "query") is not { } query)
        {
            return TypedResults.BadRequest(MemoryWire.Refused("query is missing: say what to search for."));
        }

        long? projectId = null;
        if (QueryText.Text(request, "project") is { } name)
        {
            if (await engine.Memories.FindProjectAsync(name, ct) is not { } project)
            {
                return TypedResults.NotFound(MemoryWire.UnknownProject(name));
            }

            projectId = project.Id;
        }

        var limit = QueryText.Number(request, "limit", 20, 1, MostHits);
        var offset = QueryText.Number(request, "offset", 0, 0, SearchMemories.MostRanked);
        var page = await engine.Search.RunAsync(
            new SearchInput { Query = query, ProjectId = projectId, Kind = QueryText.Text(request, "kind"), Limit = limit, Offset = offset }, ct);
        return TypedResults.Ok(MemoryWire.Page([.. page.Hits.Select(MemoryWire.Of)], page.Total, offset, limit));
    }
}
