using Cairn.Core;
using Cairn.Engine.Observe;
using Microsoft.Data.Sqlite;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Sessions as observers read them.</summary>
internal sealed class SqliteSessionLogStore(SqliteDatabase database) : ISessionLogStore
{
    internal static class Sql
    {
        public const string Root = "SELECT root FROM session WHERE id = $session_id";

        public const string Files = """
            SELECT event_id, path, role FROM touch WHERE session_id = $session_id ORDER BY event_id, path
            """;

        public const string Events = """
            SELECT id, kind, at_ms, turn_id, subagent_id, subagent_type, text,
                   tool_name, tool_call_id, tool_input, tool_output, tool_duration_ms
            FROM event
            WHERE session_id = $session_id
            ORDER BY at_ms, id
            """;
    }

    public Task<SessionLog?> ReadAsync(long sessionId, CancellationToken ct) =>
        database.ReadAsync(connection =>
        {
            if (connection.Query(Sql.Root, row => row.GetString(0), ("$session_id", sessionId)) is not [var root])
            {
                return null;
            }

            var files = connection.Query(Sql.Files,
                    row => (EventId: row.GetInt64(0), File: new TouchedFile(row.GetString(1), EventKindName.ReadRole(row.GetString(2)))),
                    ("$session_id", sessionId))
                .ToLookup(touch => touch.EventId, touch => touch.File);
            return new SessionLog(root, connection.Query(Sql.Events, row => Read(row, files), ("$session_id", sessionId)));
        }, ct);

    private static SessionEvent Read(SqliteDataReader row, ILookup<long, TouchedFile> files)
    {
        var id = row.GetInt64(0);
        var kind = EventKindName.Read(row.GetString(1));
        return new SessionEvent
        {
            Id = id,
            Kind = kind,
            At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            TurnId = Text(row, 3),
            SubagentId = Text(row, 4),
            SubagentType = Text(row, 5),
            Text = Text(row, 6),
            Tool = row.IsDBNull(7) ? null : new ToolUse
            {
                Name = row.GetString(7),
                CallId = Text(row, 8),
                InputJson = Text(row, 9) ?? "{}",
                Output = Text(row, 10) ?? "",
                Failed = kind == EventKind.ToolFailure,
                DurationMs = row.IsDBNull(11) ? null : row.GetInt64(11),
                Files = [.. files[id]],
            },
        };
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
