using Cairn.Core.Hosting;
using Cairn.Core.Spool;
using Cairn.Core.Wire;
using Cairn.Engine;
using Cairn.Engine.Capture;

namespace Cairn.Daemon.Hosting;

/// <summary>Looks at everything that could keep the daemon from storing or recalling.</summary>
internal sealed class Examination(
    CairnEngine engine, ListeningPoint endpoint, LiveSettings settings, SpoolReader spool, QuarantineFolder quarantine, CairnPaths paths)
{
    private const string Ok = "ok";
    private const string Warning = "warning";
    private const string Failed = "failed";

    /// <summary>Runs every check; takes as long as the database's own integrity check.</summary>
    /// <param name="cwd">A directory whose project is looked at too; null for none.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<IReadOnlyList<CheckReply>> RunAsync(string? cwd, CancellationToken ct) =>
        [await DatabaseAsync(ct), Port(), SettingsCheck(), await QueueAsync(ct), Spool(), QuarantineCheck(),
            .. cwd is null ? [] : new[] { await PauseAsync(cwd, ct) }];

    private async Task<CheckReply> PauseAsync(string cwd, CancellationToken ct)
    {
        try
        {
            var project = engine.Projects.Resolve(cwd);
            var paused = await engine.Pauses.ListAsync(ct);
            var sessions = paused.Count(pause => pause.Scope == PauseScope.Session);
            return paused.Contains((PauseScope.Project, project.Identity))
                ? new("pause", Warning, $"project {project.Label} is paused: nothing of it is captured", "'cairn resume' captures it again.")
                : new("pause", Ok, $"project {project.Label} is not paused" + (sessions > 0 ? $"; {sessions} sessions are" : ""), "");
        }
        catch (StoreUnavailableException)
        {
            return new("pause", Failed, "what is paused cannot be read", "See database.");
        }
    }

    private async Task<CheckReply> DatabaseAsync(CancellationToken ct)
    {
        try
        {
            var condition = await engine.ExamineStoreAsync(ct);
            return condition.Faults.Count == 0
                ? new("database", Ok, $"{paths.DatabaseFile}: {condition.Bytes / 1024.0 / 1024.0:0.0} MB, integrity check passed", "")
                : new("database", Failed, $"{paths.DatabaseFile} is damaged: {condition.Faults[0]} ({condition.Faults.Count} findings)",
                    $"Stop Cairn, copy the file away, and restore a backup from {paths.BackupsDirectory}.");
        }
        catch (StoreUnavailableException problem)
        {
            return new("database", Failed, problem.Message, "Nothing is stored or recalled until this is mended; sessions go on as without Cairn.");
        }
    }

    private CheckReply Port() => endpoint.Port == endpoint.WantedPort
        ? new("port", Ok, $"answers on 127.0.0.1:{endpoint.Port}", "")
        : new("port", Warning, $"port {endpoint.WantedPort} is taken by another program; answers on {endpoint.Port}",
            "Nothing is lost: agents use the socket. To have the usual port, stop the other program or set server.port, then run 'cairn restart'.");

    private CheckReply SettingsCheck() => settings.File.Problems is [var first, ..] problems
        ? new("settings", Warning, string.Join(" ", problems), $"Edit {paths.SettingsFile}; 'cairn config list' shows what is in force.")
        : new("settings", Ok, "settings.json is fine", "");

    private async Task<CheckReply> QueueAsync(CancellationToken ct)
    {
        try
        {
            var waiting = await engine.CountWaitingAsync(ct);
            var givenUp = await engine.CountGivenUpAsync(ct);
            return givenUp == 0
                ? new("observer", Ok, $"{waiting} batches wait for the observer", "")
                : new("observer", Warning, $"{givenUp} batches were given up after several attempts; {waiting} wait", "'cairn logs' says what failed; the events are kept.");
        }
        catch (StoreUnavailableException)
        {
            return new("observer", Failed, "the queue cannot be read", "See database.");
        }
    }

    private CheckReply Spool() => spool.Refused > 0
        ? new("spool", Warning, $"{spool.Count} events wait in the spool; {spool.Refused} were refused because it was full",
            "Keep the daemon running ('cairn start'); what was refused is in the agent's own transcript only.")
        : new("spool", Ok, $"{spool.Count} events wait in the spool", "");

    private CheckReply QuarantineCheck() => quarantine.Count > 0
        ? new("quarantine", Warning, $"{quarantine.Count} inputs were not understood; the last: {quarantine.Reasons().FirstOrDefault()}",
            $"Look into {paths.QuarantineDirectory}; delete the files when you have seen them.")
        : new("quarantine", Ok, "nothing is in quarantine", "");
}
