using Cairn.Cli.Install;
using Cairn.Cli.Install.ClaudeCode;
using Cairn.Core.Jsonc;

namespace Cairn.Tests.Install;

/// <summary>What is put in and taken out again leaves the user's files as they were, byte for byte.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly InstallHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [MemberData(nameof(SettingsTexts.All), MemberType = typeof(SettingsTexts))]
    public async Task Without_the_client_the_hooks_go_into_the_settings_and_out_again(string name, string text)
    {
        Assert.NotEmpty(name);
        var before = Arrange(text);

        await _home.InstallAsync();

        Assert.Equal(12, CountOfOurHooks());
        await UninstallsTo(before);
    }

    [Theory]
    [MemberData(nameof(SettingsTexts.All), MemberType = typeof(SettingsTexts))]
    public async Task With_the_client_the_plugin_goes_in_and_out_again(string name, string text)
    {
        Assert.NotEmpty(name);
        var before = Arrange(text);
        StandInClient.Put(_home);

        await _home.InstallAsync();

        Assert.Equal(0, CountOfOurHooks());
        Assert.True(
            Directory.Exists(Path.Combine(_home.Config, "skills", "cairn", "hooks"))
            || Text.Contains("\"cairn@cairn\": true", StringComparison.Ordinal)
            || Text.Contains("\"cairn@cairn\":true", StringComparison.Ordinal));
        await UninstallsTo(before, exceptClientsOwn: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_linked_settings_file_stays_a_link(bool withClient)
    {
        var real = Path.Combine(_home.Home, "dotfiles", "claude.json");
        InstallHome.Write(real, "{\r\n  \"model\": \"sonnet\"\r\n}\r\n");
        InstallHome.SetMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_home.SettingsFile, "../dotfiles/claude.json");
        var before = InstallHome.Tree(Path.GetDirectoryName(real)!);
        if (withClient)
        {
            StandInClient.Put(_home);
        }

        await _home.InstallAsync();

        Assert.Equal("../dotfiles/claude.json", new FileInfo(_home.SettingsFile).LinkTarget);
        Assert.NotEqual(before, InstallHome.Tree(Path.GetDirectoryName(real)!));
        await _home.UninstallAsync();
        Assert.Equal("../dotfiles/claude.json", new FileInfo(_home.SettingsFile).LinkTarget);
        Assert.Equal(before, InstallHome.Tree(Path.GetDirectoryName(real)!));
    }

    [Fact]
    public async Task The_client_changes_the_format_and_the_file_keeps_it()
    {
        Arrange("{\r\n\t\"model\": \"sonnet\",\r\n\t\"enabledPlugins\": { \"other@market\": true }\r\n}\r\n");
        StandInClient.Put(_home);

        await _home.InstallAsync();

        Assert.StartsWith(
            "{\r\n\t\"model\": \"sonnet\",\r\n\t\"enabledPlugins\": { \"other@market\": true, \"cairn@cairn\": true },\r\n\t\"extraKnownMarketplaces\": {\r\n\t\t\"cairn\": {\r\n",
            Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n}\r\n", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", Text.Replace("\r\n", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_the_client_rewrote_since_gets_its_old_format_back()
    {
        var before = Arrange("{\r\n  \"model\": \"sonnet\"\r\n}\r\n");
        await _home.InstallAsync();
        var settings = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllBytes(_home.SettingsFile))!;
        await File.WriteAllTextAsync(
            _home.SettingsFile, settings.ToJsonString(new() { WriteIndented = true, IndentSize = 4 }), TestContext.Current.CancellationToken);

        await UninstallsTo(before);
    }

    [Fact]
    public async Task What_the_user_changed_since_stays()
    {
        Arrange("{\n  \"model\": \"sonnet\"\n}\n");
        await _home.InstallAsync();
        InstallHome.Write(_home.SettingsFile, Text.Replace("\"sonnet\",", "\"haiku\", // mine", StringComparison.Ordinal));

        await _home.UninstallAsync();

        Assert.Equal("{\n  \"model\": \"haiku\" // mine\n}\n", Text);
    }

    [Fact]
    public async Task A_comment_that_the_user_added_since_stays()
    {
        Arrange("{\n  \"model\": \"sonnet\"\n}\n");
        await _home.InstallAsync();
        InstallHome.Write(_home.SettingsFile, "// new\n" + Text);

        await _home.UninstallAsync();

        Assert.Equal("// new\n{\n  \"model\": \"sonnet\"\n}\n", Text);
    }

    private string Text => File.ReadAllText(_home.SettingsFile);

    private IReadOnlyList<string> Arrange(string text)
    {
        if (text != SettingsTexts.Missing)
        {
            InstallHome.Write(_home.SettingsFile, text);
        }

        return InstallHome.Tree(_home.Config);
    }

    private async Task UninstallsTo(IReadOnlyList<string> before, bool exceptClientsOwn = false)
    {
        var report = await _home.UninstallAsync();

        Assert.Empty(report.Failures);
        var after = InstallHome.Tree(_home.Config).Where(entry => !exceptClientsOwn || !entry.StartsWith("plugins", StringComparison.Ordinal));
        Assert.Equal(before, after);
        Assert.False(File.Exists(_home.Paths.ManifestFile));
        Assert.False(Directory.Exists(_home.Paths.BinDirectory));
        Assert.False(Directory.Exists(Path.Combine(_home.Paths.Home, "agents")));
    }

    private int CountOfOurHooks()
    {
        if (!File.Exists(_home.SettingsFile))
        {
            return 0;
        }

        var ours = new OurEntries(_home.Site.CurrentProgram, "", []);
        var settings = JsoncDocument.Parse(ClaudeSettings.Parse(UserFile.Read(_home.SettingsFile)).Text);
        return (settings.Find("hooks")?.Items ?? [])
            .SelectMany(one => one.Value.Items)
            .SelectMany(entry => entry.Value["hooks"]!.Items)
            .Count(hook => ours.IsHook(hook.Value));
    }
}
