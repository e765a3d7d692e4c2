using Cairn.Core;
using Cairn.Engine.Curate;
using Microsoft.Data.Sqlite;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Sessions as people list them.</summary>
internal sealed class SqliteSessionStore(SqliteDatabase database) : ISessionStore
{
    internal static class Sql
    {
        public const string List = """
            SELECT session.id, agent, agent_session_id, cwd, started_at_ms, last_event_at_ms, ended_at_ms, prompts, events,
                   project.id, project.identity, project.label, project.root,
                   (SELECT COUNT(*) FROM memory WHERE memory.session_id = session.id AND memory.deleted_at_ms IS NULL)
            FROM session JOIN project ON project.id = session.project_id
            ORDER BY last_event_at_ms DESC, session.id DESC
            LIMIT $limit
            """;

        public const string Count = "SELECT COUNT(*) FROM session";
    }

    public Task<SessionList> ListAsync(int limit, CancellationToken ct) =>
        database.ReadAsync(connection => new SessionList(
            connection.Query(Sql.List, Read, ("$limit", limit)), connection.Number(Sql.Count) ?? 0), ct);

    private static (Session, int) Read(SqliteDataReader row) =>
        (new Session
        {
            Id = row.GetInt64(0),
            Key = new SessionKey(row.GetString(1), row.GetString(2)),
            Cwd = row.GetString(3),
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
            LastEventAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
            EndedAt = row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
            Prompts = row.GetInt32(7),
            Events = row.GetInt32(8),
            Project = new Project(row.GetInt64(9), row.GetString(10), row.GetString(11), row.GetString(12)),
        }, row.GetInt32(13));
}
