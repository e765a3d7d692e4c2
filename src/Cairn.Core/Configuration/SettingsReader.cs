namespace Cairn.Core.Configuration;

/// <summary>
/// The value of every setting for one session: the session's own environment outranks the file, the file outranks the
/// default. Of two names for one setting the canonical one wins, then the older systems' in the order of the list.
/// </summary>
public sealed class SettingsReader(SettingsFile file, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Nothing configured: every setting has its default.</summary>
    public static SettingsReader Defaults { get; } = new(SettingsFile.Empty, new Dictionary<string, string>());

    /// <summary>The same file, read for another session.</summary>
    /// <param name="sessionEnvironment">The variables that the session's client forwarded.</param>
    public SettingsReader For(IReadOnlyDictionary<string, string> sessionEnvironment) => new(file, sessionEnvironment);

    /// <summary>The value of <paramref name="setting"/>; a configured text that breaks its rule counts as not configured.</summary>
    public T Get<T>(Setting<T> setting) => setting.Parse(Locate(setting).Text);

    /// <summary>The text of <paramref name="setting"/> and where it comes from.</summary>
    public SettingOrigin Locate(Setting setting)
    {
        foreach (var name in setting.Names)
        {
            if (environment.TryGetValue(name, out var text) && text.Length > 0 && setting.InOurUnit(name, text) is var value && setting.Problem(value) is null)
            {
                return new(value, "environment", name);
            }
        }

        foreach (var name in setting.Names)
        {
            if (file.Values.TryGetValue(name, out var text) && setting.InOurUnit(name, text) is var value && setting.Problem(value) is null)
            {
                return new(value, "file", name);
            }
        }

        return new(setting.DefaultText, "default", setting.Key);
    }
}

/// <summary>Where a value came from.</summary>
/// <param name="Text">The value as text.</param>
/// <param name="Source"><c>environment</c>, <c>file</c> or <c>default</c>.</param>
/// <param name="Name">The name that it was found under.</param>
public sealed record SettingOrigin(string Text, string Source, string Name);
