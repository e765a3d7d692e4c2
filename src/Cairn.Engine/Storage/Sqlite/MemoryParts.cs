using Cairn.Core;
using Cairn.Engine.Text;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Writes what belongs to a memory beside its row: files, evidence and the words that it is found by.</summary>
internal static class MemoryParts
{
    /// <summary>Replaces files and searchable words.</summary>
    public static void Write(SqliteSession session, long id, MemoryContent content)
    {
        session.Execute(Sql.RemoveFiles, ("$memory_id", id));
        AddFiles(session, id, content.FilesRead, FileRoleName.Read);
        AddFiles(session, id, content.FilesModified, FileRoleName.Modified);
        session.Execute(Sql.RemoveWords, ("$memory_id", id));
        session.Execute(
            Sql.AddWords,
            ("$memory_id", id),
            ("$title", SearchText.ForIndex(content.Title)),
            ("$subtitle", SearchText.ForIndex(content.Subtitle)),
            ("$facts", SearchText.ForIndex(content.Facts)),
            ("$narrative", SearchText.ForIndex(content.Narrative)),
            ("$concepts", SearchText.ForIndex(content.Concepts)),
            ("$files", SearchText.ForIndex(content.FilesModified.Concat(content.FilesRead).Distinct(StringComparer.Ordinal))));
    }

    /// <summary>Replaces the links to events; ids that are no events are left out.</summary>
    public static void WriteEvidence(SqliteSession session, long id, IReadOnlyList<long> evidence)
    {
        session.Execute(Sql.RemoveEvidence, ("$memory_id", id));
        foreach (var eventId in evidence)
        {
            session.Execute(Sql.AddEvidence, ("$memory_id", id), ("$event_id", eventId));
        }
    }

    /// <summary>Removes all of it.</summary>
    public static void Remove(SqliteSession session, long id)
    {
        session.Execute(Sql.RemoveWords, ("$memory_id", id));
        session.Execute(Sql.RemoveFiles, ("$memory_id", id));
        session.Execute(Sql.RemoveEvidence, ("$memory_id", id));
    }

    private static void AddFiles(SqliteSession session, long id, IReadOnlyList<string> paths, string role)
    {
        foreach (var (position, path) in paths.Index())
        {
            session.Execute(Sql.AddFile, ("$memory_id", id), ("$path", path), ("$role", role), ("$position", position));
        }
    }

    internal static class Sql
    {
        public const string RemoveFiles = "DELETE FROM memory_file WHERE memory_id = $memory_id";

        public const string AddFile = """
            INSERT INTO memory_file (memory_id, path, role, position) VALUES ($memory_id, $path, $role, $position)
            ON CONFLICT (memory_id, path, role) DO NOTHING
            """;

        public const string RemoveEvidence = "DELETE FROM memory_event WHERE memory_id = $memory_id";

        public const string AddEvidence = """
            INSERT INTO memory_event (memory_id, event_id) SELECT $memory_id, id FROM event WHERE id = $event_id
            ON CONFLICT (memory_id, event_id) DO NOTHING
            """;

        public const string RemoveWords = "DELETE FROM memory_fts WHERE rowid = $memory_id";

        public const string AddWords = """
            INSERT INTO memory_fts (rowid, title, subtitle, facts, narrative, concepts, files)
            VALUES ($memory_id, $title, $subtitle, $facts, $narrative, $concepts, $files)
            """;
    }
}
