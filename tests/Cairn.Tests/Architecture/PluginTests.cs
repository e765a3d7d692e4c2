using System.Text.RegularExpressions;
using Cairn.Core.Configuration;
using Cairn.Tests.Support;

namespace Cairn.Tests.Architecture;

/// <summary>What OpenCode's plugin says of settings is what the registry says.</summary>
public sealed partial class PluginTests
{
    [Fact]
    public void Every_setting_of_the_plugin_has_the_names_the_default_and_the_limits_of_the_registry()
    {
        var declared = Declaration().Matches(File.ReadAllText(Path.Combine(Repository.Root, "agents", "opencode", "lib", "settings.js")))
            .ToDictionary(match => match.Groups["key"].Value);

        foreach (var setting in OpenCodeSettings.All)
        {
            var match = declared[setting.Key["opencode.".Length..]];
            var names = Name().Matches(match.Groups["names"].Value).Select(name => name.Value).ToList();
            Assert.Equal(setting.EnvironmentVariable, names[0]);
            Assert.Subset(setting.Names.ToHashSet(), names.ToHashSet());
            Assert.Equal(setting.DefaultText, match.Groups["value"].Value.Trim('"'));
            if (match.Groups["min"].Success)
            {
                Assert.Equal($"a whole number from {match.Groups["min"].Value} to {match.Groups["max"].Value}", setting.Rule);
            }
        }
    }

    [GeneratedRegex("""(?<key>\w+): \{ names: \[(?<names>[^\]]*)\], value: (?<value>[^,}]*?)(, min: (?<min>\d+), max: (?<max>\d+))? \}""", RegexOptions.None, 1_000)]
    private static partial Regex Declaration();

    [GeneratedRegex("[A-Z_]+", RegexOptions.None, 1_000)]
    private static partial Regex Name();
}
