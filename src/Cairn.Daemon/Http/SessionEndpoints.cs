using Cairn.Core.Wire;
using Cairn.Engine;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>Which sessions there were.</summary>
internal static class SessionEndpoints
{
    private const int MostListed = 200;

    public static void MapSessions(this IEndpointRouteBuilder routes) => routes.MapGet(Routes.Sessions, ListAsync);

    private static async Task<Ok<SessionListReply>> ListAsync(HttpRequest request, CairnEngine engine, CancellationToken ct)
    {
        var found = await engine.Sessions.ListAsync(QueryText.Number(request, "limit", 20, 1, MostListed), ct);
        return TypedResults.Ok(new SessionListReply([.. found.Items.Select(item => Of(item.Session, item.Memories))], found.Total));
    }

    private static SessionReply Of(Core.Session session, int memories) => new(
        session.Id, session.Key.Agent, session.Key.AgentSessionId, session.Project.Label, session.Cwd,
        session.StartedAt.ToUnixTimeMilliseconds(), session.LastEventAt.ToUnixTimeMilliseconds(),
        session.EndedAt?.ToUnixTimeMilliseconds(), session.Prompts, session.Events, memories);
}
