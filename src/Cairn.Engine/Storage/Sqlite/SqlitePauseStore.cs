using Cairn.Engine.Capture;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Pauses in SQLite.</summary>
internal sealed class SqlitePauseStore(SqliteDatabase database) : IPauseStore
{
    internal static class Sql
    {
        public const string List = "SELECT scope, subject FROM pause ORDER BY paused_at_ms";

        public const string Insert = """
            INSERT INTO pause (scope, subject, paused_at_ms) VALUES ($scope, $subject, $paused_at_ms) ON CONFLICT DO NOTHING
            """;

        public const string NewestSession = """
            SELECT agent_session_id
            FROM session JOIN project ON project.id = session.project_id
            WHERE project.identity = $identity
            ORDER BY last_event_at_ms DESC, session.id DESC
            LIMIT 1
            """;

        public const string ListPast = "SELECT scope, subject, paused_at_ms, resumed_at_ms FROM pause_past ORDER BY paused_at_ms";

        public const string Remember = """
            INSERT INTO pause_past (scope, subject, paused_at_ms, resumed_at_ms)
            SELECT scope, subject, paused_at_ms, $resumed_at_ms FROM pause WHERE scope = $scope AND subject = $subject
            ON CONFLICT DO NOTHING
            """;

        public const string Delete = "DELETE FROM pause WHERE scope = $scope AND subject = $subject";
    }

    public Task<IReadOnlyList<(PauseScope Scope, string Subject)>> ListAsync(CancellationToken ct) =>
        database.ReadAsync(connection => connection.Query(Sql.List,
            row => (row.GetString(0) == "session" ? PauseScope.Session : PauseScope.Project, row.GetString(1))), ct);

    public Task AddAsync(PauseScope scope, string subject, DateTimeOffset at, CancellationToken ct) =>
        database.WriteAsync(connection => connection.Execute(Sql.Insert,
            ("$scope", NameOf(scope)), ("$subject", subject), ("$paused_at_ms", at.ToUnixTimeMilliseconds())), ct);

    public Task<IReadOnlyList<PastPause>> ListPastAsync(CancellationToken ct) =>
        database.ReadAsync(connection => connection.Query(Sql.ListPast, row => new PastPause(
            row.GetString(0) == "session" ? PauseScope.Session : PauseScope.Project, row.GetString(1),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)))), ct);

    public Task RemoveAsync(PauseScope scope, string subject, DateTimeOffset at, CancellationToken ct) =>
        database.WriteAsync(connection =>
        {
            connection.Execute(Sql.Remember,
                ("$resumed_at_ms", at.ToUnixTimeMilliseconds()), ("$scope", NameOf(scope)), ("$subject", subject));
            return connection.Execute(Sql.Delete, ("$scope", NameOf(scope)), ("$subject", subject));
        }, ct);

    public Task<string?> NewestSessionAsync(string projectIdentity, CancellationToken ct) =>
        database.ReadAsync(connection => connection.Query(
            Sql.NewestSession, row => row.GetString(0), ("$identity", projectIdentity)) is [var newest] ? newest : null, ct);

    private static string NameOf(PauseScope scope) => scope == PauseScope.Session ? "session" : "project";
}
