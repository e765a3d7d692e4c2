using Cairn.Engine.Curate;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Scrubs what is in SQLite.</summary>
internal sealed class SqliteScrubStore(SqliteDatabase database, string backupsDirectory) : IScrubStore
{
    internal static class Sql
    {
        public const string Count = "SELECT (SELECT COUNT(*) FROM event) + (SELECT COUNT(*) FROM memory) + (SELECT COUNT(*) FROM batch)";

        public const string Events = "SELECT id, text, tool_input, tool_output FROM event WHERE id > $after ORDER BY id LIMIT $limit";

        public const string ChangeEvent = "UPDATE event SET text = $text, tool_input = $tool_input, tool_output = $tool_output WHERE id = $id";

        public const string Memories = "SELECT id FROM memory WHERE id > $after ORDER BY id LIMIT $limit";

        public const string ChangeMemory = """
            UPDATE memory SET title = $title, subtitle = $subtitle, narrative = $narrative, facts = $facts, concepts = $concepts WHERE id = $id
            """;

        public const string Batches = "SELECT id, COALESCE(error, '') FROM batch WHERE id > $after ORDER BY id LIMIT $limit";

        public const string ChangeBatch = "UPDATE batch SET error = $error WHERE id = $id";
    }

    public Task<long> CountAsync(CancellationToken ct) => database.ReadAsync(connection => connection.Number(Sql.Count) ?? 0, ct);

    public Task<ScrubPart> ScrubAsync(
        ScrubbedRows what, long after, int limit, Func<string, string> redact, Func<string, string> redactJson, CancellationToken ct) =>
        database.WriteAsync(connection => what switch
        {
            ScrubbedRows.Events => ScrubEvents(connection, after, limit, redact, redactJson),
            ScrubbedRows.Memories => ScrubMemories(connection, after, limit, redact),
            _ => ScrubBatches(connection, after, limit, redact),
        }, ct);

    // Deleted words were overwritten when they were deleted (secure_delete, also of the index); only the log still has them.
    public Task CompactAsync(CancellationToken ct) =>
        database.RunAloneAsync(connection => connection.ExecuteOnce("PRAGMA wal_checkpoint(TRUNCATE)"), ct);

    public IReadOnlyList<string> Backups() =>
        Directory.Exists(backupsDirectory) ? [.. Directory.EnumerateFiles(backupsDirectory).Order(StringComparer.Ordinal)] : [];

    private static ScrubPart ScrubEvents(
        SqliteSession connection, long after, int limit, Func<string, string> redact, Func<string, string> redactJson)
    {
        var rows = connection.Query(
            Sql.Events,
            row => (Id: row.GetInt64(0), Text: TextOf(row, 1), Input: TextOf(row, 2), Output: TextOf(row, 3)), ("$after", after), ("$limit", limit));
        var changed = 0;
        foreach (var row in rows)
        {
            var (text, input, output) = (Apply(row.Text, redact), Apply(row.Input, redactJson), Apply(row.Output, redact));
            if ((text, input, output) != (row.Text, row.Input, row.Output))
            {
                changed += connection.Execute(Sql.ChangeEvent, ("$id", row.Id), ("$text", text), ("$tool_input", input), ("$tool_output", output));
            }
        }

        return new(rows.Count, changed, rows.Count == 0 ? after : rows[^1].Id);
    }

    private static ScrubPart ScrubMemories(SqliteSession connection, long after, int limit, Func<string, string> redact)
    {
        var ids = connection.Query(Sql.Memories, row => row.GetInt64(0), ("$after", after), ("$limit", limit));
        var changed = 0;
        foreach (var id in ids)
        {
            if (MemoryRows.Find(connection, id) is not { } memory)
            {
                continue;
            }

            var before = memory.Content;
            var content = before with
            {
                Title = redact(before.Title),
                Subtitle = redact(before.Subtitle),
                Narrative = redact(before.Narrative),
                Facts = [.. before.Facts.Select(redact)],
                Concepts = [.. before.Concepts.Select(redact)],
            };
            if (content.Title != before.Title || content.Subtitle != before.Subtitle || content.Narrative != before.Narrative
                || !content.Facts.SequenceEqual(before.Facts, StringComparer.Ordinal) || !content.Concepts.SequenceEqual(before.Concepts, StringComparer.Ordinal))
            {
                MemoryParts.Write(connection, id, content);
                changed += connection.Execute(
                    Sql.ChangeMemory, ("$id", id), ("$title", content.Title), ("$subtitle", content.Subtitle), ("$narrative", content.Narrative),
                    ("$facts", StringArrayJson.Write(content.Facts)), ("$concepts", StringArrayJson.Write(content.Concepts)));
            }
        }

        return new(ids.Count, changed, ids.Count == 0 ? after : ids[^1]);
    }

    private static ScrubPart ScrubBatches(SqliteSession connection, long after, int limit, Func<string, string> redact)
    {
        var rows = connection.Query(Sql.Batches, row => (Id: row.GetInt64(0), Error: row.GetString(1)), ("$after", after), ("$limit", limit));
        var changed = rows.Where(row => redact(row.Error) is var error && error != row.Error)
            .Sum(row => connection.Execute(Sql.ChangeBatch, ("$id", row.Id), ("$error", redact(row.Error))));
        return new(rows.Count, changed, rows.Count == 0 ? after : rows[^1].Id);
    }

    private static string? TextOf(Microsoft.Data.Sqlite.SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string? Apply(string? text, Func<string, string> redact) => text is null ? null : redact(text);
}
