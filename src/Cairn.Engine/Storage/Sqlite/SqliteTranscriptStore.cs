using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Engine.Capture.Transcripts;
using Microsoft.Data.Sqlite;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>How far transcripts were read, in SQLite.</summary>
internal sealed class SqliteTranscriptStore(SqliteDatabase database, string observer, TimeProvider time) : ITranscriptStore
{
    internal static class Sql
    {
        public const string Find = """
            SELECT path, agent, reader, device, inode, length_bytes, modified_at_ms, read_bytes, head_bytes, check_hash, state, unknown, read_at_ms
            FROM transcript
            WHERE path = $path
            """;

        public const string Directories = "SELECT root FROM project UNION SELECT root FROM session UNION SELECT cwd FROM session";

        public const string Save = """
            INSERT INTO transcript (path, agent, reader, device, inode, length_bytes, modified_at_ms, read_bytes, head_bytes,
                                    check_hash, state, unknown, read_at_ms)
            VALUES ($path, $agent, $reader, $device, $inode, $length_bytes, $modified_at_ms, $read_bytes, $head_bytes,
                    $check_hash, $state, $unknown, $read_at_ms)
            ON CONFLICT (path) DO UPDATE SET
                agent = excluded.agent, reader = excluded.reader, device = excluded.device, inode = excluded.inode,
                length_bytes = excluded.length_bytes, modified_at_ms = excluded.modified_at_ms, read_bytes = excluded.read_bytes,
                head_bytes = excluded.head_bytes, check_hash = excluded.check_hash, state = excluded.state,
                unknown = excluded.unknown, read_at_ms = excluded.read_at_ms
            """;

        // Whatever of the session no batch covers yet becomes the open range, or widens it.
        public const string ObserveRest = """
            INSERT INTO batch (session_id, observer, first_event_id, last_event_id, state, due_at_ms, updated_at_ms)
            SELECT $session_id, $observer,
                   COALESCE(
                       (SELECT MAX(last_event_id) + 1 FROM batch WHERE session_id = $session_id AND observer = $observer),
                       MIN(id)),
                   MAX(id), 'pending', $now_ms, $now_ms
            FROM event
            WHERE session_id = $session_id
            HAVING MAX(id) > COALESCE((SELECT MAX(last_event_id) FROM batch WHERE session_id = $session_id AND observer = $observer), 0)
            ON CONFLICT (session_id, observer) WHERE state = 'pending'
            DO UPDATE SET last_event_id = excluded.last_event_id, updated_at_ms = excluded.updated_at_ms
            """;

        public const string End = """
            UPDATE session SET ended_at_ms = $ended_at_ms
            WHERE id = $session_id AND ended_at_ms IS NULL AND last_event_at_ms <= $ended_at_ms
            """;
    }

    public Task<TranscriptCursor?> FindAsync(string path, CancellationToken ct) =>
        database.ReadAsync(connection => connection.Query(Sql.Find, Read, ("$path", path)) is [var cursor] ? cursor : null, ct);

    public Task<IReadOnlyList<string>> ListDirectoriesAsync(CancellationToken ct) =>
        database.ReadAsync(connection => connection.Query(Sql.Directories, row => row.GetString(0)), ct);

    public Task SaveAsync(TranscriptCursor cursor, IReadOnlyCollection<long> sessions, DateTimeOffset? endedAt, CancellationToken ct) =>
        database.WriteAsync(connection =>
        {
            connection.Execute(Sql.Save,
                ("$path", cursor.Path), ("$agent", cursor.Agent), ("$reader", (long)cursor.Reader), ("$device", cursor.Device),
                ("$inode", cursor.Inode), ("$length_bytes", cursor.Length), ("$modified_at_ms", cursor.ModifiedAt.ToUnixTimeMilliseconds()),
                ("$read_bytes", cursor.ReadBytes), ("$head_bytes", (long)cursor.HeadBytes), ("$check_hash", cursor.CheckHash),
                ("$state", cursor.State), ("$unknown", JsonSerializer.Serialize(cursor.Unknown, TranscriptCountsJson.Default.IReadOnlyDictionaryStringInt32)),
                ("$read_at_ms", cursor.ReadAt.ToUnixTimeMilliseconds()));
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var session in sessions)
            {
                connection.Execute(Sql.ObserveRest, ("$session_id", session), ("$observer", observer), ("$now_ms", now));
                if (endedAt is { } at)
                {
                    connection.Execute(Sql.End, ("$session_id", session), ("$ended_at_ms", at.ToUnixTimeMilliseconds()));
                }
            }

            return true;
        }, ct);

    private static TranscriptCursor Read(SqliteDataReader row) => new()
    {
        Path = row.GetString(0),
        Agent = row.GetString(1),
        Reader = row.GetInt32(2),
        Device = row.GetInt64(3),
        Inode = row.GetInt64(4),
        Length = row.GetInt64(5),
        ModifiedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        ReadBytes = row.GetInt64(7),
        HeadBytes = row.GetInt32(8),
        CheckHash = row.GetString(9),
        State = row.GetString(10),
        Unknown = JsonSerializer.Deserialize(row.GetString(11), TranscriptCountsJson.Default.IReadOnlyDictionaryStringInt32) ?? new Dictionary<string, int>(),
        ReadAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(12)),
    };
}

[JsonSerializable(typeof(IReadOnlyDictionary<string, int>))]
internal sealed partial class TranscriptCountsJson : JsonSerializerContext;
