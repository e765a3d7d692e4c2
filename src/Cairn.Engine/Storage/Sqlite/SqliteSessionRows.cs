using Cairn.Core;
using Cairn.Core.Projects;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>What the writer must know of a session for each of its events.</summary>
internal sealed class SqliteSessionRow
{
    public required long Id { get; init; }

    public required long ProjectId { get; init; }

    /// <summary>Prompts stored so far.</summary>
    public required int Prompts { get; set; }

    /// <summary>Who told of it so far: 1 its transcript, 2 hooks and other clients, 3 both; null while nobody asked.</summary>
    public long? Routes { get; set; }
}

/// <summary>
/// The session and project rows that events hang on. Remembers the open ones, so that an event costs no look-up: only the
/// daemon writes to the file, and only the writer's thread uses this. Whatever may make it wrong calls <see cref="Forget"/>.
/// </summary>
internal sealed class SqliteSessionRows
{
    private const int MostRemembered = 2_000;

    private readonly Dictionary<SessionKey, SqliteSessionRow> _open = [];

    internal static class Sql
    {
        public const string Find = """
            SELECT id, project_id, prompts
            FROM session
            WHERE agent = $agent AND agent_session_id = $agent_session_id
            """;

        public const string Insert = """
            INSERT INTO session (agent, agent_session_id, project_id, cwd, root, branch, transcript_path, model, started_at_ms, last_event_at_ms)
            VALUES ($agent, $agent_session_id, $project_id, $cwd, $root, $branch, $transcript_path, $model, $at_ms, $at_ms)
            RETURNING id
            """;

        public const string Project = """
            INSERT INTO project (identity, label, root, created_at_ms)
            VALUES ($identity, $label, $root, $at_ms)
            ON CONFLICT (identity) DO UPDATE SET root = excluded.root
            RETURNING id
            """;

        public const string Advance = """
            UPDATE session
            SET events = events + 1,
                last_event_id = $event_id,
                prompts = prompts + $prompts,
                started_at_ms = MIN(started_at_ms, $at_ms),
                last_event_at_ms = MAX(last_event_at_ms, $at_ms),
                ended_at_ms = CASE
                    WHEN $change = 'ended' THEN $at_ms
                    WHEN $change = 'open' AND $at_ms >= last_event_at_ms THEN NULL
                    ELSE ended_at_ms END,
                model = COALESCE($model, model),
                transcript_path = COALESCE($transcript_path, transcript_path)
            WHERE id = $id
            """;
    }

    public void Forget() => _open.Clear();

    /// <summary>The row of the event's session, made where it is the first event.</summary>
    public SqliteSessionRow Open(SqliteSession connection, NewEvent added)
    {
        if (_open.TryGetValue(added.Input.Session, out var open))
        {
            return open;
        }

        if (_open.Count >= MostRemembered)
        {
            Forget();
        }

        var (agent, id) = added.Input.Session;
        var row = connection.Query(Sql.Find,
            found => new SqliteSessionRow { Id = found.GetInt64(0), ProjectId = found.GetInt64(1), Prompts = found.GetInt32(2) },
            ("$agent", agent), ("$agent_session_id", id)) is [var known] ? known : Insert(connection, added);
        _open.Add(added.Input.Session, row);
        return row;
    }

    /// <summary>Counts a stored event in.</summary>
    public static void Advance(SqliteSession connection, SqliteSessionRow row, NewEvent added, long eventId)
    {
        var prompts = added.Input.Kind == EventKind.Prompt ? 1 : 0;
        row.Prompts += prompts;
        connection.Execute(Sql.Advance,
            ("$prompts", prompts), ("$at_ms", added.At.ToUnixTimeMilliseconds()), ("$change", ChangeOf(added.Input.Kind)),
            ("$model", added.Input.Model), ("$transcript_path", added.Input.TranscriptPath), ("$event_id", eventId), ("$id", row.Id));
    }

    public static long ProjectRow(SqliteSession connection, ProjectIdentity project, DateTimeOffset at) =>
        connection.Number(Sql.Project,
            ("$identity", project.Identity), ("$label", project.Label), ("$root", project.MainRoot),
            ("$at_ms", at.ToUnixTimeMilliseconds()))!.Value;

    private static SqliteSessionRow Insert(SqliteSession connection, NewEvent added)
    {
        var input = added.Input;
        var projectId = ProjectRow(connection, added.Project, added.At);
        var id = connection.Number(Sql.Insert,
            ("$agent", input.Session.Agent), ("$agent_session_id", input.Session.AgentSessionId), ("$project_id", projectId),
            ("$cwd", input.Cwd), ("$root", added.Project.Root), ("$branch", added.Project.Branch),
            ("$transcript_path", input.TranscriptPath), ("$model", input.Model), ("$at_ms", added.At.ToUnixTimeMilliseconds()))!.Value;
        return new SqliteSessionRow { Id = id, ProjectId = projectId, Prompts = 0 };
    }

    private static string? ChangeOf(EventKind kind) => kind switch
    {
        EventKind.SessionEnded => "ended",
        EventKind.SessionStarted or EventKind.Prompt => "open",
        _ => null,
    };
}
