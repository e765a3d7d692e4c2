using Cairn.Core.Configuration;

namespace Cairn.Tests.Configuration;

/// <summary>What the older systems document is accepted here, and does what the reference page says.</summary>
public sealed class OlderNameTests
{
    // The environment table of codemem's plugin reference.
    private const string Documented =
        "CODEMEM_BACKEND_UPDATE_POLICY CODEMEM_CLAUDE_COMMAND CODEMEM_CLAUDE_HOOK_FLUSH " +
        "CODEMEM_CLAUDE_HOOK_FLUSH_ON_STOP CODEMEM_CLAUDE_HOOK_HTTP_CONNECT_TIMEOUT_S " +
        "CODEMEM_CLAUDE_HOOK_HTTP_MAX_TIME_S CODEMEM_CLAUDE_HOOK_LOCK_DIR CODEMEM_CLAUDE_HOOK_LOCK_GRACE_S " +
        "CODEMEM_CLAUDE_HOOK_LOCK_TTL_S CODEMEM_CLAUDE_HOOK_SPOOL_DIR CODEMEM_CODEX_ENDPOINT CODEMEM_INJECT_ALLOW_UVX " +
        "CODEMEM_INJECT_CONTEXT CODEMEM_INJECT_HTTP_CONNECT_TIMEOUT_S CODEMEM_INJECT_HTTP_FALLBACK " +
        "CODEMEM_INJECT_HTTP_MAX_TIME_S CODEMEM_INJECT_LIMIT CODEMEM_INJECT_MAX_CHARS CODEMEM_INJECT_TOKEN_BUDGET " +
        "CODEMEM_MIN_VERSION CODEMEM_OBSERVER_API_KEY CODEMEM_OBSERVER_AUTH_CACHE_TTL_S CODEMEM_OBSERVER_AUTH_COMMAND " +
        "CODEMEM_OBSERVER_AUTH_FILE CODEMEM_OBSERVER_AUTH_SOURCE CODEMEM_OBSERVER_AUTH_TIMEOUT_MS " +
        "CODEMEM_OBSERVER_HEADERS CODEMEM_OBSERVER_MAX_CHARS CODEMEM_OBSERVER_MODEL CODEMEM_OBSERVER_PROVIDER " +
        "CODEMEM_OBSERVER_RUNTIME CODEMEM_OPENCODE_AGENT CODEMEM_OPENCODE_MODEL CODEMEM_PLUGIN_CMD_TIMEOUT " +
        "CODEMEM_PLUGIN_DEBUG CODEMEM_PLUGIN_IGNORE CODEMEM_PLUGIN_LOG CODEMEM_PLUGIN_LOG_PATH " +
        "CODEMEM_RAW_EVENTS_AUTO_FLUSH CODEMEM_RAW_EVENTS_BACKOFF_MS CODEMEM_RAW_EVENTS_DEBOUNCE_MS " +
        "CODEMEM_RAW_EVENTS_HARD_MAX CODEMEM_RAW_EVENTS_RETENTION_MS CODEMEM_RAW_EVENTS_STATUS_CHECK_MS " +
        "CODEMEM_RAW_EVENTS_STUCK_BATCH_MS CODEMEM_RAW_EVENTS_SWEEPER CODEMEM_RAW_EVENTS_SWEEPER_IDLE_MS " +
        "CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_MS CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_S CODEMEM_RAW_EVENTS_SWEEPER_LIMIT " +
        "CODEMEM_RUNNER CODEMEM_RUNNER_FROM CODEMEM_USE_OPENCODE_RUN CODEMEM_VIEWER CODEMEM_VIEWER_AUTO " +
        "CODEMEM_VIEWER_AUTO_STOP CODEMEM_VIEWER_HOST CODEMEM_VIEWER_PORT";

    public static TheoryData<string> Names() => [.. Documented.Split(' ')];

    public static TheoryData<string> Aliases() =>
        [.. Settings.All.Where(setting => setting != Settings.ObserverProvider).SelectMany(setting => setting.Aliases)];

    [Theory, MemberData(nameof(Names))]
    public void Every_documented_variable_is_a_setting_or_says_why_it_is_none(string name)
    {
        var isSetting = Settings.Find(name) is not null;
        var isExplained = OlderName.All.Any(older => older.Name == name);

        Assert.True(isSetting != isExplained, $"{name}: a setting {isSetting}, explained {isExplained}");
    }

    [Theory, MemberData(nameof(Aliases))]
    public void A_mapped_variable_changes_its_setting_in_the_sessions_environment_and_in_the_file(string name)
    {
        var setting = Settings.Find(name)!;
        var (text, expected) = Another(setting, name);

        var environment = new SettingsReader(SettingsFile.Empty, new Dictionary<string, string> { [name] = text });

        Assert.Equal((expected, "environment", name), Of(environment.Locate(setting)));
        Assert.NotEqual(setting.DefaultText, expected);
    }

    [Theory]
    [InlineData("CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_S", "7", 7_000)]
    [InlineData("CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_S", "0", 30_000)]
    [InlineData("CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_MS", "9000", 9_000)]
    [InlineData("CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_MS", "soon", 30_000)]
    public void Seconds_are_taken_as_seconds_and_what_is_out_of_range_as_not_said(string name, string text, int milliseconds) =>
        Assert.Equal(milliseconds, new SettingsReader(SettingsFile.Empty, new Dictionary<string, string> { [name] = text }).Get(Settings.SweeperInterval));

    [Fact]
    public void The_interval_in_milliseconds_outranks_the_one_in_seconds()
    {
        var both = new Dictionary<string, string> { ["CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_S"] = "7", ["CODEMEM_RAW_EVENTS_SWEEPER_INTERVAL_MS"] = "9000" };

        Assert.Equal(9_000, new SettingsReader(SettingsFile.Empty, both).Get(Settings.SweeperInterval));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("TRUE", true)]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("No", false)]
    [InlineData("off", false)]
    public void There_is_one_rule_of_what_is_true(string text, bool expected)
    {
        foreach (var setting in Settings.All.OfType<Setting<bool>>())
        {
            Assert.Equal(expected, setting.Parse(text));
        }
    }

    private static (string, string, string) Of(SettingOrigin origin) => (origin.Text, origin.Source, origin.Name);

    // A value that the setting takes and that is not its default, as it stands under the name and as we write it.
    private static (string Text, string Expected) Another(Setting setting, string name)
    {
        string[] candidates = ["true", "false", "3", "30", "300", "3000", "30000", "another", .. setting.Rule.Replace("one of ", "", StringComparison.Ordinal).Split(", ")];
        return candidates
            .Select(text => (Text: text, Ours: setting.InOurUnit(name, text)))
            .First(value => setting.Problem(value.Ours) is null && !SameValue(setting, value.Ours));
    }

    private static bool SameValue(Setting setting, string text) =>
        text == setting.DefaultText || (setting is Setting<bool> flag && flag.Parse(text) == flag.Default);
}
