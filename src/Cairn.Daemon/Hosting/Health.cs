using Cairn.Core.Hosting;
using Cairn.Core.Spool;
using Cairn.Core.Wire;
using Cairn.Engine;

namespace Cairn.Daemon.Hosting;

/// <summary>What is wrong with the daemon now, in sentences fit to show.</summary>
internal sealed class Health(
    ListeningPoint endpoint, CairnEngine engine, LiveSettings settings, SpoolReader spool, QuarantineFolder quarantine, TimeProvider time)
{
    /// <summary>Reads it; touches neither the database nor the network.</summary>
    public HealthReply Read()
    {
        var problems = Problems().ToList();
        return new HealthReply(
            engine.StoreProblem is null ? "ok" : "degraded",
            endpoint.Port, endpoint.WantedPort, ProductVersion.Current,
            (long)(time.GetUtcNow() - endpoint.StartedAt).TotalMilliseconds, problems);
    }

    private IEnumerable<string> Problems()
    {
        if (engine.StoreProblem is { } store)
        {
            yield return store;
        }

        if (endpoint.Port != endpoint.WantedPort)
        {
            yield return $"Port {endpoint.WantedPort} is taken by another program; Cairn answers on {endpoint.Port} instead. Agents are not affected: they use the socket.";
        }

        if (endpoint.SecondPort != endpoint.WantedSecondPort && endpoint.WantedSecondPort != endpoint.Port)
        {
            yield return $"Port {endpoint.WantedSecondPort} (server.second_port) is taken by another program; Cairn does not answer there.";
        }

        if (quarantine.Count is var unreadable and > 0)
        {
            yield return $"{unreadable} inputs could not be understood and are in quarantine; 'cairn doctor' says why.";
        }

        if (spool.Refused is var refused and > 0)
        {
            yield return $"{refused} events were lost because the spool was full.";
        }

        foreach (var problem in settings.File.Problems)
        {
            yield return problem;
        }
    }
}
