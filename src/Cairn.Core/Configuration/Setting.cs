using System.Globalization;

namespace Cairn.Core.Configuration;

/// <summary>What every setting has, whatever the type of its value.</summary>
public abstract class Setting
{
    private protected Setting(string key, string help, string rule) => (Key, Help, Rule) = (key, help, rule);

    /// <summary>Dotted lowercase key as written in the settings file, e.g. <c>recall.start_token_budget</c>.</summary>
    public string Key { get; }

    /// <summary>One sentence shown by <c>cairn config</c> and in the reference page; states the unit.</summary>
    public string Help { get; }

    /// <summary>What is allowed, fit to follow the words "must be", e.g. <c>a whole number from 1 to 64</c>.</summary>
    public string Rule { get; }

    /// <summary>Names that the older systems give to the same setting; accepted in the environment and in the file.</summary>
    public IReadOnlyList<string> Aliases { get; private protected set; } = [];

    /// <summary>Names among <see cref="Aliases"/> whose value is in seconds where ours is in milliseconds.</summary>
    public IReadOnlyList<string> AliasesInSeconds { get; private protected set; } = [];

    /// <summary>True when it names a command, a path, a host, a port, or what is captured: never written over HTTP.</summary>
    public bool LocalOnly { get; private protected set; }

    /// <summary>True when a changed value is read at the next start of the daemon only.</summary>
    public bool NeedsRestart { get; private protected set; }

    /// <summary>The environment variable that outranks the file, e.g. <c>CAIRN_RECALL_START_TOKEN_BUDGET</c>.</summary>
    public string EnvironmentVariable => "CAIRN_" + Key.Replace('.', '_').ToUpperInvariant();

    /// <summary>Every name that it goes by, the canonical ones first.</summary>
    public IEnumerable<string> Names => [Key, EnvironmentVariable, .. Aliases];

    /// <summary>The default as a user would write it.</summary>
    public abstract string DefaultText { get; }

    /// <summary>A value as we write it, whatever name it was given under.</summary>
    /// <param name="name">The name that it stands under.</param>
    /// <param name="text">The value there.</param>
    public string InOurUnit(string name, string text) =>
        AliasesInSeconds.Contains(name)
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1_000_000_000
            ? ((long)(seconds * 1_000)).ToString(CultureInfo.InvariantCulture)
            : text;

    /// <summary>Returns why <paramref name="text"/> is not acceptable, or null when it is.</summary>
    public string? Problem(string text) => Accepts(text) ? null : $"{Key} must be {Rule}.";

    private protected abstract bool Accepts(string text);

    /// <summary>Declares a whole number between <paramref name="min"/> and <paramref name="max"/> inclusive.</summary>
    public static Setting<int> WholeNumber(string key, int defaultValue, string help, int min, int max) =>
        new(key, help, $"a whole number from {min} to {max}", defaultValue.ToString(CultureInfo.InvariantCulture), text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
                ? (true, value)
                : (false, defaultValue));

    /// <summary>Declares a whole number that may not fit 32 bits.</summary>
    public static Setting<long> LargeNumber(string key, long defaultValue, string help, long min, long max) =>
        new(key, help, $"a whole number from {min} to {max}", defaultValue.ToString(CultureInfo.InvariantCulture), text =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
                ? (true, value)
                : (false, defaultValue));

    /// <summary>Declares a text of one line.</summary>
    public static Setting<string> Words(string key, string defaultValue, string help) =>
        new(key, help, "one line of at most 1,000 characters", defaultValue, text =>
            text.Length <= 1_000 && !text.AsSpan().ContainsAny('\n', '\r', '\0') ? (true, text.Trim()) : (false, defaultValue));

    /// <summary>Declares a switch; written <c>true</c> or <c>false</c>, and accepted as 1, 0, yes, no, on, off in any case.</summary>
    public static Setting<bool> Switch(string key, bool defaultValue, string help) =>
        new(key, help, "true or false (also 1, 0, yes, no, on, off)", defaultValue ? "true" : "false", text =>
            text.Trim().ToLowerInvariant() switch
            {
                "1" or "true" or "yes" or "on" => (true, true),
                "0" or "false" or "no" or "off" => (true, false),
                _ => (false, defaultValue),
            });

    /// <summary>Declares a choice among a few words; the first is the default.</summary>
    public static Setting<string> Choice(string key, string help, params IReadOnlyList<string> choices) =>
        new(key, help, "one of " + string.Join(", ", choices), choices[0], text =>
            choices.FirstOrDefault(choice => string.Equals(choice, text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } found
                ? (true, found)
                : (false, choices[0]));

    /// <summary>Declares a list of words separated by commas; empty by default.</summary>
    public static Setting<IReadOnlyList<string>> List(string key, string help) =>
        new(key, help, "a list separated by commas", "", text =>
            (true, text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
}

/// <summary>One setting with its typed value.</summary>
public sealed class Setting<T> : Setting
{
    private readonly Func<string, (bool Accepted, T Value)> _parse;

    internal Setting(string key, string help, string rule, string defaultText, Func<string, (bool Accepted, T Value)> parse)
        : base(key, help, rule) => (DefaultText, _parse) = (defaultText, parse);

    /// <summary>The value when nothing is configured.</summary>
    public T Default => _parse(DefaultText).Value;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    /// <summary>Reads <paramref name="text"/>; what is not acceptable gives the default.</summary>
    public T Parse(string text) => _parse(text) is (true, var value) ? value : Default;

    internal Setting<T> With(IReadOnlyList<string> aliases, bool localOnly = false, bool needsRestart = false)
    {
        (Aliases, LocalOnly, NeedsRestart) = (aliases, localOnly, needsRestart);
        return this;
    }

    internal Setting<T> InSeconds(params IReadOnlyList<string> aliases)
    {
        (Aliases, AliasesInSeconds) = ([.. Aliases, .. aliases], aliases);
        return this;
    }

    private protected override bool Accepts(string text) => _parse(text).Accepted;
}
