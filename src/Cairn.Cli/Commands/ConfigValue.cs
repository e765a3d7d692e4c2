using System.Text.Json.Serialization;
using Cairn.Core.Configuration;

namespace Cairn.Cli.Commands;

/// <summary>One setting as <c>cairn config --json</c> prints it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value here and now, as text.</param>
/// <param name="Default">Its value when nothing is configured.</param>
/// <param name="Origin"><c>environment</c>, <c>file</c> or <c>default</c>.</param>
/// <param name="Name">The name that it was found under.</param>
/// <param name="Variable">The environment variable that outranks the file.</param>
/// <param name="Rule">What is allowed.</param>
/// <param name="Help">What it is for.</param>
internal sealed record ConfigValue(
    string Key, string Value, string Default, string Origin, string Name, string Variable, string Rule, string Help)
{
    /// <summary>The setting and where its value was found.</summary>
    public static ConfigValue Of(Setting setting, SettingOrigin located) => new(
        setting.Key, located.Text, setting.DefaultText, located.Source, located.Name, setting.EnvironmentVariable, setting.Rule, setting.Help);
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<ConfigValue>))]
internal sealed partial class ConfigJson : JsonSerializerContext;
