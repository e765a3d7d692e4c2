namespace Cairn.Core.Configuration;

/// <summary>
/// The settings of OpenCode's plugin. The plugin itself reads them from the environment until the daemon tells it, with its
/// first answer, what the file says too.
/// </summary>
public static class OpenCodeSettings
{
    /// <summary>Whether the plugin does anything.</summary>
    public static readonly Setting<bool> Ignore = Setting.Switch(
        "opencode.ignore", false, "Whether OpenCode's plugin does nothing at all in this process; read from the environment only.")
        .With(["CODEMEM_PLUGIN_IGNORE"], localOnly: true);

    /// <summary>Whether the plugin sends events.</summary>
    public static readonly Setting<bool> Stream = Setting.Switch(
        "opencode.stream", true, "Whether OpenCode's plugin sends what happens; off, it captures and injects nothing.")
        .With(["CODEMEM_RAW_EVENTS"], localOnly: true);

    /// <summary>Whether the plugin starts the daemon.</summary>
    public static readonly Setting<bool> StartDaemon = Setting.Switch(
        "opencode.start_daemon", true, "Whether OpenCode's plugin starts the daemon when it does not run.")
        .With(["CODEMEM_VIEWER_AUTO"], localOnly: true);

    /// <summary>Whether the plugin stops the daemon.</summary>
    public static readonly Setting<bool> StopDaemon = Setting.Switch(
        "opencode.stop_daemon", true,
        "Whether OpenCode's plugin stops the daemon at its end, when it started it, nothing is left to do and no other session is open.")
        .With(["CODEMEM_VIEWER_AUTO_STOP"], localOnly: true);

    /// <summary>How long the plugin leaves a daemon alone that does not answer.</summary>
    public static readonly Setting<int> Backoff = Setting.WholeNumber(
        "opencode.backoff_ms", 10_000, "How long OpenCode's plugin waits before it tries a daemon again that did not answer, in milliseconds; events wait in its queue.",
        min: 1_000, max: 600_000).With(["CODEMEM_RAW_EVENTS_BACKOFF_MS"]);

    /// <summary>How often the plugin asks whether events are taken.</summary>
    public static readonly Setting<int> StatusCheck = Setting.WholeNumber(
        "opencode.status_check_ms", 30_000, "How often at the most OpenCode's plugin asks the daemon whether it takes events, in milliseconds.",
        min: 1_000, max: 3_600_000).With(["CODEMEM_RAW_EVENTS_STATUS_CHECK_MS"]);

    /// <summary>How many events the plugin sends at once.</summary>
    public static readonly Setting<int> BatchEvents = Setting.WholeNumber(
        "opencode.batch_events", 200, "Most events that OpenCode's plugin hands over at once after they queued up.", min: 1, max: 1_000)
        .With(["CODEMEM_PLUGIN_MAX_EVENTS"]);

    /// <summary>How many events the plugin holds.</summary>
    public static readonly Setting<int> HardMaximum = Setting.WholeNumber(
        "opencode.hard_maximum", 2_000, "Most events that OpenCode's plugin holds in memory; past it the older half goes to the spool.", min: 200, max: 100_000)
        .With(["CODEMEM_RAW_EVENTS_HARD_MAX"]);

    /// <summary>How long a tool of the plugin may run.</summary>
    public static readonly Setting<int> CommandTimeout = Setting.WholeNumber(
        "opencode.command_timeout_ms", 20_000, "Longest time that a command of OpenCode's plugin (its tools) may take, in milliseconds.", min: 500, max: 120_000)
        .With(["CODEMEM_PLUGIN_CMD_TIMEOUT"]);

    /// <summary>The oldest version that will do.</summary>
    public static readonly Setting<string> MinimumVersion = Setting.Words(
        "opencode.minimum_version", "", "Oldest version of Cairn that OpenCode's plugin is content with; an older one is told of once. Empty for no check.")
        .With(["CODEMEM_MIN_VERSION"]);

    /// <summary>What is said about a version that is too old.</summary>
    public static readonly Setting<string> UpdatePolicy = Setting.Choice(
        "opencode.update_policy", "What OpenCode's plugin does about a version that is too old: notify says so, off only logs it; auto says that there is no update channel yet.",
        "notify", "off", "auto").With(["CODEMEM_BACKEND_UPDATE_POLICY"]);

    /// <summary>Whether the plugin logs each step.</summary>
    public static readonly Setting<bool> Debug = Setting.Switch(
        "opencode.debug", false, "Whether OpenCode's plugin logs each of its steps; read from the environment only.")
        .With(["CODEMEM_PLUGIN_DEBUG"], localOnly: true);

    /// <summary>Where the plugin logs to.</summary>
    public static readonly Setting<string> Log = Setting.Words(
        "opencode.log", "", "Log file of OpenCode's plugin; true for logs/opencode.log in the data directory, empty for none; read from the environment only.")
        .With(["CODEMEM_PLUGIN_LOG", "CODEMEM_PLUGIN_LOG_PATH"], localOnly: true);

    /// <summary>All of them in the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Ignore, Stream, StartDaemon, StopDaemon, Backoff, StatusCheck, BatchEvents, HardMaximum, CommandTimeout,
        MinimumVersion, UpdatePolicy, Debug, Log,
    ];
}
