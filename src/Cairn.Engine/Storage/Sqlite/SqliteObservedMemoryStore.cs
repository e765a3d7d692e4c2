using Cairn.Core;
using Cairn.Engine.Observe;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Keeps what observers make of sessions.</summary>
internal sealed class SqliteObservedMemoryStore(SqliteDatabase database, TimeProvider time) : IObservedMemoryStore
{
    public Task<ObservationOutcome> ReplaceAsync(
        long sessionId, string observer, IReadOnlyList<MemoryDraft> drafts, long batchId, CancellationToken ct) =>
        database.WriteAsync(session => Replace(session, sessionId, observer, drafts, batchId), ct);

    private ObservationOutcome Replace(
        SqliteSession session, long sessionId, string observer, IReadOnlyList<MemoryDraft> drafts, long batchId)
    {
        if (session.Execute(Sql.CompleteBatch, ("$id", batchId), ("$now_ms", NowMs)) == 0)
        {
            return new ObservationOutcome.LeaseLost();
        }

        var kept = session.Query(
                Sql.Kept,
                row => new KeptRow(row.GetInt64(0), row.GetString(1), row.GetInt64(2) == 1, row.GetInt64(3) == 1, row.GetInt64(4) == 1,
                    row.GetInt64(5) == 1),
                ("$session_id", sessionId), ("$observer", observer))
            .ToDictionary(row => row.Key, StringComparer.Ordinal);
        var (added, changed, unchanged) = (0, 0, 0);
        foreach (var draft in drafts.DistinctBy(draft => draft.Key))
        {
            if (!kept.Remove(draft.Key, out var row))
            {
                Add(session, sessionId, observer, draft);
                added++;
            }
            else if (row is { Forgotten: false, Edited: false, Settled: false } && Change(session, row.Id, draft))
            {
                changed++;
            }
            else
            {
                unchanged++;
            }
        }

        return new ObservationOutcome.Stored(added, changed, unchanged, RemoveUnlessKept(session, kept.Values));
    }

    private void Add(SqliteSession session, long sessionId, string observer, MemoryDraft draft)
    {
        var content = draft.Content;
        var id = session.Number(
            Sql.Add,
            ("$public_id", MemoryId.New(time).ToString()), ("$session_id", sessionId), ("$observer", observer), ("$key", draft.Key),
            ("$kind", content.Kind), ("$title", content.Title), ("$subtitle", content.Subtitle), ("$narrative", content.Narrative),
            ("$facts", StringArrayJson.Write(content.Facts)), ("$concepts", StringArrayJson.Write(content.Concepts)),
            ("$source", content.Source), ("$confidence", ConfidenceName.Of(content.Confidence)),
            ("$created_at_ms", draft.At.ToUnixTimeMilliseconds()), ("$now_ms", NowMs))
            ?? throw new InvalidOperationException($"There is no session {sessionId}.");
        MemoryParts.Write(session, id, content);
        MemoryParts.WriteEvidence(session, id, content.Evidence);
    }

    private bool Change(SqliteSession session, long id, MemoryDraft draft)
    {
        var before = MemoryRows.Find(session, id)!;
        var sameWords = before.CreatedAt.ToUnixTimeMilliseconds() == draft.At.ToUnixTimeMilliseconds() && SameWords(before.Content, draft.Content);
        var sameEvidence = before.Content.Evidence.SequenceEqual(draft.Content.Evidence.Distinct().Order());
        if (!sameWords)
        {
            var content = draft.Content;
            session.Execute(
                Sql.Change,
                ("$id", id), ("$kind", content.Kind), ("$title", content.Title), ("$subtitle", content.Subtitle),
                ("$narrative", content.Narrative), ("$facts", StringArrayJson.Write(content.Facts)),
                ("$concepts", StringArrayJson.Write(content.Concepts)), ("$source", content.Source),
                ("$confidence", ConfidenceName.Of(content.Confidence)), ("$created_at_ms", draft.At.ToUnixTimeMilliseconds()),
                ("$now_ms", NowMs));
            MemoryParts.Write(session, id, content);
        }

        if (!sameEvidence)
        {
            MemoryParts.WriteEvidence(session, id, draft.Content.Evidence);
        }

        return !sameWords || !sameEvidence;
    }

    private static bool SameWords(MemoryContent one, MemoryContent other) =>
        one.Kind == other.Kind && one.Title == other.Title && one.Subtitle == other.Subtitle && one.Narrative == other.Narrative
        && one.Source == other.Source && one.Confidence == other.Confidence
        && one.Facts.SequenceEqual(other.Facts, StringComparer.Ordinal)
        && one.Concepts.SequenceEqual(other.Concepts, StringComparer.Ordinal)
        && one.FilesRead.SequenceEqual(other.FilesRead.Distinct(StringComparer.Ordinal), StringComparer.Ordinal)
        && one.FilesModified.SequenceEqual(other.FilesModified.Distinct(StringComparer.Ordinal), StringComparer.Ordinal);

    private static int RemoveUnlessKept(SqliteSession session, IEnumerable<KeptRow> rows)
    {
        var removed = 0;
        foreach (var row in rows.Where(row => row is { Pinned: false, Edited: false, Forgotten: false, Settled: false }))
        {
            MemoryParts.Remove(session, row.Id);
            removed += session.Execute(Sql.Remove, ("$id", row.Id));
        }

        return removed;
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A memory of this observer as the last observation or a person left it.</summary>
    private sealed record KeptRow(long Id, string Key, bool Pinned, bool Edited, bool Forgotten, bool Settled);

    internal static class Sql
    {
        public const string CompleteBatch = """
            UPDATE batch SET state = 'completed', lease_until_ms = NULL, updated_at_ms = $now_ms
            WHERE id = $id AND state = 'claimed'
            """;

        public const string Kept = """
            SELECT id, observer_key, pinned, edited_at_ms IS NOT NULL, deleted_at_ms IS NOT NULL, settled_at_ms IS NOT NULL
            FROM memory
            WHERE session_id = $session_id AND observer = $observer AND observer_key IS NOT NULL
            """;

        public const string Add = """
            INSERT INTO memory (public_id, project_id, session_id, observer, observer_key, kind, title, subtitle, narrative,
                facts, concepts, source, confidence, created_at_ms, updated_at_ms)
            SELECT $public_id, project_id, id, $observer, $key, $kind, $title, $subtitle, $narrative,
                $facts, $concepts, $source, $confidence, $created_at_ms, $now_ms
            FROM session WHERE id = $session_id
            RETURNING id
            """;

        public const string Change = """
            UPDATE memory SET kind = $kind, title = $title, subtitle = $subtitle, narrative = $narrative, facts = $facts,
                concepts = $concepts, source = $source, confidence = $confidence, created_at_ms = $created_at_ms,
                updated_at_ms = $now_ms
            WHERE id = $id
            """;

        public const string Remove = "DELETE FROM memory WHERE id = $id";
    }
}
