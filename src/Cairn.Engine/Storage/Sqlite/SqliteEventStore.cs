using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Events in SQLite. Each is one write; writes that wait together share one transaction.</summary>
internal sealed class SqliteEventStore : IEventStore
{
    private readonly SqliteDatabase _database;
    private readonly SqliteSessionRows _sessions = new();
    private readonly string _observer;

    /// <param name="database">Where they go.</param>
    /// <param name="observer">Name of the observer that works on every ended turn.</param>
    public SqliteEventStore(SqliteDatabase database, string observer)
    {
        (_database, _observer) = (database, observer);
        database.RolledBack += _sessions.Forget;
    }

    internal static class Sql
    {
        public const string Insert = """
            INSERT INTO event (session_id, key, kind, origin, at_ms, received_at_ms, turn_id, subagent_id, subagent_type,
                               text, tool_name, tool_call_id, tool_input, tool_output, tool_duration_ms)
            VALUES ($session_id, $key, $kind, $origin, $at_ms, $received_at_ms, $turn_id, $subagent_id, $subagent_type,
                    $text, $tool_name, $tool_call_id, $tool_input, $tool_output, $tool_duration_ms)
            ON CONFLICT (session_id, key) DO NOTHING
            RETURNING id
            """;

        public const string InsertTouch = """
            INSERT INTO touch (event_id, path, role, session_id)
            VALUES ($event_id, $path, $role, $session_id)
            ON CONFLICT DO NOTHING
            """;

        // A prompt that is still unanswered, at the place before the next one: sent again, it is the same prompt.
        public const string UnansweredPrompt = """
            SELECT 1
            FROM event AS prompt
            WHERE session_id = $session_id AND key = $key
              AND NOT EXISTS (
                  SELECT 1 FROM event
                  WHERE session_id = $session_id AND id > prompt.id AND kind IN ('assistant_message', 'turn_failed'))
            """;

        public const string Routes = """
            SELECT MAX(origin = 'transcript') + 2 * MAX(origin <> 'transcript') FROM event WHERE session_id = $session_id
            """;

        // A line of a transcript and what a hook told of it: the same kind and words within ten minutes, by the other route.
        public const string SameWords = """
            SELECT 1
            FROM event
            WHERE session_id = $session_id AND kind = $kind AND at_ms BETWEEN $at_ms - 600000 AND $at_ms + 600000
              AND (origin = 'transcript') <> $from_transcript AND subagent_id IS $subagent_id AND text = $text
            LIMIT 1
            """;

        // The open range of the observer grows; without one, a new range begins where the last one ended.
        public const string WidenBatch = """
            INSERT INTO batch (session_id, observer, first_event_id, last_event_id, state, due_at_ms, updated_at_ms)
            VALUES ($session_id, $observer,
                    COALESCE(
                        (SELECT MAX(last_event_id) + 1 FROM batch WHERE session_id = $session_id AND observer = $observer),
                        (SELECT MIN(id) FROM event WHERE session_id = $session_id)),
                    $event_id, 'pending', $now_ms, $now_ms)
            ON CONFLICT (session_id, observer) WHERE state = 'pending'
            DO UPDATE SET last_event_id = excluded.last_event_id, updated_at_ms = excluded.updated_at_ms
            """;
    }

    public Task<CaptureOutcome> AddAsync(NewEvent added, CancellationToken ct) =>
        _database.WriteAsync(session => Add(session, added), ct);

    private CaptureOutcome Add(SqliteSession connection, NewEvent added)
    {
        var row = _sessions.Open(connection, added);
        var stored = new StoredSession(row.Id, row.ProjectId);
        if (IsToldByTheOtherRoute(connection, added, row)
            || Insert(connection, added, row, KeyOf(connection, added, row)) is not { } eventId)
        {
            return new CaptureOutcome.Duplicate(stored);
        }

        foreach (var file in added.Input.Tool?.Files ?? [])
        {
            connection.Execute(Sql.InsertTouch,
                ("$event_id", eventId), ("$path", file.Path), ("$role", EventKindName.Of(file.Role)), ("$session_id", row.Id));
        }

        row.Routes |= RouteOf(added.Input.Origin == EventOrigin.Transcript);
        SqliteSessionRows.Advance(connection, row, added, eventId);
        if (added.EndsTurn)
        {
            connection.Execute(Sql.WidenBatch,
                ("$session_id", row.Id), ("$observer", _observer), ("$event_id", eventId),
                ("$now_ms", added.ReceivedAt.ToUnixTimeMilliseconds()));
        }

        return new CaptureOutcome.Stored(eventId, stored, added.EndsTurn);
    }

    private static long? Insert(SqliteSession connection, NewEvent added, SqliteSessionRow row, string key)
    {
        var input = added.Input;
        return connection.Number(Sql.Insert,
            ("$session_id", row.Id), ("$key", key), ("$kind", EventKindName.Of(input.Kind)), ("$origin", OriginOf(input.Origin)),
            ("$at_ms", added.At.ToUnixTimeMilliseconds()), ("$received_at_ms", added.ReceivedAt.ToUnixTimeMilliseconds()),
            ("$turn_id", input.TurnId), ("$subagent_id", input.SubagentId), ("$subagent_type", input.SubagentType),
            ("$text", input.Text), ("$tool_name", input.Tool?.Name), ("$tool_call_id", input.Tool?.CallId),
            ("$tool_input", input.Tool?.InputJson), ("$tool_output", input.Tool?.Output),
            ("$tool_duration_ms", input.Tool?.DurationMs));
    }

    private static string KeyOf(SqliteSession connection, NewEvent added, SqliteSessionRow row)
    {
        var kind = EventKindName.Of(added.Input.Kind);
        return added.Input.Identity switch
        {
            // A call ends once, well or badly: both ends of one call are the same event.
            EventIdentity.Named named when added.Input.Tool is not null => "tool:" + Bounded(named.Id),
            EventIdentity.Named named => kind + ":" + Bounded(named.Id),
            EventIdentity.Line line => kind + ":" + Bounded(line.Id),
            EventIdentity.UnnamedPrompt => UnnamedPromptKey(connection, added, row),
            EventIdentity.Content content when added.Input.TurnId is not null => content.Hash,
            EventIdentity.Content content => string.Create(CultureInfo.InvariantCulture, $"{content.Hash}:{row.Prompts}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // Older versions of agents name neither a prompt nor the turn that a message ends: only their words tell what is the same.
    private static bool IsToldByTheOtherRoute(SqliteSession connection, NewEvent added, SqliteSessionRow row)
    {
        var input = added.Input;
        var unnamed = input is { Kind: EventKind.Prompt or EventKind.AssistantMessage, TurnId: null, Identity: not EventIdentity.Named };
        return unnamed && IsTold(connection, row, input.Origin != EventOrigin.Transcript) && connection.Number(Sql.SameWords,
            ("$session_id", row.Id), ("$kind", EventKindName.Of(input.Kind)), ("$at_ms", added.At.ToUnixTimeMilliseconds()),
            ("$from_transcript", input.Origin == EventOrigin.Transcript ? 1 : 0), ("$subagent_id", input.SubagentId),
            ("$text", input.Text)) is not null;
    }

    // Most sessions are told by one route alone: then there is nothing to compare with.
    private static bool IsTold(SqliteSession connection, SqliteSessionRow row, bool byTranscript)
    {
        row.Routes ??= connection.Number(Sql.Routes, ("$session_id", row.Id)) ?? 0;
        return (row.Routes & RouteOf(byTranscript)) != 0;
    }

    private static long RouteOf(bool transcript) => transcript ? 1 : 2;

    private static string UnnamedPromptKey(SqliteSession connection, NewEvent added, SqliteSessionRow row)
    {
        var hash = Hash(added.Input.Text ?? "");
        string At(int ordinal) => string.Create(CultureInfo.InvariantCulture, $"prompt:{ordinal}:{hash}");
        var last = At(row.Prompts - 1);
        return connection.Number(Sql.UnansweredPrompt, ("$session_id", row.Id), ("$key", last)) is null ? At(row.Prompts) : last;
    }

    private static string Bounded(string id) => id.Length <= 128 ? id : "sha256:" + Hash(id);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static string OriginOf(EventOrigin origin) => origin switch
    {
        EventOrigin.Spool => "spool",
        EventOrigin.Transcript => "transcript",
        _ => "hook",
    };
}
