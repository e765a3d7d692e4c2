using Cairn.Core.Redaction;
using Cairn.Engine;

namespace Cairn.Daemon.Hosting;

/// <summary>Does once, beside the first requests, what would make the first of each kind slow: the searches for secrets are compiled, the database is opened.</summary>
internal sealed class WarmUp(Redactor redactor, CairnEngine engine) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        redactor.Redact("warm up DB_PASSWORD=x1y2z3");
        try
        {
            await engine.TouchStoreAsync(stoppingToken);
        }
        catch (StoreUnavailableException)
        {
            // Health says so, and whoever needs the store is told.
        }
    }
}
