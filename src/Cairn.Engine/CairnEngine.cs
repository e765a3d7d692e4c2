using Cairn.Core.Hosting;
using Cairn.Core.Projects;
using Cairn.Core.Redaction;
using Cairn.Engine.Agents;
using Cairn.Engine.Agents.ClaudeCode;
using Cairn.Engine.Agents.Codex;
using Cairn.Engine.Agents.GeminiCli;
using Cairn.Engine.Agents.OpenCode;
using Cairn.Engine.Capture;
using Cairn.Engine.Capture.Transcripts;
using Cairn.Engine.Curate;
using Cairn.Engine.Jobs;
using Cairn.Engine.Observe;
using Cairn.Engine.Observe.Rules;
using Cairn.Engine.Recall;
using Cairn.Engine.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Cairn.Engine;

/// <summary>The engine, wired. One constructor call per part, in the order that data flows.</summary>
public sealed class CairnEngine : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly IReadOnlyList<IAgentAdapter> _agents = [new ClaudeCodeAdapter(), new OpenCodeAdapter()];
    private readonly IReadOnlyList<ITranscriptFormat> _transcripts = [new ClaudeTranscriptFormat(), new CodexTranscriptFormat(), new GeminiTranscriptFormat()];
    private readonly SqliteBatchStore _batches;
    private readonly RulesObserver _rules = new();

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
            new SqliteEventStore(_database, _rules.Name), Projects, Pauses, redactor, time, logs.CreateLogger<CaptureEvent>());
        var transcripts = new SqliteTranscriptStore(_database, _rules.Name, time);
        var places = new TranscriptPlaces(paths);
        var read = new ReadTranscript(transcripts, Capture, paths, time);
        Reconcile = new ReconcileTranscript(_transcripts, read, places, logs.CreateLogger<ReconcileTranscript>());
        Backfill = new BackfillTranscripts(
            _transcripts, new FindTranscripts(places, transcripts, Projects), read, places, time, logs.CreateLogger<BackfillTranscripts>());
        _batches = new SqliteBatchStore(_database);
        Observe = new ObserveSession(
            new SqliteSessionLogStore(_database), new SqliteObservedMemoryStore(_database, time), [_rules]);
        Batches = new BatchRunner(_batches, Observe.RunAsync, redactor.Redact, time, logs.CreateLogger<BatchRunner>());
        Queue = new SqliteQueueStore(_database);
        Sweep = new SweepSessions(Queue, Batches, _rules.Name, time, logs.CreateLogger<SweepSessions>());

        var recall = new SqliteRecallStore(_database);
        var receipts = new SqliteReceiptStore(_database);
        RecallAtStart = new RecallAtStart(recall, receipts, time);
        RecallForPrompt = new RecallForPrompt(recall, receipts, time);
        Search = new SearchMemories(recall, receipts, time);

        Memories = new SqliteMemoryStore(_database, time);
        Remember = new RememberNote(Memories, redactor.Redact, time);
        Forget = new ForgetMemories(Memories);
        Scrub = new ScrubStore(
            new SqliteScrubStore(_database, paths.BackupsDirectory), redactor.Redact, json => CleanJson.Of(json, redactor, int.MaxValue));
        Stats = new ReadStats(new SqliteStatsStore(_database));
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

    /// <summary>Fills in from transcripts what hooks did not tell.</summary>
    public ReconcileTranscript Reconcile { get; }

    /// <summary>Makes past sessions known.</summary>
    public BackfillTranscripts Backfill { get; }

    /// <summary>Makes a session's memories.</summary>
    public ObserveSession Observe { get; }

    /// <summary>Works on what was taken in.</summary>
    public BatchRunner Batches { get; }

    /// <summary>What waits for an observer.</summary>
    public IQueueStore Queue { get; }

    /// <summary>Sees to sessions that went quiet and to events past their retention.</summary>
    public SweepSessions Sweep { get; }

    /// <summary>What a session starts from.</summary>
    public RecallAtStart RecallAtStart { get; }

    /// <summary>What a prompt brings.</summary>
    public RecallForPrompt RecallForPrompt { get; }

    /// <summary>What a person or an agent searches for.</summary>
    public SearchMemories Search { get; }

    /// <summary>The memories one by one.</summary>
    public IMemoryStore Memories { get; }

    /// <summary>Keeps a note.</summary>
    public RememberNote Remember { get; }

    /// <summary>Forgets many memories at once.</summary>
    public ForgetMemories Forget { get; }

    /// <summary>Applies today's rules of redaction to what is stored.</summary>
    public ScrubStore Scrub { get; }

    /// <summary>Counts what is stored.</summary>
    public ReadStats Stats { get; }

    /// <summary>Why nothing can be stored now; null when it can.</summary>
    public string? StoreProblem => _database.Problem;

    /// <summary>Examines the whole database.</summary>
    public Task<StoreCondition> ExamineStoreAsync(CancellationToken ct) => _database.ExamineAsync(ct);

    /// <summary>Bytes of the database on disk.</summary>
    public long StoreBytes => _database.File.Length;

    /// <summary>How many batches wait for an observer.</summary>
    public Task<long> CountWaitingAsync(CancellationToken ct) => _batches.CountWaitingAsync(ct);

    /// <summary>How many batches were given up; their events are kept.</summary>
    public Task<long> CountGivenUpAsync(CancellationToken ct) => _batches.CountGivenUpAsync(ct);

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
