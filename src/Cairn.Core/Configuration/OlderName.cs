namespace Cairn.Core.Configuration;

/// <summary>
/// A documented name of an older system that no setting goes by: it is accepted and changes nothing, and this is why. Names
/// that a setting goes by stand with the setting.
/// </summary>
/// <param name="Name">The variable.</param>
/// <param name="Reason">Why it has no effect here; ends the sentence "no effect because".</param>
public sealed record OlderName(string Name, string Reason)
{
    private const string OwnPrograms = "Cairn's hooks call its own programs where 'cairn install' put them; there is no runner to choose";
    private const string NoLock = "the spool needs no lock: each event is a file of its own, renamed into its place";
    private const string OneSocket = "there is one way to the daemon, and what fails on it goes to the spool";
    private const string Later = "observers that call a model are not part of this version; the built-in one needs none";

    /// <summary>All of them, in the order of codemem's table.</summary>
    public static IReadOnlyList<OlderName> All { get; } =
    [
        new("CODEMEM_RUNNER", OwnPrograms),
        new("CODEMEM_RUNNER_FROM", OwnPrograms),
        new("CODEMEM_VIEWER_HOST", "the daemon's page is on loopback only, on server.port"),
        new("CODEMEM_CLAUDE_HOOK_LOCK_DIR", NoLock),
        new("CODEMEM_CLAUDE_HOOK_LOCK_TTL_S", NoLock),
        new("CODEMEM_CLAUDE_HOOK_LOCK_GRACE_S", NoLock),
        new("CODEMEM_CLAUDE_HOOK_SPOOL_DIR", "the spool lies in the data directory, where the daemon watches it (CAIRN_HOME moves it)"),
        new("CODEMEM_CLAUDE_HOOK_CONTEXT_DIR", "the daemon keeps each session's state in its database"),
        new("CODEMEM_INJECT_HTTP_FALLBACK", OneSocket),
        new("CODEMEM_INJECT_ALLOW_UVX", OwnPrograms),
        new("CODEMEM_CODEX_ENDPOINT", Later),
        new("CODEMEM_USE_OPENCODE_RUN", Later),
        new("CODEMEM_OPENCODE_MODEL", Later),
        new("CODEMEM_OPENCODE_AGENT", Later),
        new("CODEMEM_OBSERVER_MODEL", Later),
        new("CODEMEM_OBSERVER_API_KEY", Later),
        new("CODEMEM_OBSERVER_BASE_URL", Later),
        new("CODEMEM_CLAUDE_COMMAND", Later),
        new("CODEMEM_OBSERVER_RUNTIME", Later),
        new("CODEMEM_OBSERVER_AUTH_SOURCE", Later),
        new("CODEMEM_OBSERVER_AUTH_FILE", Later),
        new("CODEMEM_OBSERVER_AUTH_COMMAND", Later),
        new("CODEMEM_OBSERVER_AUTH_TIMEOUT_MS", Later),
        new("CODEMEM_OBSERVER_AUTH_CACHE_TTL_S", Later),
        new("CODEMEM_OBSERVER_HEADERS", Later),
        new("CODEMEM_OBSERVER_MAX_CHARS", Later),
        new("CODEMEM_RAW_EVENTS_WORKER_MAX_EVENTS", "the built-in observer works on a session as a whole"),
        new("CODEMEM_CLAUDE_HOOK_FLUSH", "the end of a session always has it observed, by the daemon; no hook waits for it"),
        new("CODEMEM_CLAUDE_HOOK_FLUSH_ON_STOP", "the built-in observer works at every stop already, by the daemon; no hook waits for it"),
    ];
}
