using Cairn.Core.Hosting;
using Cairn.Core.Projects;
using Cairn.Core.Redaction;
using Cairn.Engine.Agents;
using Cairn.Engine.Agents.ClaudeCode;
using Cairn.Engine.Capture;
using Cairn.Engine.Curate;
using Cairn.Engine.Jobs;
using Cairn.Engine.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Cairn.Engine;

/// <summary>The engine, wired. One constructor call per part, in the order that data flows.</summary>
public sealed class CairnEngine : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly IReadOnlyList<IAgentAdapter> _agents = [new ClaudeCodeAdapter()];

    /// <summary>Wires the engine over one data directory; nothing is opened yet.</summary>
    public CairnEngine(CairnPaths paths, Redactor redactor, TimeProvider time, ILoggerFactory logs)
    {
        _database = new SqliteDatabase(new SqliteFile(paths.DatabaseFile, paths.BackupsDirectory, SqliteFile.Migrations, time), time);
        Projects = new ProjectResolver(time);
        var pauses = new SqlitePauseStore(_database);
        Pauses = new PauseList(pauses, time);
        Pause = new PauseCapture(Pauses, pauses, Projects);
        Sessions = new SqliteSessionStore(_database);
        Capture = new CaptureEvent(
            new SqliteEventStore(_database, "rules"), Projects, Pauses, redactor, time, logs.CreateLogger<CaptureEvent>());
        Batches = new BatchRunner(new SqliteBatchStore(_database), (_, _) => Task.CompletedTask, time, logs.CreateLogger<BatchRunner>());
    }

    /// <summary>Which project a directory belongs to.</summary>
    public ProjectResolver Projects { get; }

    /// <summary>What a person wants left alone for now.</summary>
    public PauseList Pauses { get; }

    /// <summary>Leaves a session or project alone, or takes it up again.</summary>
    public PauseCapture Pause { get; }

    /// <summary>Which sessions there were.</summary>
    public ISessionStore Sessions { get; }

    /// <summary>Takes in one event.</summary>
    public CaptureEvent Capture { get; }

    /// <summary>Works on what was taken in.</summary>
    public BatchRunner Batches { get; }

    /// <summary>Why nothing can be stored now; null when it can.</summary>
    public string? StoreProblem => _database.Problem;

    /// <summary>Examines the whole database.</summary>
    public Task<StoreCondition> ExamineStoreAsync(CancellationToken ct) => _database.ExamineAsync(ct);

    /// <summary>Bytes of the database on disk.</summary>
    public long StoreBytes => _database.File.Length;

    /// <summary>The adapter of an agent; null when we do not know it.</summary>
    public IAgentAdapter? FindAgent(string name) => _agents.FirstOrDefault(agent => agent.Agent.Name == name);

    /// <summary>Opens the database where it is not open yet, and migrates it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be used; the message says why.</exception>
    public Task TouchStoreAsync(CancellationToken ct) => _database.WriteAsync(_ => true, ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        Batches.Dispose();
        Pauses.Dispose();
        _database.Dispose();
    }
}
