using Cairn.Core.Spool;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;
using Cairn.Engine;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>What the daemon is doing, what it holds, and what is wrong with it.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Status, ReadAsync);
        routes.MapGet(Routes.Stats, async (CairnEngine engine, CancellationToken ct) => TypedResults.Ok(await engine.Stats.RunAsync(ct)));
        routes.MapGet(Routes.Doctor, async (Examination examination, string? cwd, CancellationToken ct) =>
            TypedResults.Ok(new DoctorReply(await examination.RunAsync(cwd, ct))));
    }

    private static async Task<Ok<StatusReply>> ReadAsync(
        CairnEngine engine, Health health, ListeningPoint endpoint, SpoolReader spool, QuarantineFolder quarantine, CancellationToken ct) =>
        TypedResults.Ok(new StatusReply(
            health.Read(), Environment.ProcessId, endpoint.Paths.SocketFile, endpoint.Paths.Home, endpoint.Paths.DatabaseFile,
            engine.StoreBytes, Environment.WorkingSet, await engine.Stats.RunAsync(ct), await engine.CountWaitingAsync(ct),
            spool.Count, quarantine.Count));
}
