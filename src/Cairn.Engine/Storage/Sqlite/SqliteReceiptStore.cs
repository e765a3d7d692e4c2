using Cairn.Engine.Recall;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Keeps the record of every recall.</summary>
internal sealed class SqliteReceiptStore(SqliteDatabase database) : IReceiptStore
{
    public Task AddAsync(Receipt receipt, CancellationToken ct) => database.WriteAsync(session => Add(session, receipt), ct);

    public async Task<ShownToSession> ReadShownAsync(long? sessionId, CancellationToken ct) => sessionId is { } id
        ? await database.ReadAsync(session => ReadShown(session, id), ct)
        : new ShownToSession(null, new HashSet<long>(), null, null);

    private static bool Add(SqliteSession session, Receipt receipt)
    {
        var id = session.Number(
            Sql.Add,
            ("$public_id", receipt.Id.ToString()), ("$session_id", receipt.SessionId), ("$project_id", receipt.ProjectId),
            ("$trigger", TriggerName.Of(receipt.Trigger)), ("$outcome", receipt.Outcome), ("$event_id", receipt.EventId),
            ("$tokens", receipt.Tokens), ("$characters", receipt.Characters), ("$now_ms", receipt.CreatedAt.ToUnixTimeMilliseconds()));
        foreach (var (position, item) in receipt.Items.Index())
        {
            session.Execute(
                Sql.AddItem, ("$receipt_id", id), ("$memory_id", item.MemoryId), ("$position", position),
                ("$score", item.Score), ("$reason", item.Reason));
        }

        return true;
    }

    private static ShownToSession ReadShown(SqliteSession session, long sessionId)
    {
        var compact = session.Query(
            Sql.LastCompaction, row => (Id: row.GetInt64(0), AtMs: row.GetInt64(1)),
            ("$session_id", sessionId), ("$trigger", TriggerName.Of(RecallTrigger.SessionCompact)));
        var memories = session.Query(
            Sql.Shown, row => row.GetInt64(0), ("$session_id", sessionId), ("$first_id", compact is [var last] ? last.Id : 0));
        var card = session.Number(Sql.LastCard, ("$session_id", sessionId), ("$first_id", compact is [var since] ? since.Id : 0));
        return new ShownToSession(
            sessionId, memories.ToHashSet(),
            compact is [var at] ? DateTimeOffset.FromUnixTimeMilliseconds(at.AtMs) : null,
            card is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null);
    }

    internal static class Sql
    {
        public const string Add = """
            INSERT INTO receipt (public_id, session_id, project_id, trigger, outcome, event_id, tokens, characters, created_at_ms)
            VALUES ($public_id, $session_id, $project_id, $trigger, $outcome, $event_id, $tokens, $characters, $now_ms)
            RETURNING id
            """;

        // A memory that was removed since it was found leaves no line.
        public const string AddItem = """
            INSERT INTO receipt_memory (receipt_id, memory_id, position, score, reason)
            SELECT $receipt_id, id, $position, $score, $reason FROM memory WHERE id = $memory_id
            ON CONFLICT (receipt_id, memory_id) DO NOTHING
            """;

        public const string LastCompaction = """
            SELECT id, created_at_ms FROM receipt WHERE session_id = $session_id AND trigger = $trigger ORDER BY id DESC LIMIT 1
            """;

        public const string LastCard = """
            SELECT MAX(created_at_ms) FROM receipt
            WHERE session_id = $session_id AND id >= $first_id AND trigger LIKE 'session-%' AND tokens > 0
            """;

        public const string Shown = """
            SELECT DISTINCT rm.memory_id FROM receipt r JOIN receipt_memory rm ON rm.receipt_id = r.id
            WHERE r.session_id = $session_id AND r.id >= $first_id AND r.trigger <> 'search'
            """;
    }
}
