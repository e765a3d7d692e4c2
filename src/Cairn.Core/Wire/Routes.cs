namespace Cairn.Core.Wire;

/// <summary>The daemon's addresses, as its own clients call them.</summary>
public static class Routes
{
    /// <summary>POST: one payload of an agent's hook, as the agent wrote it; the answer's body is what the agent is told. <c>{agent}</c> is a name of <see cref="AgentSpec"/>.</summary>
    public const string Hook = "/api/hooks/{agent}";

    /// <summary>POST: one payload of Claude Code's hooks as codemem's client sends it; <see cref="CountsReply"/>, no memories.</summary>
    public const string ClaudeHooks = "/api/claude-hooks";

    /// <summary>POST: raw events as codemem's plugin sends them, one or <c>{events: […]}</c>; <see cref="RawEventsReply"/>, each with what became of it. GET: <see cref="RawEventTotals"/>.</summary>
    public const string RawEvents = "/api/raw-events";

    /// <summary>GET <c>?limit=</c>: <see cref="RawEventStatusReply"/>, the sessions with events that are not observed.</summary>
    public const string RawEventStatus = "/api/raw-events/status";

    /// <summary>GET <c>?limit=</c>: <see cref="QueueReply"/>, the batches that are not completed.</summary>
    public const string Queue = "/api/queue";

    /// <summary>POST <see cref="QueueRequest"/>: tries failed and given-up batches again. <see cref="CountReply"/>.</summary>
    public const string QueueRetry = "/api/queue/retry";

    /// <summary>POST: observes now what waits, quiet or not. <see cref="CountReply"/>.</summary>
    public const string QueueProcess = "/api/queue/process";

    /// <summary>POST <see cref="QueueRequest"/>: ends batches without observing them; <see cref="QueueReply"/> names each.</summary>
    public const string QueueDiscard = "/api/queue/discard";

    /// <summary>POST: applies today's rules of redaction to what is stored. <see cref="ScrubReply"/>.</summary>
    public const string Scrub = "/api/admin/scrub";

    /// <summary>GET: <see cref="PluginReply"/>, what OpenCode's plugin has to know before it sends; 503 while events can't be stored. Takes <see cref="EnvironmentHeader"/>.</summary>
    public const string OpenCodePlugin = "/api/agents/opencode";

    /// <summary>GET: liveness, one word.</summary>
    public const string Health = "/health";

    /// <summary>GET: <see cref="HealthReply"/>.</summary>
    public const string ApiHealth = "/api/health";

    /// <summary>GET: 200 when events are accepted, else 503 with the reason.</summary>
    public const string Readiness = "/api/readiness";

    /// <summary>GET: <see cref="VersionReply"/>.</summary>
    public const string Version = "/api/version";

    /// <summary>GET: <see cref="StatusReply"/>.</summary>
    public const string Status = "/api/status";

    /// <summary>GET <c>?cwd=</c>: <see cref="DoctorReply"/>; looks at the project of that directory too, and runs the database's integrity check.</summary>
    public const string Doctor = "/api/doctor";

    /// <summary>POST: asks the daemon to finish its writes and stop.</summary>
    public const string Shutdown = "/api/admin/shutdown";

    /// <summary>GET <c>?query=&amp;project=&amp;kind=&amp;limit=</c>: <see cref="MemoryListReply"/>, best first.</summary>
    public const string Search = "/api/search";

    /// <summary>GET <c>?project=&amp;kind=&amp;limit=&amp;offset=</c>: <see cref="MemoryListReply"/>, newest first. POST <see cref="RememberRequest"/>: <see cref="MemoryReply"/>.</summary>
    public const string Memories = "/api/memories";

    /// <summary>GET, DELETE: one <see cref="MemoryReply"/> by its number.</summary>
    public const string MemoryById = "/api/memories/{id:long}";

    /// <summary>POST: pins a memory. DELETE: unpins it.</summary>
    public const string MemoryPin = "/api/memories/{id:long}/pin";

    /// <summary>GET <c>?cwd=&amp;prompt=</c>: <see cref="ContextReply"/>, what a session in that directory would be given now; leaves no receipt.</summary>
    public const string ContextPreview = "/api/context/preview";

    /// <summary>GET: <see cref="StatsReply"/>.</summary>
    public const string Stats = "/api/stats";

    /// <summary>GET <c>?limit=</c>: <see cref="SessionListReply"/>, newest first.</summary>
    public const string Sessions = "/api/sessions";

    /// <summary>POST <see cref="BackfillRequest"/>: <see cref="BackfillFindingsReply"/>, the past sessions that the agents' own files tell of; reads and stores nothing.</summary>
    public const string BackfillFindings = "/api/backfill/findings";

    /// <summary>POST <see cref="BackfillRequest"/>: begins to read them. GET: how far that is. DELETE: stops it. Each <see cref="BackfillReply"/>.</summary>
    public const string Backfill = "/api/backfill";

    /// <summary>POST <see cref="PauseRequest"/>: captures nothing more of a session or a project. <see cref="PauseReply"/>.</summary>
    public const string Pause = "/api/pause";

    /// <summary>POST <see cref="PauseRequest"/>: captures it again. <see cref="PauseReply"/>.</summary>
    public const string Resume = "/api/resume";

    /// <summary>Request header of <see cref="Hook"/>: the session's allow-listed variables, percent-encoded like a query string.</summary>
    public const string EnvironmentHeader = "Cairn-Environment";

    /// <summary>Request header of <see cref="Hook"/>: when the hook ran, in milliseconds since 1970.</summary>
    public const string ObservedAtHeader = "Cairn-Observed-At";

    /// <summary>Header of every answer: the daemon's version.</summary>
    public const string VersionHeader = "Cairn-Version";
}
