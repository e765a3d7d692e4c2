using System.Text;
using Cairn.Core;
using Cairn.Core.Projects;
using Cairn.Engine.Curate;
using Cairn.Engine.Observe;
using Cairn.Engine.Recall;
using Cairn.Engine.Storage.Sqlite;
using Cairn.Tests.Support;

namespace Cairn.Tests.Recall;

/// <summary>A database in a folder of its own with what tests of memories need: projects, sessions, observations.</summary>
internal sealed class MemoryFixture : IDisposable
{
    private readonly TempFolder _folder;
    private int _names;

    public MemoryFixture()
        : this(new TempFolder())
    {
    }

    private MemoryFixture(TempFolder folder)
    {
        _folder = folder;
        Database = new SqliteDatabase(
            new SqliteFile(Path.Combine(_folder.Path, "cairn.db"), Path.Combine(_folder.Path, "backups"), SqliteFile.Migrations, Time), Time);
        Observed = new SqliteObservedMemoryStore(Database, Time);
        Memories = new SqliteMemoryStore(Database, Time);
        Store = new SqliteRecallStore(Database);
        Receipts = new SqliteReceiptStore(Database);
    }

    public FakeTime Time { get; } = FakeTime.AtNoon();

    public SqliteDatabase Database { get; }

    public IObservedMemoryStore Observed { get; }

    public IMemoryStore Memories { get; }

    public IRecallStore Store { get; }

    public IReceiptStore Receipts { get; }

    public RecallAtStart AtStart => new(Store, Receipts, Time);

    public RecallForPrompt ForPrompt => new(Store, Receipts, Time);

    public SearchMemories Search => new(Store, Receipts, Time);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static ProjectIdentity Project(string label) => new($"dir:/home/dev/{label}", label, $"/home/dev/{label}", $"/home/dev/{label}", null);

    public Task<long> AddProjectAsync(string label) => WriteAsync(
        "INSERT INTO project (identity, label, root, created_at_ms) VALUES ($identity, $label, $root, 0) RETURNING id",
        ("$identity", $"dir:/home/dev/{label}"), ("$label", label), ("$root", $"/home/dev/{label}"));

    public Task<long> AddSessionAsync(long project) => WriteAsync(
        """
        INSERT INTO session (agent, agent_session_id, project_id, cwd, root, started_at_ms, last_event_at_ms, prompts, events)
        VALUES ('claude-code', $name, $project, '/work', '/work', $now, $now, 2, 5) RETURNING id
        """,
        ("$name", $"session-{++_names}"), ("$project", project), ("$now", Time.GetUtcNow().ToUnixTimeMilliseconds()));

    public Task<long> AddEventAsync(long session) => WriteAsync(
        """
        INSERT INTO event (session_id, key, kind, origin, at_ms, received_at_ms)
        VALUES ($session, $key, 'ToolResult', 'Hook', 0, 0) RETURNING id
        """,
        ("$session", session), ("$key", $"event-{++_names}"));

    public Task<long> AddClaimedBatchAsync(long session) => WriteAsync(
        """
        INSERT INTO batch (session_id, observer, first_event_id, last_event_id, state, due_at_ms, lease_until_ms, updated_at_ms)
        VALUES ($session, 'rules', 1, 9, 'claimed', 0, 1, 0) RETURNING id
        """,
        ("$session", session));

    public async Task<ObservationOutcome> ObserveAsync(long session, params MemoryDraft[] drafts) =>
        await Observed.ReplaceAsync(session, "rules", drafts, await AddClaimedBatchAsync(session), Ct);

    public async Task<Memory> OnlyMemoryAsync() => Assert.Single((await Memories.ListAsync(new MemoryFilter(), 0, 50, Ct)).Items);

    public async Task<IReadOnlyList<Memory>> AllMemoriesAsync() => (await Memories.ListAsync(new MemoryFilter(), 0, 500, Ct)).Items;

    public Task<long> NumberAsync(string sql, params (string, object?)[] parameters) =>
        Database.ReadAsync(session => session.Number(sql, parameters) ?? -1, Ct);

    public Task<long> WriteAsync(string sql, params (string, object?)[] parameters) =>
        Database.WriteAsync(session => session.Number(sql, parameters) ?? -1, Ct);

    public MemoryDraft Draft(string key, string title, Func<MemoryContent, MemoryContent>? with = null)
    {
        var content = new MemoryContent
        {
            Kind = MemoryKinds.Bugfix,
            Title = title,
            Source = "commit",
            Confidence = MemoryConfidence.High,
        };
        return new MemoryDraft(key, with is null ? content : with(content), Time.GetUtcNow());
    }

    /// <summary>Closes the database and reads its file and what lies beside it, byte by byte.</summary>
    public string CloseAndReadFile()
    {
        Database.Dispose();
        return string.Concat(Directory.EnumerateFiles(_folder.Path).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
    }

    /// <summary>The same folder with a database opened anew; this one is closed.</summary>
    public MemoryFixture Reopen() => new(_folder);

    public void Dispose()
    {
        Database.Dispose();
        if (Directory.Exists(_folder.Path))
        {
            _folder.Dispose();
        }
    }
}
