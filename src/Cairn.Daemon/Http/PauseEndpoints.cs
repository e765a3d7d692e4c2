using Cairn.Core.Wire;
using Cairn.Engine;
using Cairn.Engine.Capture;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>Leaving sessions and projects alone.</summary>
internal static class PauseEndpoints
{
    public static void MapPauses(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Routes.Pause, (PauseRequest body, CairnEngine engine, CancellationToken ct) => SetAsync(body, true, engine, ct));
        routes.MapPost(Routes.Resume, (PauseRequest body, CairnEngine engine, CancellationToken ct) => SetAsync(body, false, engine, ct));
    }

    private static async Task<Results<Ok<PauseReply>, NotFound<ErrorReply>, BadRequest<ErrorReply>>> SetAsync(
        PauseRequest body, bool paused, CairnEngine engine, CancellationToken ct)
    {
        if (body.Scope is not ("session" or "project") || body.Cwd is null || !Path.IsPathFullyQualified(body.Cwd))
        {
            return TypedResults.BadRequest(MemoryWire.Refused("scope must be session or project, and cwd the absolute path of a directory."));
        }

        var scope = body.Scope == "session" ? PauseScope.Session : PauseScope.Project;
        return await engine.Pause.RunAsync(new PauseInput(paused, scope, body.AgentSessionId, body.Cwd), ct) switch
        {
            PauseOutcome.Done done => TypedResults.Ok(new PauseReply(done.Changed, done.Subject)),
            PauseOutcome.NoSession none => TypedResults.NotFound(new ErrorReply("not found", none.Reason, "not_found", [])),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
