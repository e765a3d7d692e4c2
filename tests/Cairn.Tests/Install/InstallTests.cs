using System.Text.Json;
using Cairn.Cli.Install;
using Cairn.Cli.Install.ClaudeCode;

namespace Cairn.Tests.Install;

/// <summary>What an installation puts where.</summary>
public sealed class InstallTests : IDisposable
{
    private const string Foreign = "{\n  \"hooks\": { \"Stop\": [ { \"hooks\": [ { \"type\": \"command\", \"command\": \"say done\" } ] } ] }\n}\n";

    private readonly InstallHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_programs_lie_in_a_directory_of_their_version_and_current_leads_there()
    {
        await _home.InstallAsync();

        var bin = _home.Paths.BinDirectory;
        Assert.Equal("0.1.0", new DirectoryInfo(Path.Combine(bin, "current")).LinkTarget);
        Assert.Equal(["0.1.0", "current"], Directory.EnumerateFileSystemEntries(bin).Select(Path.GetFileName).Order());
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(_home.Published, "cairn"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(Path.Combine(bin, "current", "cairn"), TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Path.Combine(bin, "current", "cairn.pdb")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, InstallHome.Mode(Path.Combine(bin, "0.1.0", "cairn")));
        Assert.All(
            Directory.EnumerateDirectories(_home.Paths.Home, "*", SearchOption.AllDirectories),
            directory => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, InstallHome.Mode(directory)));
    }

    [Fact]
    public async Task The_plugin_names_the_installed_program_by_its_absolute_path()
    {
        await _home.InstallAsync();

        var plugin = _home.Site.AgentDirectory("claude-code");
        var program = Path.Combine(_home.Paths.Home, "bin", "current", "cairn");
        using var hooks = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(plugin, "hooks", "hooks.json"), TestContext.Current.CancellationToken));
        Assert.All(
            hooks.RootElement.GetProperty("hooks").EnumerateObject(),
            one => Assert.Equal(program, one.Value[0].GetProperty("hooks")[0].GetProperty("command").GetString()));
        Assert.Contains($"\"{program}\" search", await File.ReadAllTextAsync(Path.Combine(plugin, "commands", "recall.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(plugin, "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains(PluginTemplate.Placeholder, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/home/a b/ä/cairn", "/home/a b/ä/cairn", "/home/a b/ä/cairn")]
    [InlineData("""C:\Users\a\cairn.exe""", """C:\\Users\\a\\cairn.exe""", """C:\\Users\\a\\cairn.exe""")]
    [InlineData("/a\"b$c`d/cairn", "/a\\\"b$c`d/cairn", "/a\\\"b\\$c\\`d/cairn")]
    public void The_path_is_written_as_each_kind_of_file_needs_it(string program, string inJson, string inShell)
    {
        var template = Path.Combine(_home.Home, "template");
        InstallHome.Write(Path.Combine(template, "a.json"), "[\"@CAIRN@\"]");
        InstallHome.Write(Path.Combine(template, "b.md"), "\"@CAIRN@\" search");

        var files = PluginTemplate.Render(template, program);

        Assert.Equal($"[\"{inJson}\"]", System.Text.Encoding.UTF8.GetString(files["a.json"]));
        Assert.Equal($"\"{inShell}\" search", System.Text.Encoding.UTF8.GetString(files["b.md"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_installation_changes_nothing(bool withClient)
    {
        InstallHome.Write(_home.SettingsFile, Foreign);
        if (withClient)
        {
            StandInClient.Put(_home);
        }

        await _home.InstallAsync();
        var (before, stops) = (TreeOf(_home), _home.Stops);
        Assert.Empty(await _home.DescribeAsync());

        await _home.InstallAsync();

        Assert.Equal(before, TreeOf(_home));
        Assert.Equal(stops, _home.Stops);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upgrade_takes_the_place_of_the_older_version(bool withClient)
    {
        InstallHome.Write(_home.SettingsFile, Foreign);
        if (withClient)
        {
            StandInClient.Put(_home);
        }

        await _home.InstallAsync();
        var settings = await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken);
        (_home.Published, _home.Version) = (_home.Publish("0.2.0"), "0.2.0");
        var stops = _home.Stops;

        await _home.InstallAsync();

        Assert.True(_home.Stops > stops);
        Assert.Equal("0.2.0", new DirectoryInfo(_home.Site.CurrentDirectory).LinkTarget);
        Assert.False(Directory.Exists(Path.Combine(_home.Paths.BinDirectory, "0.1.0")));
        Assert.Equal(settings, await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken));
        Assert.Contains("0.2.0", await File.ReadAllTextAsync(Path.Combine(_home.Site.AgentDirectory("claude-code"), ".claude-plugin", "plugin.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await _home.UninstallAsync();
        Assert.Equal(Foreign, await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(_home.Paths.BinDirectory));
    }

    [Fact]
    public async Task A_new_build_of_the_same_version_takes_the_place_of_the_old_one()
    {
        await _home.InstallAsync();
        InstallHome.Write(Path.Combine(_home.Published, "new.dll"), "new");

        await _home.InstallAsync();

        Assert.True(File.Exists(Path.Combine(_home.Site.CurrentDirectory, "new.dll")));
    }

    [Fact]
    public async Task The_installed_program_can_install_again()
    {
        await _home.InstallAsync();
        var before = TreeOf(_home);
        _home.Published = _home.Site.CurrentDirectory;

        await _home.InstallAsync();

        Assert.Equal(before, TreeOf(_home));
    }

    [Theory]
    [InlineData("{ \"model\": ")]
    [InlineData("[]")]
    [InlineData("{ \"hooks\": [] }")]
    [InlineData("{ \"hooks\": { \"Stop\": {} } }")]
    [InlineData("{ \"enabledPlugins\": 3 }")]
    public async Task A_settings_file_that_is_broken_is_refused_before_anything_is_changed(string text)
    {
        InstallHome.Write(_home.SettingsFile, text);
        var before = InstallHome.Tree(_home.Home);

        var problem = await Assert.ThrowsAsync<InstallRefusedException>(() => _home.InstallAsync());

        Assert.Contains(_home.SettingsFile, problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, InstallHome.Tree(_home.Home));
    }

    [Fact]
    public async Task A_development_build_is_refused_with_what_publishes_it()
    {
        File.Delete(Path.Combine(_home.Published, "cairn-daemon"));

        var problem = await Assert.ThrowsAsync<InstallRefusedException>(() => _home.InstallAsync());

        Assert.Contains("./cairn install", problem.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home.Paths.Home));
    }

    [Theory]
    [MemberData(nameof(SettingsTexts.All), MemberType = typeof(SettingsTexts))]
    public async Task A_look_at_the_changes_makes_none(string name, string text)
    {
        Assert.NotEmpty(name);
        if (text != SettingsTexts.Missing)
        {
            InstallHome.Write(_home.SettingsFile, text);
        }

        var before = InstallHome.Tree(_home.Home);

        var changes = await _home.DescribeAsync();

        Assert.Equal(before, InstallHome.Tree(_home.Home));
        Assert.Contains(changes, change => change.Path == _home.Site.VersionDirectory && change.Details.Contains("cairn-daemon"));
        Assert.Contains(changes, change => change.Path == _home.SettingsFile && change.Details.Any(line => line.StartsWith("+ ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task When_the_client_cannot_install_the_plugin_the_hooks_go_into_the_settings()
    {
        InstallHome.Write(_home.SettingsFile, Foreign);
        StandInClient.Put(_home, failing: "plugin install");

        var report = await _home.InstallAsync();

        Assert.Contains(report.Warnings, warning => warning.Contains("it does not work", StringComparison.Ordinal));
        Assert.Contains(_home.Site.CurrentProgram, await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("plugin marketplace remove cairn", StandInClient.Calls(_home));
        await _home.UninstallAsync();
        Assert.Equal(Foreign, await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_client_that_came_later_takes_the_plugin_and_the_hooks_leave_the_settings()
    {
        InstallHome.Write(_home.SettingsFile, Foreign);
        await _home.InstallAsync();
        StandInClient.Put(_home);

        await _home.InstallAsync();

        var text = await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(_home.Site.CurrentProgram, text, StringComparison.Ordinal);
        Assert.Contains("\"cairn@cairn\": true", text, StringComparison.Ordinal);
        await _home.UninstallAsync();
        Assert.Equal(Foreign, await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_plugin_of_another_installation_is_left_in_its_place()
    {
        var other = Path.Combine(_home.Home, "other", "agents", "claude-code");
        Directory.CreateDirectory(other);
        InstallHome.Write(_home.SettingsFile, "{\"extraKnownMarketplaces\":{\"cairn\":{\"source\":{\"source\":\"directory\",\"path\":\"" + other + "\"}}}}");
        var before = InstallHome.Tree(_home.Home);

        var problem = await Assert.ThrowsAsync<InstallRefusedException>(() => _home.InstallAsync());

        Assert.Contains(other, problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, InstallHome.Tree(_home.Home));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Http_hooks_post_to_the_port_that_was_bound_and_a_session_still_starts_with_a_command(bool withClient)
    {
        InstallHome.Write(_home.SettingsFile, Foreign);
        if (withClient)
        {
            StandInClient.Put(_home);
        }

        await _home.InstallAsync(HookTransport.Http);

        var json = withClient
            ? await File.ReadAllBytesAsync(Path.Combine(_home.Site.AgentDirectory("claude-code"), "hooks", "hooks.json"), TestContext.Current.CancellationToken)
            : await File.ReadAllBytesAsync(_home.SettingsFile, TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(json);
        var hooks = document.RootElement.GetProperty("hooks");
        Assert.Equal("command", hooks.GetProperty("SessionStart")[0].GetProperty("hooks")[0].GetProperty("type").GetString());
        var prompt = hooks.GetProperty("UserPromptSubmit")[0].GetProperty("hooks")[0];
        Assert.Equal("http://127.0.0.1:45678/api/hooks/claude-code", prompt.GetProperty("url").GetString());
        Assert.Equal(5, prompt.GetProperty("timeout").GetInt32());

        // Back to commands, and out: no hook of either kind stays.
        await _home.InstallAsync();
        Assert.DoesNotContain("45678", await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await _home.UninstallAsync();
        Assert.Equal(Foreign, await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_daemon_that_does_not_start_is_reported_and_the_rest_is_installed()
    {
        _home.Daemon = null;

        var report = await _home.InstallAsync();

        Assert.Contains("cairn doctor", Assert.Single(report.Failures), StringComparison.Ordinal);
        Assert.Contains(_home.Site.CurrentProgram, await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_configuration_directory_of_the_client_is_used()
    {
        var config = Path.Combine(_home.Home, "elsewhere");
        Directory.CreateDirectory(config);
        _home.Environment["CLAUDE_CONFIG_DIR"] = config;
        StandInClient.Put(_home);

        await _home.InstallAsync();

        Assert.True(File.Exists(Path.Combine(config, "settings.json")));
        Assert.False(File.Exists(_home.SettingsFile));
        _home.Environment.Clear();
        await _home.UninstallAsync();
        Assert.False(File.Exists(Path.Combine(config, "settings.json")));
    }

    private static IReadOnlyList<string> TreeOf(InstallHome home) =>
        [.. InstallHome.Tree(home.Home).Where(entry => !entry.StartsWith("canned", StringComparison.Ordinal))];
}
