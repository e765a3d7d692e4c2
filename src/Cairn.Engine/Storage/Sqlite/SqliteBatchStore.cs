using Cairn.Engine.Jobs;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Batches in SQLite. A batch is completed where its memories are written, in the same transaction.</summary>
internal sealed class SqliteBatchStore(SqliteDatabase database) : IBatchStore
{
    internal static class Sql
    {
        public const string Claim = """
            UPDATE batch
            SET state = 'claimed', attempts = attempts + 1, lease_until_ms = $lease_until_ms, updated_at_ms = $now_ms
            WHERE id = (
                SELECT id FROM batch
                WHERE (state IN ('pending', 'failed') AND due_at_ms <= $now_ms)
                   OR (state = 'claimed' AND lease_until_ms <= $now_ms)
                ORDER BY due_at_ms, id
                LIMIT 1)
            RETURNING id, session_id, observer, attempts
            """;

        public const string Fail = """
            UPDATE batch
            SET state = $state, lease_until_ms = NULL, error = $error, due_at_ms = $due_at_ms, updated_at_ms = $now_ms
            WHERE id = $id AND state = 'claimed'
            """;

        public const string Postpone = """
            UPDATE batch
            SET state = 'failed', lease_until_ms = NULL, attempts = attempts - 1, error = $error, due_at_ms = $due_at_ms, updated_at_ms = $now_ms
            WHERE id = $id AND state = 'claimed'
            """;

        // Of several claims on one session the first takes the others in: it works on all that happened anyway.
        public const string WidenFirstClaim = """
            UPDATE batch
            SET last_event_id = (
                SELECT MAX(claimed.last_event_id) FROM batch AS claimed
                WHERE claimed.session_id = batch.session_id AND claimed.observer = batch.observer AND claimed.state = 'claimed')
            WHERE state = 'claimed'
            """;

        public const string DeleteLaterClaims = """
            DELETE FROM batch
            WHERE state = 'claimed' AND id NOT IN (SELECT MIN(id) FROM batch WHERE state = 'claimed' GROUP BY session_id, observer)
            """;

        // New events may have begun another open range meanwhile: it takes the released one in.
        public const string WidenOpen = """
            UPDATE batch
            SET first_event_id = MIN(first_event_id, (
                SELECT MIN(claimed.first_event_id) FROM batch AS claimed
                WHERE claimed.session_id = batch.session_id AND claimed.observer = batch.observer AND claimed.state = 'claimed'))
            WHERE state = 'pending' AND EXISTS (
                SELECT 1 FROM batch AS claimed
                WHERE claimed.session_id = batch.session_id AND claimed.observer = batch.observer AND claimed.state = 'claimed')
            """;

        public const string DeleteTakenIn = """
            DELETE FROM batch
            WHERE state = 'claimed' AND EXISTS (
                SELECT 1 FROM batch AS open
                WHERE open.session_id = batch.session_id AND open.observer = batch.observer AND open.state = 'pending')
            """;

        public const string Release = """
            UPDATE batch SET state = 'pending', lease_until_ms = NULL, due_at_ms = $now_ms, updated_at_ms = $now_ms WHERE state = 'claimed'
            """;

        public const string NextDue = """
            SELECT MIN(CASE state WHEN 'claimed' THEN lease_until_ms ELSE due_at_ms END)
            FROM batch WHERE state IN ('pending', 'claimed', 'failed')
            """;

        public const string CountGivenUp = "SELECT COUNT(*) FROM batch WHERE state = 'gave_up'";

        public const string CountWaiting = "SELECT COUNT(*) FROM batch WHERE state IN ('pending', 'claimed', 'failed')";
    }

    public Task<Batch?> ClaimAsync(DateTimeOffset now, TimeSpan lease, CancellationToken ct) =>
        database.WriteAsync(connection => connection.Query(Sql.Claim,
            row => new Batch(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt32(3)),
            ("$now_ms", now.ToUnixTimeMilliseconds()), ("$lease_until_ms", (now + lease).ToUnixTimeMilliseconds())) is [var batch] ? batch : null, ct);

    public Task FailAsync(Batch batch, string error, DateTimeOffset now, DateTimeOffset? nextAttempt, CancellationToken ct) =>
        database.WriteAsync(connection => connection.Execute(Sql.Fail,
            ("$id", batch.Id), ("$state", nextAttempt is null ? "gave_up" : "failed"), ("$error", error),
            ("$due_at_ms", (nextAttempt ?? now).ToUnixTimeMilliseconds()), ("$now_ms", now.ToUnixTimeMilliseconds())), ct);

    public Task PostponeAsync(Batch batch, string reason, DateTimeOffset now, DateTimeOffset until, CancellationToken ct) =>
        database.WriteAsync(connection => connection.Execute(Sql.Postpone,
            ("$id", batch.Id), ("$error", reason), ("$due_at_ms", until.ToUnixTimeMilliseconds()), ("$now_ms", now.ToUnixTimeMilliseconds())), ct);

    public Task ReleaseAsync(DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(connection =>
        {
            connection.Execute(Sql.WidenFirstClaim);
            connection.Execute(Sql.DeleteLaterClaims);
            connection.Execute(Sql.WidenOpen);
            connection.Execute(Sql.DeleteTakenIn);
            return connection.Execute(Sql.Release, ("$now_ms", now.ToUnixTimeMilliseconds()));
        }, ct);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) =>
        database.ReadAsync(connection => connection.Number(Sql.NextDue) is { } due
            ? DateTimeOffset.FromUnixTimeMilliseconds(due)
            : (DateTimeOffset?)null, ct);

    public Task<long> CountWaitingAsync(CancellationToken ct) =>
        database.ReadAsync(connection => connection.Number(Sql.CountWaiting) ?? 0, ct);

    public Task<long> CountGivenUpAsync(CancellationToken ct) =>
        database.ReadAsync(connection => connection.Number(Sql.CountGivenUp) ?? 0, ct);
}
