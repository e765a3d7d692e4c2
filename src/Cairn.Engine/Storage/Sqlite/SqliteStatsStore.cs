using Cairn.Core.Wire;
using Cairn.Engine.Curate;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Counts what is stored. Prompts and events are summed from the sessions, which count their own.</summary>
internal sealed class SqliteStatsStore(SqliteDatabase database) : IStatsStore
{
    public Task<StatsReply> ReadStatsAsync(CancellationToken ct) => database.ReadAsync(Read, ct);

    private static StatsReply Read(SqliteSession session)
    {
        var sessions = session.Query(Sql.Sessions, row => (Sessions: row.GetInt64(0), Prompts: row.GetInt64(1), Events: row.GetInt64(2)))[0];
        var shown = session.Query(Sql.Shown, row => (Receipts: row.GetInt64(0), Tokens: row.GetInt64(1)))[0];
        var byKind = session.Query(Sql.ByKind, row => new CountReply(row.GetString(0), row.GetInt64(1)));
        var byProject = session.Query(Sql.ByProject, row => new CountReply(row.GetString(0), row.GetInt64(1)));
        return new StatsReply(
            session.Number(Sql.Projects) ?? 0, sessions.Sessions, sessions.Prompts, sessions.Events,
            byKind.Sum(count => count.Count), shown.Receipts, shown.Tokens, byKind, byProject);
    }

    internal static class Sql
    {
        public const string Sessions = "SELECT count(*), coalesce(sum(prompts), 0), coalesce(sum(events), 0) FROM session";

        public const string Projects = """
            SELECT count(*) FROM project p
            WHERE EXISTS (SELECT 1 FROM session s WHERE s.project_id = p.id)
                OR EXISTS (SELECT 1 FROM memory m WHERE m.project_id = p.id AND m.deleted_at_ms IS NULL)
            """;

        // What a search found was asked for, not injected.
        public const string Shown = "SELECT count(*), coalesce(sum(tokens), 0) FROM receipt WHERE outcome = 'shown' AND trigger <> 'search'";

        public const string ByKind = """
            SELECT kind, count(*) FROM memory INDEXED BY memory_by_kind WHERE deleted_at_ms IS NULL
            GROUP BY kind ORDER BY count(*) DESC, kind
            """;

        public const string ByProject = """
            SELECT p.label, count(*) FROM memory m JOIN project p ON p.id = m.project_id WHERE m.deleted_at_ms IS NULL
            GROUP BY m.project_id ORDER BY count(*) DESC, p.label
            """;
    }
}
