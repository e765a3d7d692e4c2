using Cairn.Core;
using Microsoft.Data.Sqlite;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Reads memories whole: the row, its files and its evidence.</summary>
internal static class MemoryRows
{
    /// <summary>The memory with that number; null when there is none or it was forgotten.</summary>
    public static Memory? Find(SqliteSession session, long id) =>
        session.Query(Sql.ById, Read, ("$id", id)) is [var row] ? Complete(session, row) : null;

    /// <summary>Adds the files and the evidence to a row.</summary>
    public static Memory Complete(SqliteSession session, Memory row)
    {
        var files = session.Query(Sql.Files, file => (Path: file.GetString(0), Role: file.GetString(1)), ("$id", row.Id));
        return row with
        {
            Content = row.Content with
            {
                FilesRead = [.. files.Where(file => file.Role == FileRoleName.Read).Select(file => file.Path)],
                FilesModified = [.. files.Where(file => file.Role == FileRoleName.Modified).Select(file => file.Path)],
                Evidence = session.Query(Sql.Evidence, link => link.GetInt64(0), ("$id", row.Id)),
            },
        };
    }

    /// <summary>Reads one row of <see cref="Sql.Columns"/>: the memory without its files and evidence.</summary>
    public static Memory Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        PublicId = new MemoryId(Guid.ParseExact(row.GetString(1), "n")),
        ProjectId = row.GetInt64(2),
        Project = row.GetString(3),
        SessionId = row.IsDBNull(4) ? null : row.GetInt64(4),
        Content = new MemoryContent
        {
            Kind = row.GetString(5),
            Title = row.GetString(6),
            Subtitle = row.GetString(7),
            Narrative = row.GetString(8),
            Facts = StringArrayJson.Read(row.GetString(9)),
            Concepts = StringArrayJson.Read(row.GetString(10)),
            Source = row.GetString(11),
            Confidence = ConfidenceName.Parse(row.GetString(12)),
        },
        Pinned = row.GetInt64(13) == 1,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(14)),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(15)),
    };

    internal static class Sql
    {
        // Not a statement: the start of one.
        internal const string Columns = """
            SELECT m.id, m.public_id, m.project_id, p.label, m.session_id, m.kind, m.title, m.subtitle, m.narrative,
                m.facts, m.concepts, m.source, m.confidence, m.pinned, m.created_at_ms, m.updated_at_ms
            FROM memory m JOIN project p ON p.id = m.project_id

            """;

        public const string ById = Columns + "WHERE m.id = $id AND m.deleted_at_ms IS NULL";

        public const string Files = "SELECT path, role FROM memory_file WHERE memory_id = $id ORDER BY position, role";

        public const string Evidence = "SELECT event_id FROM memory_event WHERE memory_id = $id ORDER BY event_id";
    }
}
