using Cairn.Core;
using Cairn.Engine.Jobs;
using Microsoft.Data.Sqlite;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>The queue in SQLite.</summary>
internal sealed class SqliteQueueStore(SqliteDatabase database) : IQueueStore
{
    internal static class Sql
    {
        public const string List = """
            SELECT batch.id, agent, agent_session_id, label, observer, state, attempts,
                   (SELECT COUNT(*) FROM event
                    WHERE event.session_id = batch.session_id AND event.id BETWEEN first_event_id AND batch.last_event_id),
                   due_at_ms, error
            FROM batch
            JOIN session ON session.id = batch.session_id
            JOIN project ON project.id = session.project_id
            WHERE state IN ('pending', 'claimed', 'failed', 'gave_up')
              AND ($id IS NULL OR batch.id = $id)
              AND ($agent_session_id IS NULL OR agent_session_id = $agent_session_id)
              AND ($agent IS NULL OR agent = $agent)
              AND ($state_a IS NULL OR state IN ($state_a, $state_b))
            ORDER BY batch.id
            LIMIT $limit
            """;

        // What lies after the last completed range of any observer.
        private const string Observed = """
            COALESCE((SELECT MAX(batch.last_event_id) FROM batch WHERE batch.session_id = session.id AND batch.state = 'completed'), 0)
            """;

        public const string Sessions = $"""
            SELECT agent, agent_session_id, label, cwd, started_at_ms, last_event_at_ms, events,
                   (SELECT COUNT(*) FROM event WHERE event.session_id = session.id AND event.id > {Observed}), session.id
            FROM session JOIN project ON project.id = session.project_id
            WHERE session.last_event_id > {Observed}
            ORDER BY last_event_at_ms DESC, session.id DESC
            LIMIT $limit
            """;

        public const string CountSessions = $"SELECT COUNT(*) FROM session WHERE session.last_event_id > {Observed}";

        public const string CountEvents = $"""
            SELECT COALESCE(SUM((SELECT COUNT(*) FROM event WHERE event.session_id = session.id AND event.id > {Observed})), 0)
            FROM session WHERE session.last_event_id > {Observed}
            """;

        public const string States = "SELECT state, COUNT(*) FROM batch WHERE session_id = $session_id GROUP BY state";

        // Only one open range for each session and observer: where there is one, it takes the batch in.
        public const string WidenOpen = """
            UPDATE batch
            SET first_event_id = MIN(batch.first_event_id, again.first_event_id),
                last_event_id = MAX(batch.last_event_id, again.last_event_id),
                due_at_ms = $now_ms, updated_at_ms = $now_ms
            FROM (SELECT session_id, observer, first_event_id, last_event_id FROM batch WHERE id = $id) AS again
            WHERE batch.session_id = again.session_id AND batch.observer = again.observer AND batch.state = 'pending'
            """;

        public const string Delete = "DELETE FROM batch WHERE id = $id";

        public const string Reopen = """
            UPDATE batch SET state = 'pending', attempts = 0, due_at_ms = $now_ms, updated_at_ms = $now_ms
            WHERE id = $id AND state IN ('failed', 'gave_up')
            """;

        public const string Discard = """
            UPDATE batch SET state = 'completed', error = 'discarded', updated_at_ms = $now_ms
            WHERE id = $id AND state IN ('pending', 'failed', 'gave_up')
            """;

        public const string OpenQuiet = """
            INSERT INTO batch (session_id, observer, first_event_id, last_event_id, state, due_at_ms, updated_at_ms)
            SELECT session.id, $observer,
                   COALESCE(
                       (SELECT MAX(last_event_id) + 1 FROM batch WHERE session_id = session.id AND observer = $observer),
                       (SELECT MIN(id) FROM event WHERE session_id = session.id)),
                   session.last_event_id, 'pending', $now_ms, $now_ms
            FROM session
            WHERE session.last_event_id > COALESCE(
                      (SELECT MAX(last_event_id) FROM batch WHERE session_id = session.id AND observer = $observer), 0)
              AND (SELECT received_at_ms FROM event WHERE id = session.last_event_id) <= $quiet_since_ms
            ORDER BY session.id DESC
            LIMIT $limit
            ON CONFLICT (session_id, observer) WHERE state = 'pending'
            DO UPDATE SET last_event_id = excluded.last_event_id, updated_at_ms = excluded.updated_at_ms
            """;

        public const string PastRetention = """
            SELECT session.id FROM session
            WHERE session.last_event_at_ms < $before_ms AND session.last_event_id > 0
              AND EXISTS (SELECT 1 FROM event WHERE event.session_id = session.id)
              AND EXISTS (SELECT 1 FROM batch WHERE batch.session_id = session.id)
              AND NOT EXISTS (SELECT 1 FROM batch WHERE batch.session_id = session.id AND batch.state <> 'completed')
              AND session.last_event_id <= (SELECT MAX(last_event_id) FROM batch WHERE batch.session_id = session.id)
            ORDER BY session.last_event_at_ms
            LIMIT $limit
            """;

        public const string Settle = "UPDATE memory SET settled_at_ms = $now_ms WHERE session_id = $session_id AND settled_at_ms IS NULL";

        public const string DeleteEvents = "DELETE FROM event WHERE session_id = $session_id";
    }

    private static readonly (string?, string?) AnyState = (null, null);
    private static readonly (string?, string?) Failed = ("failed", "gave_up");

    public Task<IReadOnlyList<QueuedBatch>> ListAsync(int limit, CancellationToken ct) =>
        database.ReadAsync(connection => Find(connection, new QueueChoice(null, null, null, limit), AnyState), ct);

    public Task<PendingSessions> ListSessionsAsync(int limit, CancellationToken ct) =>
        database.ReadAsync(connection => new PendingSessions(
            [.. connection.Query(Sql.Sessions, ReadSession, ("$limit", limit)).Select(found => found.Session with
            {
                Batches = connection.Query(Sql.States, row => (State: row.GetString(0), Count: row.GetInt32(1)), ("$session_id", found.Id))
                    .ToDictionary(state => state.State, state => state.Count, StringComparer.Ordinal),
            })],
            (int)(connection.Number(Sql.CountSessions) ?? 0), (int)(connection.Number(Sql.CountEvents) ?? 0)), ct);

    public Task<int> RetryAsync(QueueChoice choice, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(connection =>
        {
            var batches = Find(connection, choice, Failed);
            foreach (var batch in batches)
            {
                var at = ("$now_ms", (object)now.ToUnixTimeMilliseconds());
                if (connection.Execute(Sql.WidenOpen, ("$id", batch.Id), at) > 0)
                {
                    connection.Execute(Sql.Delete, ("$id", batch.Id));
                }
                else
                {
                    connection.Execute(Sql.Reopen, ("$id", batch.Id), at);
                }
            }

            return batches.Count;
        }, ct);

    public Task<IReadOnlyList<QueuedBatch>> DiscardAsync(QueueChoice choice, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync<IReadOnlyList<QueuedBatch>>(connection =>
            [.. Find(connection, choice, AnyState).Where(batch =>
                connection.Execute(Sql.Discard, ("$id", batch.Id), ("$now_ms", now.ToUnixTimeMilliseconds())) > 0)], ct);

    public Task<int> OpenQuietAsync(string observer, DateTimeOffset quietSince, int limit, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(connection => connection.Execute(Sql.OpenQuiet,
            ("$observer", observer), ("$now_ms", now.ToUnixTimeMilliseconds()),
            ("$quiet_since_ms", quietSince.ToUnixTimeMilliseconds()), ("$limit", limit)), ct);

    public Task<int> PruneAsync(DateTimeOffset before, int limit, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(connection => connection
            .Query(Sql.PastRetention, row => row.GetInt64(0), ("$before_ms", before.ToUnixTimeMilliseconds()), ("$limit", limit))
            .Sum(session =>
            {
                connection.Execute(Sql.Settle, ("$session_id", session), ("$now_ms", now.ToUnixTimeMilliseconds()));
                return connection.Execute(Sql.DeleteEvents, ("$session_id", session));
            }), ct);

    private static IReadOnlyList<QueuedBatch> Find(SqliteSession connection, QueueChoice choice, (string? A, string? B) states) =>
        connection.Query(Sql.List, ReadBatch,
            ("$id", choice.BatchId), ("$agent_session_id", choice.AgentSessionId), ("$agent", choice.Agent),
            ("$state_a", states.A), ("$state_b", states.B), ("$limit", choice.Limit));

    private static QueuedBatch ReadBatch(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Session = new SessionKey(row.GetString(1), row.GetString(2)),
        Project = row.GetString(3),
        Observer = row.GetString(4),
        State = row.GetString(5),
        Attempts = row.GetInt32(6),
        Events = row.GetInt32(7),
        DueAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        Error = row.IsDBNull(9) ? null : row.GetString(9),
    };

    private static (PendingSession Session, long Id) ReadSession(SqliteDataReader row) => (new()
    {
        Key = new SessionKey(row.GetString(0), row.GetString(1)),
        Project = row.GetString(2),
        Cwd = row.GetString(3),
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        LastEventAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        Events = row.GetInt32(6),
        Pending = row.GetInt32(7),
        Batches = new Dictionary<string, int>(),
    }, row.GetInt64(8));
}
