namespace Cairn.Engine.Curate;

/// <summary>Applies today's rules of redaction to what was stored by yesterday's.</summary>
/// <param name="store">What is stored.</param>
/// <param name="redact">Today's rules for text.</param>
/// <param name="redactJson">Today's rules for a JSON object written as text.</param>
public sealed class ScrubStore(IScrubStore store, Func<string, string> redact, Func<string, string> redactJson)
{
    private const int AtOnce = 200;

    /// <summary>Runs over everything, a part at a time, so that events can be taken in meanwhile; then nothing of what was taken out is left in the file.</summary>
    /// <param name="progress">Told how many rows were looked at so far, and how many there are.</param>
    /// <param name="ct">Ends it after the part that it is at; what was scrubbed stays scrubbed.</param>
    public async Task<ScrubOutcome> RunAsync(Action<long, long> progress, CancellationToken ct)
    {
        var (seen, changed) = (0L, 0L);
        var total = await store.CountAsync(ct);
        foreach (var what in Enum.GetValues<ScrubbedRows>())
        {
            var after = 0L;
            while (await store.ScrubAsync(what, after, AtOnce, redact, redactJson, ct) is { Seen: > 0 } part)
            {
                (after, seen, changed) = (part.Last, seen + part.Seen, changed + part.Changed);
                progress(seen, total);
            }
        }

        if (changed > 0)
        {
            await store.CompactAsync(ct);
        }

        return new ScrubOutcome(seen, changed, store.Backups());
    }
}

/// <summary>What holds words.</summary>
public enum ScrubbedRows
{
    /// <summary>Events.</summary>
    Events = 0,

    /// <summary>Memories.</summary>
    Memories,

    /// <summary>Batches, for the text of their failures.</summary>
    Batches,
}

/// <summary>One part of a scrub.</summary>
/// <param name="Seen">Rows looked at; 0 at the end.</param>
/// <param name="Changed">Rows in which something was taken out.</param>
/// <param name="Last">The last row's id; the next part begins after it.</param>
public sealed record ScrubPart(int Seen, int Changed, long Last);

/// <summary>What a scrub did.</summary>
/// <param name="Seen">Rows looked at.</param>
/// <param name="Changed">Rows in which something was taken out.</param>
/// <param name="Backups">Backups that are as they were: they still hold what was taken out.</param>
public sealed record ScrubOutcome(long Seen, long Changed, IReadOnlyList<string> Backups);

/// <summary>What a scrub needs of the store.</summary>
public interface IScrubStore
{
    /// <summary>How many rows there are to look at.</summary>
    Task<long> CountAsync(CancellationToken ct);

    /// <summary>Scrubs the next rows in one transaction.</summary>
    /// <param name="what">Of what.</param>
    /// <param name="after">Only rows with a larger id.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="redact">Rules for text.</param>
    /// <param name="redactJson">Rules for a JSON object written as text.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<ScrubPart> ScrubAsync(
        ScrubbedRows what, long after, int limit, Func<string, string> redact, Func<string, string> redactJson, CancellationToken ct);

    /// <summary>Leaves nothing of deleted words in the file, the index or the log.</summary>
    Task CompactAsync(CancellationToken ct);

    /// <summary>Paths of the backups.</summary>
    IReadOnlyList<string> Backups();
}
