namespace Cairn.Core.Wire;

/// <summary>Every refusal: what was wrong and what is allowed, in words fit to show.</summary>
/// <param name="Error">Short name of the failure, the same as <paramref name="Code"/> in words.</param>
/// <param name="Message">What was wrong and what to do.</param>
/// <param name="Code">Stable name for programs, e.g. <c>not_found</c>, <c>invalid_request</c>, <c>not_ready</c>, <c>forbidden</c>.</param>
/// <param name="Details">More of it, line by line.</param>
public sealed record ErrorReply(string Error, string Message, string Code, IReadOnlyList<string> Details);

/// <summary>Whether the daemon is well.</summary>
/// <param name="Status"><c>ok</c>, or <c>degraded</c> when it runs but cannot store.</param>
/// <param name="Port">The loopback port that it answers on.</param>
/// <param name="WantedPort">The port that it should answer on; differs where that was taken.</param>
/// <param name="Version">Its version.</param>
/// <param name="UptimeMs">Milliseconds since it started.</param>
/// <param name="Problems">What is wrong, in sentences fit to show; empty when it is well.</param>
public sealed record HealthReply(string Status, int Port, int WantedPort, string Version, long UptimeMs, IReadOnlyList<string> Problems);

/// <summary>Which daemon answers.</summary>
/// <param name="Name">Always <c>cairn-daemon</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Protocol">Version of the words that clients and daemon exchange.</param>
public sealed record VersionReply(string Name, string Version, int Protocol);

/// <summary>What <c>cairn status</c> shows.</summary>
/// <param name="Health">Whether the daemon is well.</param>
/// <param name="Pid">Its process.</param>
/// <param name="Socket">Its Unix socket.</param>
/// <param name="Home">Its data directory.</param>
/// <param name="Database">Its database file.</param>
/// <param name="DatabaseBytes">Size of the database with its log.</param>
/// <param name="MemoryBytes">Resident memory of the process.</param>
/// <param name="Stats">Counts of what is stored.</param>
/// <param name="Waiting">Batches of events that wait for an observer.</param>
/// <param name="Spooled">Events in the spool that are not yet taken in.</param>
/// <param name="Quarantined">Inputs that could not be understood.</param>
public sealed record StatusReply(
    HealthReply Health, int Pid, string Socket, string Home, string Database, long DatabaseBytes, long MemoryBytes,
    StatsReply Stats, long Waiting, int Spooled, int Quarantined);

/// <summary>Counts of what is stored.</summary>
/// <param name="Projects">Projects with at least one session or memory.</param>
/// <param name="Sessions">Sessions that people started.</param>
/// <param name="Prompts">Prompts that people gave.</param>
/// <param name="Events">Events of all sessions.</param>
/// <param name="Memories">Memories that can be recalled.</param>
/// <param name="Receipts">Recalls that showed something.</param>
/// <param name="InjectedTokens">Tokens that they put in front of agents, estimated.</param>
/// <param name="ByKind">Memories by kind, most first.</param>
/// <param name="ByProject">Memories by project, most first.</param>
public sealed record StatsReply(
    long Projects, long Sessions, long Prompts, long Events, long Memories, long Receipts, long InjectedTokens,
    IReadOnlyList<CountReply> ByKind, IReadOnlyList<CountReply> ByProject);

/// <summary>A name and how many there are of it.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Count">How many.</param>
public sealed record CountReply(string Name, long Count);

/// <summary>What the daemon's own examination found.</summary>
/// <param name="Checks">Each thing that was looked at.</param>
public sealed record DoctorReply(IReadOnlyList<CheckReply> Checks);

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What it is, e.g. <c>database</c>.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> or <c>failed</c>.</param>
/// <param name="Message">What was found.</param>
/// <param name="Advice">What to do about it; empty when it is well.</param>
public sealed record CheckReply(string Name, string State, string Message, string Advice);

/// <summary>One memory.</summary>
/// <param name="Id">Its number: how people and agents name it.</param>
/// <param name="PublicId">The id that stays the same over export and import.</param>
/// <param name="Kind">What kind of memory it is.</param>
/// <param name="Title">Tells what happened.</param>
/// <param name="Subtitle">The request or plan behind it; may be empty.</param>
/// <param name="Narrative">Two to five sentences; may be empty.</param>
/// <param name="Facts">Short statements.</param>
/// <param name="Concepts">Labels.</param>
/// <param name="FilesRead">Files read, relative to the project.</param>
/// <param name="FilesModified">Files changed, relative to the project.</param>
/// <param name="Project">Label of its project.</param>
/// <param name="SessionId">Number of the session that it came from; null for a note.</param>
/// <param name="Source">Where its title came from.</param>
/// <param name="Confidence"><c>low</c>, <c>medium</c> or <c>high</c>.</param>
/// <param name="Pinned">True when a person asked to keep it in view.</param>
/// <param name="CreatedAtMs">When the thing happened, in milliseconds since 1970.</param>
/// <param name="Evidence">Numbers of the events that it rests on.</param>
/// <param name="Score">How well it matches the query, 0 to 1; 0 in lists that no query made.</param>
/// <param name="Snippet">The words around the match, the matching ones between U+0002 and U+0003; empty in lists that no query made.</param>
public sealed record MemoryReply(
    long Id, string PublicId, string Kind, string Title, string Subtitle, string Narrative, IReadOnlyList<string> Facts,
    IReadOnlyList<string> Concepts, IReadOnlyList<string> FilesRead, IReadOnlyList<string> FilesModified, string Project,
    long? SessionId, string Source, string Confidence, bool Pinned, long CreatedAtMs, IReadOnlyList<long> Evidence,
    double Score = 0, string Snippet = "");

/// <summary>A page of memories.</summary>
/// <param name="Items">The memories of this page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Offset">How many come before this page.</param>
/// <param name="Limit">The most that a page holds.</param>
/// <param name="HasMore">True when another page follows.</param>
public sealed record MemoryListReply(IReadOnlyList<MemoryReply> Items, long Total, int Offset, int Limit, bool HasMore);

/// <summary>A note to keep.</summary>
/// <param name="Text">What to remember: the first line is the title, the rest the narrative.</param>
/// <param name="Cwd">Directory whose project it belongs to; absolute.</param>
/// <param name="Kind">A kind of memory; <c>note</c> when null.</param>
/// <param name="Pin">True to keep it in view at every session start.</param>
public sealed record RememberRequest(string Text, string Cwd, string? Kind, bool Pin);

/// <summary>What a session would be given.</summary>
/// <param name="AtStart">The card at session start; empty when there is nothing to say.</param>
/// <param name="ForPrompt">What the prompt brings; empty when nothing matches well or no prompt was given.</param>
/// <param name="Person">The line that the person sees; empty when there is none.</param>
/// <param name="Tokens">Tokens of both, estimated.</param>
/// <param name="Why">Why it is what it is, line by line.</param>
public sealed record ContextReply(string AtStart, string ForPrompt, string Person, int Tokens, IReadOnlyList<string> Why);

/// <summary>One session.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Agent">Name of the agent.</param>
/// <param name="AgentSessionId">The agent's own id.</param>
/// <param name="Project">Label of its project.</param>
/// <param name="Cwd">The directory that it was started in.</param>
/// <param name="StartedAtMs">When it started, in milliseconds since 1970.</param>
/// <param name="LastEventAtMs">When its last event happened.</param>
/// <param name="EndedAtMs">When it ended; null while it is open.</param>
/// <param name="Prompts">Prompts that people gave.</param>
/// <param name="Events">Events that are stored of it.</param>
/// <param name="Memories">Memories that it left.</param>
public sealed record SessionReply(
    long Id, string Agent, string AgentSessionId, string Project, string Cwd, long StartedAtMs, long LastEventAtMs,
    long? EndedAtMs, int Prompts, int Events, int Memories);

/// <summary>Sessions, newest first.</summary>
/// <param name="Items">The sessions.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record SessionListReply(IReadOnlyList<SessionReply> Items, long Total);

/// <summary>What not to capture, or to capture again.</summary>
/// <param name="Scope"><c>session</c> or <c>project</c>.</param>
/// <param name="AgentSessionId">The agent's own session id; for the scope <c>session</c>.</param>
/// <param name="Cwd">A directory of the project; for the scope <c>project</c>, and for <c>session</c> without an id the project whose newest open session is meant.</param>
public sealed record PauseRequest(string Scope, string? AgentSessionId, string? Cwd);

/// <summary>What is paused now.</summary>
/// <param name="Changed">False when it was so already.</param>
/// <param name="Subject">The session or project that was meant, in words fit to show.</param>
public sealed record PauseReply(bool Changed, string Subject);
