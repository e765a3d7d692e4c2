using System.Collections.Concurrent;
using Cairn.Core;
using Cairn.Engine.Recall;
using Cairn.Engine.Text;
using Microsoft.Data.Sqlite;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Finds memories by their words and by their project.</summary>
internal sealed class SqliteRecallStore(SqliteDatabase database) : IRecallStore
{
    // Counting stops here: a term of so many memories is a common one, however many hold it.
    private const int CommonAt = 3_000;

    // Ranking reads every memory that holds any of the terms, about a microsecond each: their sum is what a query costs.
    private const int MostRanked = 6_000;

    private const int MostCounted = 10_000;
    private const int SummariesRead = 3;
    private const int PinnedRead = 20;

    // Common terms stay common, and counting them again and again is what costs; small enough never to matter.
    private const int MostCommonKept = 5_000;
    private readonly ConcurrentDictionary<string, bool> _common = new(StringComparer.Ordinal);

    public Task<RecallMatches> MatchAsync(MatchRequest request, CancellationToken ct) =>
        database.ReadAsync(session => Match(session, request), ct);

    public Task<IReadOnlyList<Memory>> ReadAsync(IReadOnlyList<long> ids, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<Memory>>(
            session => [.. ids.Select(id => MemoryRows.Find(session, id)).OfType<Memory>()],
            ct);

    public Task<ProjectMemories?> ReadProjectAsync(long projectId, int limit, CancellationToken ct) =>
        database.ReadAsync(
            session =>
            {
                var label = session.Query(Sql.Label, row => row.GetString(0), ("$project_id", projectId));
                return label is not [var name]
                    ? null
                    : new ProjectMemories(
                        name,
                        session.Number(Sql.CountOfProject, ("$project_id", projectId), ("$limit", MostCounted)) ?? 0,
                        List(session, Sql.Summaries, projectId, SummariesRead),
                        List(session, Sql.Pinned, projectId, PinnedRead),
                        List(session, Sql.Recent, projectId, limit));
            },
            ct);

    private static IReadOnlyList<Memory> List(SqliteSession session, string sql, long projectId, int limit) =>
        [.. session.Query(sql, MemoryRows.Read, ("$project_id", projectId), ("$limit", limit)).Select(row => MemoryRows.Complete(session, row))];

    private RecallMatches Match(SqliteSession session, MatchRequest request)
    {
        var counted = request.Terms
            .Select(term => (Term: term, Count: Frequency(session, FtsExpression.Of(term))))
            .OrderBy(term => term.Count)
            .ToList();
        var frequencies = counted.GroupBy(term => term.Term.Text, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(term => term.Count), StringComparer.Ordinal);
        var known = counted.Where(term => term.Count > 0).ToList();
        var rare = Affordable(known);
        IReadOnlyList<RecallMatch> items = rare.Count > 0
            ? Search(session, Sql.Ranked, FtsExpression.Any(rare), request)
            : known.Count > 0
                // Nothing but common words: of the memories that hold them all the newest.
                ? Search(session, Sql.Newest, FtsExpression.All(known.Select(term => term.Term)), request)
                : [];
        return new RecallMatches(items, frequencies, session.Number(Sql.Made) ?? 0);
    }

    private static List<SearchTerm> Affordable(IEnumerable<(SearchTerm Term, long Count)> rarestFirst)
    {
        var chosen = new List<SearchTerm>();
        var sum = 0L;
        foreach (var (term, count) in rarestFirst)
        {
            sum += count;
            if (count >= CommonAt || sum > MostRanked)
            {
                break;
            }

            chosen.Add(term);
        }

        return chosen;
    }

    private long Frequency(SqliteSession session, string expression)
    {
        if (_common.ContainsKey(expression))
        {
            return CommonAt;
        }

        var count = session.Number(Sql.Frequency, ("$expression", expression), ("$limit", CommonAt)) ?? 0;
        if (count == CommonAt && _common.Count < MostCommonKept)
        {
            _common[expression] = true;
        }

        return count;
    }

    private static IReadOnlyList<RecallMatch> Search(SqliteSession session, string sql, string expression, MatchRequest request) =>
        session.Query(
            sql, ReadMatch,
            ("$expression", expression), ("$project_id", request.ProjectId), ("$kind", request.Kind), ("$limit", request.Limit));

    private static RecallMatch ReadMatch(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Relevance = -row.GetDouble(1),
        Kind = row.GetString(2),
        Title = row.GetString(3),
        Confidence = ConfidenceName.Parse(row.GetString(4)),
        Pinned = row.GetInt64(5) == 1,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
    };

    internal static class Sql
    {
        // Not a statement. FTS5 hands its rows out in the order that is asked for, so the limit ends the reading.
        private const string Matching = """
            m.kind, m.title, m.confidence, m.pinned, m.created_at_ms
            FROM memory_fts CROSS JOIN memory m ON m.id = memory_fts.rowid
            WHERE memory_fts MATCH $expression AND m.deleted_at_ms IS NULL AND m.superseded_by IS NULL
                AND ($project_id IS NULL OR m.project_id = $project_id) AND ($kind IS NULL OR m.kind = $kind)

            """;

        public const string Ranked = "SELECT m.id, memory_fts.rank, " + Matching + "ORDER BY memory_fts.rank LIMIT $limit";

        // To rank one of them FTS5 would count all that hold the words; they hold the same common ones, so all are worth the same.
        public const string Newest = "SELECT m.id, -1.0, " + Matching + "ORDER BY memory_fts.rowid DESC LIMIT $limit";

        public const string Frequency = """
            SELECT count(*) FROM (SELECT 1 FROM memory_fts WHERE memory_fts MATCH $expression LIMIT $limit)
            """;

        public const string Made = "SELECT max(id) FROM memory";

        public const string Label = "SELECT label FROM project WHERE id = $project_id";

        public const string CountOfProject = """
            SELECT count(*) FROM (SELECT 1 FROM memory WHERE project_id = $project_id AND deleted_at_ms IS NULL LIMIT $limit)
            """;

        public const string Summaries = MemoryRows.Sql.Columns + """
            WHERE m.project_id = $project_id AND m.kind = 'session_summary' AND m.deleted_at_ms IS NULL AND m.superseded_by IS NULL
            ORDER BY m.created_at_ms DESC LIMIT $limit
            """;

        public const string Pinned = MemoryRows.Sql.Columns + """
            WHERE m.project_id = $project_id AND m.pinned = 1 AND m.deleted_at_ms IS NULL AND m.superseded_by IS NULL
            ORDER BY m.created_at_ms DESC, m.id DESC LIMIT $limit
            """;

        public const string Recent = MemoryRows.Sql.Columns + """
            WHERE m.project_id = $project_id AND m.deleted_at_ms IS NULL AND m.superseded_by IS NULL
                AND m.kind <> 'session_summary' AND m.confidence <> 'low'
            ORDER BY m.created_at_ms DESC, m.id DESC LIMIT $limit
            """;
    }
}
