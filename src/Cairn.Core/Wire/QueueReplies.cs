using System.Text.Json.Serialization;

namespace Cairn.Core.Wire;

/// <summary>What became of one payload, as codemem's clients read it.</summary>
/// <param name="Inserted">1 when it was stored now, 0 when it was there already or is not kept.</param>
/// <param name="Skipped">1 when there is nothing in it to keep.</param>
public sealed record CountsReply(int Inserted, int Skipped);

/// <summary>What became of raw events.</summary>
/// <param name="Inserted">Stored now.</param>
/// <param name="Received">Sent.</param>
/// <param name="Skipped">Nothing in them to keep.</param>
/// <param name="Invalid">Against the contract, and not stored; the others are.</param>
/// <param name="Items">Each of them, in the order in which they were sent.</param>
public sealed record RawEventsReply(int Inserted, int Received, int Skipped, int Invalid, IReadOnlyList<RawEventReply> Items);

/// <summary>What became of one raw event.</summary>
/// <param name="EventId">The sender's id; null where it gave none.</param>
/// <param name="Status"><c>inserted</c>, <c>duplicate</c>, <c>skipped</c> or <c>invalid</c>.</param>
/// <param name="Reason">Why it was skipped or is invalid; empty otherwise.</param>
public sealed record RawEventReply(string? EventId, string Status, string Reason);

/// <summary>How much waits.</summary>
/// <param name="Sessions">Sessions with events that are not observed.</param>
/// <param name="Pending">Such events.</param>
public sealed record RawEventTotals(int Sessions, int Pending);

/// <summary>The sessions with events that are not observed, newest first.</summary>
/// <param name="Items">Each.</param>
/// <param name="Totals">How many there are beyond the limit too.</param>
/// <param name="Ingest">Whether events are taken.</param>
public sealed record RawEventStatusReply(IReadOnlyList<RawEventSessionReply> Items, RawEventTotals Totals, RawEventIngestReply Ingest);

/// <summary>Whether events are taken.</summary>
/// <param name="Available">False while the database cannot be used.</param>
/// <param name="Mode">Always <c>stream_queue</c>.</param>
/// <param name="MaxBodyBytes">Largest request.</param>
public sealed record RawEventIngestReply(bool Available, string Mode, int MaxBodyBytes);

/// <summary>One session with events that are not observed. Events are numbered from 0 in each session.</summary>
/// <param name="OpencodeSessionId">The agent's id of the session; so are the two names after it.</param>
/// <param name="Source"><c>claude</c>, <c>opencode</c>, or the agent's name.</param>
/// <param name="StreamId">The same.</param>
/// <param name="SessionStreamId">The same.</param>
/// <param name="SessionId">The same.</param>
/// <param name="Project">Label of its project.</param>
/// <param name="Cwd">Its directory.</param>
/// <param name="StartedAt">When it started, ISO 8601, UTC.</param>
/// <param name="LastSeenTsWallMs">When its last event happened, milliseconds since 1970.</param>
/// <param name="LastFlushedEventSeq">Number of the last event that was observed; -1 for none.</param>
/// <param name="MaxSeq">Number of its last event.</param>
/// <param name="Pending">Events that are not observed.</param>
/// <param name="Batches">Batches in the older words: started, running, error, completed.</param>
/// <param name="Queue">Batches in the newer words: pending, claimed, failed, done; and gave_up, which also counts as failed.</param>
public sealed record RawEventSessionReply(
    string OpencodeSessionId, string Source, string StreamId, string SessionStreamId, string SessionId, string Project, string Cwd,
    string StartedAt, long LastSeenTsWallMs, int LastFlushedEventSeq, int MaxSeq, int Pending,
    IReadOnlyDictionary<string, int> Batches, IReadOnlyDictionary<string, int> Queue);

/// <summary>A refusal in the older system's words, and in ours.</summary>
/// <param name="Error">The documented text, e.g. <c>session id required</c>.</param>
/// <param name="Message">The same as a sentence.</param>
/// <param name="Code">Stable name for programs.</param>
/// <param name="Details">More of it.</param>
/// <param name="MaxBytes">Largest request, where this one was larger.</param>
public sealed record RawEventErrorReply(
    string Error, string Message, string Code, IReadOnlyList<string> Details,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MaxBytes);

/// <summary>Batches that are not completed.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="Events">Events that are not observed, those of no batch too.</param>
public sealed record QueueReply(IReadOnlyList<QueuedBatchReply> Items, int Events);

/// <summary>One batch.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Agent">The agent.</param>
/// <param name="SessionId">The agent's id of the session.</param>
/// <param name="Project">Label of its project.</param>
/// <param name="Observer">Who works on it.</param>
/// <param name="State"><c>pending</c>, <c>claimed</c>, <c>failed</c> or <c>gave_up</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Events">Events in it.</param>
/// <param name="DueAtMs">When it is due, milliseconds since 1970.</param>
/// <param name="Error">Its last failure, redacted; null when it never failed.</param>
public sealed record QueuedBatchReply(
    long Id, string Agent, string SessionId, string Project, string Observer, string State, int Attempts, int Events, long DueAtMs, string? Error);

/// <summary>Which batches.</summary>
/// <param name="Id">One by its number; null for no such limit.</param>
/// <param name="SessionId">Those of one session, by the agent's id; null for no such limit.</param>
/// <param name="Source">The agent or the older system's name of it; null for any.</param>
/// <param name="Limit">Most of them, 1 to 10,000.</param>
public sealed record QueueRequest(long? Id, string? SessionId, string? Source, int Limit);

/// <summary>What a scrub did.</summary>
/// <param name="Seen">Rows looked at.</param>
/// <param name="Changed">Rows in which something was taken out.</param>
/// <param name="Backups">Backups that are as they were.</param>
public sealed record ScrubReply(long Seen, long Changed, IReadOnlyList<string> Backups);
