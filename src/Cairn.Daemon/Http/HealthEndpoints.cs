using Cairn.Core.Hosting;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>Whether the daemon lives, is well and takes events. Paths and the port in the answer as claude-mem's worker documents them.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Health, () => TypedResults.Text("ok\n"));
        routes.MapGet(Routes.ApiHealth, (Health health) => TypedResults.Ok(health.Read()));
        routes.MapGet(Routes.Version, () => TypedResults.Ok(new VersionReply("cairn-daemon", ProductVersion.Current, DaemonInfo.CurrentProtocol)));
        routes.MapGet(Routes.Readiness, ReadyAsync);
        routes.MapPost(Routes.Shutdown, (IHostApplicationLifetime lifetime) =>
        {
            lifetime.StopApplication();
            return TypedResults.Accepted((string?)null);
        });
    }

    private static async Task<Results<Ok<HealthReply>, JsonHttpResult<ErrorReply>>> ReadyAsync(Health health, Engine.CairnEngine engine, HttpContext context)
    {
        await engine.TouchStoreAsync(context.RequestAborted);
        return TypedResults.Ok(health.Read());
    }
}
