namespace Cairn.Core.Configuration;

/// <summary>
/// Every setting of the product, once. The environment variable, the key in the file, the default, the help text, the
/// validation, <c>cairn config</c> and docs/reference/settings.md all come from this list.
/// </summary>
public static class Settings
{
    /// <summary>The loopback port that the daemon answers on besides its socket.</summary>
    public static readonly Setting<int> ServerPort = Setting.WholeNumber(
        "server.port", 0,
        "Loopback port of the daemon; 0 is the user's own port, 37700 + user id % 100 (37777 where there is no user id).",
        min: 0, max: 65535).With(["CLAUDE_MEM_WORKER_PORT"], localOnly: true, needsRestart: true);

    /// <summary>A second loopback port with the same addresses.</summary>
    public static readonly Setting<int> SecondPort = Setting.WholeNumber(
        "server.second_port", 0, "A second loopback port with the same addresses, for programs that look for codemem's viewer (38888 there); 0 for none.", min: 0, max: 65535)
        .With(["CODEMEM_VIEWER_PORT"], localOnly: true, needsRestart: true);

    /// <summary>Whether the daemon shows pages.</summary>
    public static readonly Setting<bool> Viewer = Setting.Switch(
        "viewer.enabled", true, "Whether the daemon shows pages to a browser. Off, everything else goes on.")
        .With(["CODEMEM_VIEWER"], localOnly: true);

    /// <summary>Whether anything is captured at all.</summary>
    public static readonly Setting<bool> CaptureEnabled = Setting.Switch(
        "capture.enabled", true, "Whether sessions are captured at all.")
        .With([], localOnly: true);

    /// <summary>Projects of which nothing is stored.</summary>
    public static readonly Setting<IReadOnlyList<string>> ExcludedProjects = Setting.List(
        "capture.excluded_projects",
        "Projects of which nothing is stored: globs on the directory's full path or its name, separated by commas (~, *, ** and ? work).")
        .With(["CLAUDE_MEM_EXCLUDED_PROJECTS"], localOnly: true);

    /// <summary>Tools of which nothing is stored.</summary>
    public static readonly Setting<IReadOnlyList<string>> SkippedTools = Setting.List(
        "capture.skip_tools", "Tools of which nothing is stored, separated by commas; * at the end of a name stands for any rest.")
        .With(["CLAUDE_MEM_SKIP_TOOLS"], localOnly: true);

    /// <summary>How much of one text is kept.</summary>
    public static readonly Setting<int> MaxTextCharacters = Setting.WholeNumber(
        "capture.max_text_characters", 32_768,
        "Longest text kept of one prompt, message, tool input or tool output, in characters; the middle of a longer one is cut out and the cut is marked.",
        min: 1_024, max: 1_048_576);

    /// <summary>The project that a session belongs to, whatever its directory.</summary>
    public static readonly Setting<string> ProjectName = Setting.Words(
        "capture.project", "", "Name of the project that the session belongs to, whatever its directory; empty to go by the directory. Of a path its last part counts.")
        .With(["CODEMEM_PROJECT"]);

    /// <summary>Largest body of raw events.</summary>
    public static readonly Setting<int> MaxBodyBytes = Setting.WholeNumber(
        "capture.max_body_bytes", 1_048_576, "Largest request of raw events that is taken, in bytes.", min: 1_024, max: 67_108_864)
        .With(["CODEMEM_RAW_EVENTS_MAX_BODY_BYTES"]);

    /// <summary>Which observer makes memories.</summary>
    public static readonly Setting<string> ObserverProvider = Setting.Choice(
        "observer.provider", "What turns a session into memories; rules needs no model.", "rules")
        .With(["CLAUDE_MEM_PROVIDER", "CODEMEM_OBSERVER_PROVIDER"]);

    /// <summary>Whether sessions that went quiet are observed.</summary>
    public static readonly Setting<bool> Sweeper = Setting.Switch(
        "observe.sweeper", true, "Whether a session that goes quiet in the middle of a turn is observed all the same.")
        .With(["CODEMEM_RAW_EVENTS_SWEEPER"]);

    /// <summary>How often quiet sessions are looked for.</summary>
    public static readonly Setting<int> SweeperInterval = Setting.WholeNumber(
        "observe.sweeper_interval_ms", 30_000, "How often quiet sessions are looked for, in milliseconds.", min: 1_000, max: 3_600_000)
        .With(["CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_MS"]).InSeconds("CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_S", "raw_events_sweeper_interval_s");

    /// <summary>When a session counts as quiet.</summary>
    public static readonly Setting<int> SweeperIdle = Setting.WholeNumber(
        "observe.sweeper_idle_ms", 120_000, "How long nothing must have come from a session before it counts as quiet, in milliseconds.", min: 0, max: 86_400_000)
        .With(["CODEMEM_RAW_EVENTS_SWEEPER_IDLE_MS"]);

    /// <summary>How many quiet sessions at once.</summary>
    public static readonly Setting<int> SweeperLimit = Setting.WholeNumber(
        "observe.sweeper_limit", 25, "Most quiet sessions that are taken up at once.", min: 1, max: 10_000)
        .With(["CODEMEM_RAW_EVENTS_SWEEPER_LIMIT"]);

    /// <summary>Whether events are observed soon after they came.</summary>
    public static readonly Setting<bool> AutoFlush = Setting.Switch(
        "observe.auto_flush", false, "Whether a session is observed soon after each event (observe.debounce_ms), not only when its turn ends or it goes quiet.")
        .With(["CODEMEM_RAW_EVENTS_AUTO_FLUSH"]);

    /// <summary>How soon after an event.</summary>
    public static readonly Setting<int> Debounce = Setting.WholeNumber(
        "observe.debounce_ms", 60_000, "With observe.auto_flush: how long nothing must have come from a session before it is observed, in milliseconds.", min: 0, max: 86_400_000)
        .With(["CODEMEM_RAW_EVENTS_DEBOUNCE_MS"]);

    /// <summary>How long a batch may be worked on.</summary>
    public static readonly Setting<int> StuckBatch = Setting.WholeNumber(
        "observe.stuck_batch_ms", 300_000, "How long an observer may work on one batch before it is given to another try, in milliseconds.", min: 1_000, max: 86_400_000)
        .With(["CODEMEM_RAW_EVENTS_STUCK_BATCH_MS"]);

    /// <summary>How often a batch is tried.</summary>
    public static readonly Setting<int> MaxAttempts = Setting.WholeNumber(
        "observe.max_attempts", 5, "How often a batch is tried before it is given up; 'cairn queue retry' tries again.", min: 1, max: 100)
        .With(["CODEMEM_RAW_EVENTS_MAX_FLUSH_ATTEMPTS"]);

    /// <summary>How long observed events are kept.</summary>
    public static readonly Setting<long> Retention = Setting.LargeNumber(
        "observe.retention_ms", 0, "Age past which the events of finished, observed sessions are deleted, in milliseconds; 0 keeps them. Memories stay.", min: 0, max: 3_153_600_000_000)
        .With(["CODEMEM_RAW_EVENTS_RETENTION_MS"]);

    /// <summary>Whether anything is injected at all.</summary>
    public static readonly Setting<bool> RecallEnabled = Setting.Switch(
        "recall.enabled", true, "Whether memories are put in front of the agent at all.")
        .With(["CODEMEM_INJECT_CONTEXT"]);

    /// <summary>Whether a session starts with a card of memories.</summary>
    public static readonly Setting<bool> RecallAtStart = Setting.Switch(
        "recall.session_start", true, "Whether a session starts with a small card of memories.");

    /// <summary>Whether prompts are answered with memories.</summary>
    public static readonly Setting<bool> RecallForPrompt = Setting.Switch(
        "recall.prompt", true, "Whether a prompt brings the memories that match it well.")
        .With(["CLAUDE_MEM_SEMANTIC_INJECT"]);

    /// <summary>Budget of the card at session start.</summary>
    public static readonly Setting<int> StartTokenBudget = Setting.WholeNumber(
        "recall.start_token_budget", 800, "Most tokens of the card at session start, headings included.", min: 100, max: 2_400);

    /// <summary>Budget of what a prompt brings.</summary>
    public static readonly Setting<int> PromptTokenBudget = Setting.WholeNumber(
        "recall.prompt_token_budget", 800, "Most tokens of what one prompt brings, headings included.", min: 100, max: 2_400)
        .With(["CODEMEM_INJECT_TOKEN_BUDGET"]);

    /// <summary>Number of memories that a prompt brings.</summary>
    public static readonly Setting<int> PromptLimit = Setting.WholeNumber(
        "recall.prompt_limit", 8, "Most memories that one prompt brings.", min: 1, max: 20)
        .With(["CODEMEM_INJECT_LIMIT"]);

    /// <summary>Most characters of one injection.</summary>
    public static readonly Setting<int> MaxCharacters = Setting.WholeNumber(
        "recall.max_characters", 16_000, "Most characters put in front of the agent at once; the agent's own limit counts where it is smaller.", min: 500, max: 1_000_000)
        .With(["CODEMEM_INJECT_MAX_CHARS"]);

    /// <summary>How long a hook waits for the daemon's answer.</summary>
    public static readonly Setting<int> HookTimeout = Setting.WholeNumber(
        "hook.timeout_ms", 1_000,
        "Longest time that a hook waits for the daemon, in milliseconds; past it the event goes to the spool and the agent goes on.",
        min: 50, max: 10_000).With([], localOnly: true)
        .InSeconds("CODEMEM_CLAUDE_HOOK_HTTP_MAX_TIME_S", "CODEMEM_INJECT_HTTP_MAX_TIME_S");

    /// <summary>How long a hook waits until the daemon takes its connection.</summary>
    public static readonly Setting<int> HookConnectTimeout = Setting.WholeNumber(
        "hook.connect_timeout_ms", 1_000,
        "Longest time that a hook waits for the daemon to take its connection, in milliseconds; counts within hook.timeout_ms.",
        min: 10, max: 10_000).With([], localOnly: true)
        .InSeconds("CODEMEM_CLAUDE_HOOK_HTTP_CONNECT_TIMEOUT_S", "CODEMEM_INJECT_HTTP_CONNECT_TIMEOUT_S");

    /// <summary>How long the hook at session start waits for a daemon that it had to start.</summary>
    public static readonly Setting<int> HookStartWait = Setting.WholeNumber(
        "hook.start_wait_ms", 700,
        "Longest time that the hook at session start waits for a daemon that it had to start, in milliseconds; other hooks do not wait.",
        min: 0, max: 10_000).With([], localOnly: true);

    /// <summary>How much is logged.</summary>
    public static readonly Setting<string> LogLevel = Setting.Choice(
        "log.level", "How much the daemon logs.", "information", "debug", "warning", "error")
        .With(["CLAUDE_MEM_LOG_LEVEL"], needsRestart: true);

    /// <summary>How large the log may grow.</summary>
    public static readonly Setting<int> LogMegabytes = Setting.WholeNumber(
        "log.max_megabytes", 10, "Largest size of all log files together, in megabytes; the oldest go first.", min: 1, max: 1_000)
        .With([], needsRestart: true);

    /// <summary>All settings in the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        ServerPort, SecondPort, Viewer,
        CaptureEnabled, ExcludedProjects, SkippedTools, MaxTextCharacters, ProjectName, MaxBodyBytes,
        ObserverProvider,
        Sweeper, SweeperInterval, SweeperIdle, SweeperLimit, AutoFlush, Debounce, StuckBatch, MaxAttempts, Retention,
        RecallEnabled, RecallAtStart, RecallForPrompt, StartTokenBudget, PromptTokenBudget, PromptLimit, MaxCharacters,
        HookTimeout, HookConnectTimeout, HookStartWait,
        LogLevel, LogMegabytes,
        .. OpenCodeSettings.All,
    ];

    /// <summary>Finds a setting by its key, its environment variable or an older system's name, in any case; null when there is none.</summary>
    public static Setting? Find(string name) =>
        All.FirstOrDefault(setting => setting.Names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase));
}
