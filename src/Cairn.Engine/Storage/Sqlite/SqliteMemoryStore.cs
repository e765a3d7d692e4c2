using Cairn.Core;
using Cairn.Engine.Curate;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>The memories as people see and change them.</summary>
internal sealed class SqliteMemoryStore(SqliteDatabase database, TimeProvider time) : IMemoryStore
{
    // One transaction holds back every other write for as long as it lasts.
    private const int ForgottenAtOnce = 200;

    // Pages of the index that one transaction merges: other writes wait no longer than that.
    private const int PagesAtOnce = 100;

    // What stands in the observer's column of a memory that no observer made.
    private const string Person = "user";

    public Task<Memory> AddAsync(NewMemory memory, CancellationToken ct) => database.WriteAsync(session => Add(session, memory), ct);

    public Task<Memory?> FindAsync(long id, CancellationToken ct) => database.ReadAsync(session => MemoryRows.Find(session, id), ct);

    public Task<MemoryPage> ListAsync(MemoryFilter filter, int offset, int limit, CancellationToken ct) =>
        database.ReadAsync(
            session =>
            {
                var (project, kind, before) = Parameters(filter);
                var total = session.Number(filter.ProjectId is null ? Sql.Count : Sql.CountOfProject, project, kind, before) ?? 0;
                var rows = limit == 0 ? [] : session.Query(
                    filter.ProjectId is null ? Sql.Page : Sql.PageOfProject, MemoryRows.Read, project, kind, before,
                    ("$limit", limit), ("$offset", offset));
                return new MemoryPage([.. rows.Select(row => MemoryRows.Complete(session, row))], total);
            },
            ct);

    public Task<Memory?> SetPinnedAsync(long id, bool pinned, CancellationToken ct) =>
        database.WriteAsync(
            session =>
            {
                session.Execute(Sql.Pin, ("$id", id), ("$pinned", pinned ? 1 : 0), ("$now_ms", NowMs));
                return MemoryRows.Find(session, id);
            },
            ct);

    public async Task<bool> ForgetAsync(long id, CancellationToken ct)
    {
        var forgotten = await database.WriteAsync(session => Forget(session, id), ct);
        if (forgotten)
        {
            await PurgeWordsAsync(ct);
        }

        return forgotten;
    }

    public async Task<int> ForgetAllAsync(MemoryFilter filter, CancellationToken ct)
    {
        var (project, kind, before) = Parameters(filter);
        var forgotten = 0;
        while (true)
        {
            var group = await database.WriteAsync(
                session => session
                    .Query(Sql.SomeIds, row => row.GetInt64(0), project, kind, before, ("$limit", ForgottenAtOnce))
                    .Count(id => Forget(session, id)),
                ct);
            forgotten += group;
            if (group < ForgottenAtOnce)
            {
                break;
            }
        }

        if (forgotten > 0)
        {
            await PurgeWordsAsync(ct);
        }

        return forgotten;
    }

    public Task<Project?> FindProjectAsync(string name, CancellationToken ct) =>
        database.ReadAsync(
            session => session.Query(
                Sql.Project,
                row => new Project(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3)),
                ("$name", name)) is [var project] ? project : null,
            ct);

    private Memory Add(SqliteSession session, NewMemory memory)
    {
        session.Execute(
            Sql.AddProject, ("$identity", memory.Project.Identity), ("$label", memory.Project.Label),
            ("$root", memory.Project.MainRoot), ("$now_ms", NowMs));
        var content = memory.Content;
        var id = session.Number(
            Sql.Add,
            ("$public_id", MemoryId.New(time).ToString()), ("$identity", memory.Project.Identity), ("$observer", Person),
            ("$kind", content.Kind), ("$title", content.Title), ("$subtitle", content.Subtitle), ("$narrative", content.Narrative),
            ("$facts", StringArrayJson.Write(content.Facts)), ("$concepts", StringArrayJson.Write(content.Concepts)),
            ("$source", content.Source), ("$confidence", ConfidenceName.Of(content.Confidence)),
            ("$pinned", memory.Pinned ? 1 : 0), ("$created_at_ms", memory.At.ToUnixTimeMilliseconds()), ("$now_ms", NowMs))!.Value;
        MemoryParts.Write(session, id, content);
        return MemoryRows.Find(session, id)!;
    }

    private bool Forget(SqliteSession session, long id)
    {
        if (session.Execute(Sql.Empty, ("$id", id), ("$now_ms", NowMs)) + session.Execute(Sql.Remove, ("$id", id)) == 0)
        {
            return false;
        }

        MemoryParts.Remove(session, id);
        session.Execute(Sql.EmptyReasons, ("$id", id));
        return true;
    }

    // The index only marks rows as removed; their words go when its segments are merged: all of them, a slice at a time.
    private async Task PurgeWordsAsync(CancellationToken ct)
    {
        var pages = -PagesAtOnce;
        while (await database.WriteAsync(session => Merge(session, pages), ct))
        {
            pages = PagesAtOnce;
        }
    }

    // The index changes one row of its own even when there is nothing left to merge.
    private static bool Merge(SqliteSession session, int pages)
    {
        var before = session.Number(Sql.Changes) ?? 0;
        session.Execute(Sql.MergeWords, ("$pages", pages));
        return session.Number(Sql.Changes) - before > 1;
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static ((string, object?) Project, (string, object?) Kind, (string, object?) Before) Parameters(MemoryFilter filter) =>
        (("$project_id", filter.ProjectId), ("$kind", filter.Kind), ("$before_ms", filter.Before?.ToUnixTimeMilliseconds()));

    internal static class Sql
    {
        // Not statements: conditions that every list shares. $project_id is named in all, so that all take the same parameters.
        private const string OfAll = """
            WHERE ($project_id IS NULL OR 1) AND deleted_at_ms IS NULL
                AND ($kind IS NULL OR kind = $kind) AND ($before_ms IS NULL OR created_at_ms < $before_ms)

            """;

        private const string OfProject = """
            WHERE project_id = $project_id AND deleted_at_ms IS NULL
                AND ($kind IS NULL OR kind = $kind) AND ($before_ms IS NULL OR created_at_ms < $before_ms)

            """;

        private const string NewestFirst = "ORDER BY created_at_ms DESC, id DESC LIMIT $limit OFFSET $offset";

        public const string Count = "SELECT count(*) FROM memory " + OfAll;

        public const string CountOfProject = "SELECT count(*) FROM memory " + OfProject;

        public const string Page = MemoryRows.Sql.Columns + "WHERE m.id IN (SELECT id FROM memory " + OfAll + NewestFirst + ") ORDER BY m.created_at_ms DESC, m.id DESC";

        public const string PageOfProject = MemoryRows.Sql.Columns + "WHERE m.id IN (SELECT id FROM memory " + OfProject + NewestFirst + ") ORDER BY m.created_at_ms DESC, m.id DESC";

        public const string SomeIds = """
            SELECT id FROM memory
            WHERE ($project_id IS NULL OR project_id = $project_id) AND deleted_at_ms IS NULL
                AND ($kind IS NULL OR kind = $kind) AND ($before_ms IS NULL OR created_at_ms < $before_ms)
            LIMIT $limit
            """;

        public const string Pin = "UPDATE memory SET pinned = $pinned, updated_at_ms = $now_ms WHERE id = $id AND deleted_at_ms IS NULL AND pinned <> $pinned";

        public const string AddProject = """
            INSERT INTO project (identity, label, root, created_at_ms) VALUES ($identity, $label, $root, $now_ms)
            ON CONFLICT (identity) DO NOTHING
            """;

        public const string Add = """
            INSERT INTO memory (public_id, project_id, observer, kind, title, subtitle, narrative, facts, concepts, source,
                confidence, pinned, created_at_ms, updated_at_ms)
            SELECT $public_id, id, $observer, $kind, $title, $subtitle, $narrative, $facts, $concepts, $source,
                $confidence, $pinned, $created_at_ms, $now_ms
            FROM project WHERE identity = $identity
            RETURNING id
            """;

        // The mark that keeps an observer from making it again.
        public const string Empty = """
            UPDATE memory SET title = '', subtitle = '', narrative = '', facts = '[]', concepts = '[]', metadata = '{}',
                pinned = 0, updated_at_ms = $now_ms, deleted_at_ms = $now_ms
            WHERE id = $id AND deleted_at_ms IS NULL AND session_id IS NOT NULL AND observer_key IS NOT NULL
            """;

        public const string Remove = """
            DELETE FROM memory WHERE id = $id AND deleted_at_ms IS NULL AND (session_id IS NULL OR observer_key IS NULL)
            """;

        // Receipts quote the words that were matched.
        public const string EmptyReasons = "UPDATE receipt_memory SET reason = 'forgotten since' WHERE memory_id = $id";

        public const string Changes = "SELECT total_changes()";

        // A negative number begins with all segments, a positive one goes on.
        public const string MergeWords = "INSERT INTO memory_fts (memory_fts, rank) VALUES ('merge', $pages)";

        public const string Project = """
            SELECT p.id, p.identity, p.label, p.root FROM project p
            LEFT JOIN project_alias a ON a.project_id = p.id AND a.alias = $name
            WHERE p.identity = $name OR p.label = $name OR a.alias IS NOT NULL
            ORDER BY p.identity = $name DESC, (SELECT max(s.last_event_at_ms) FROM session s WHERE s.project_id = p.id) DESC, p.id
            LIMIT 1
            """;
    }
}
