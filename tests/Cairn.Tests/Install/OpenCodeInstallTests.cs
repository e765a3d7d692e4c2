using Cairn.Cli.Install;
using Cairn.Cli.Install.OpenCode;
using Cairn.Core.Jsonc;

namespace Cairn.Tests.Install;

/// <summary>Installing into OpenCode adds one entry to its configuration; taking it out leaves the file as it was, byte for byte.</summary>
public sealed class OpenCodeInstallTests : IDisposable
{
    private readonly InstallHome _home = new();

    public static TheoryData<string, string?> Configurations => new()
    {
        { "missing", null },
        { "empty", "" },
        { "empty object", "{}" },
        { "one line", "{ \"model\": \"a/b\" }" },
        { "plugins", "{\n  \"plugin\": [\n    \"other\"\n  ],\n  \"model\": \"a/b\"\n}\n" },
        { "plugins with options", "{\n  \"plugin\": [[\"other\", { \"x\": 1 }], \"file:///opt/mine.js\"]\n}\n" },
        { "empty plugins", "{\n  \"plugin\": [],\n  \"model\": \"a/b\"\n}" },
        { "comments", "// mine\n{\n\t\"model\": \"a/b\", // the usual one\n\t\"plugin\": [ \"other\", /* on */ ],\n\t/* that is all */\n}\n// end\n" },
        { "CRLF", "{\r\n    \"model\": \"a/b\",\r\n    \"mcp\": { \"x\": { \"type\": \"local\", \"command\": [ \"x\" ] } }\r\n}\r\n" },
        { "a byte order mark", "\uFEFF{ \"model\": \"a/b\" }\n" },
    };

    private string Directory => Path.Combine(_home.Home, ".config", "opencode");

    private string Config => Path.Combine(Directory, "opencode.json");

    public void Dispose() => _home.Dispose();

    [Theory]
    [MemberData(nameof(Configurations))]
    public async Task What_is_put_in_and_taken_out_leaves_the_same_bytes(string name, string? text)
    {
        Assert.NotEmpty(name);
        var before = Arrange(Config, text);

        await _home.InstallOpenCodeAsync();
        Assert.Equal(1, CountOfOurs(Config));
        await _home.InstallOpenCodeAsync();
        Assert.Equal(1, CountOfOurs(Config));
        var report = await _home.UninstallAsync();

        Assert.Empty(report.Failures);
        Assert.Equal(before, TreeOfTheUsers());
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public async Task What_a_person_changed_since_stays_and_only_our_entry_goes(string name, string? text)
    {
        Assert.NotEmpty(name);
        Arrange(Config, text);
        await _home.InstallOpenCodeAsync();
        var changed = JsoncDocument.Parse(await File.ReadAllBytesAsync(Config, TestContext.Current.CancellationToken));
        changed.Set(["theme"], "\"dark\"");
        await File.WriteAllBytesAsync(Config, changed.ToBytes(), TestContext.Current.CancellationToken);

        await _home.UninstallAsync();

        var after = JsoncDocument.Parse(await File.ReadAllBytesAsync(Config, TestContext.Current.CancellationToken));
        Assert.Equal("dark", after.Find("theme")!.Text);
        Assert.Equal(0, CountOfOurs(Config));
        var original = JsoncDocument.Parse(string.IsNullOrEmpty(text) ? "{}" : text.TrimStart('\uFEFF'));
        Assert.Equal(original.Find("plugin") is null, after.Find("plugin") is null);
    }

    [Fact]
    public async Task The_schema_that_OpenCode_writes_by_itself_keeps_no_file_that_was_not_there()
    {
        Arrange(Config, null);
        await _home.InstallOpenCodeAsync();
        await File.WriteAllTextAsync(Config, (await File.ReadAllTextAsync(Config, TestContext.Current.CancellationToken)) + "\n", TestContext.Current.CancellationToken);

        await _home.UninstallAsync();

        Assert.False(File.Exists(Config));
    }

    [Fact]
    public async Task The_file_with_comments_is_the_one_that_is_changed_where_it_is_there()
    {
        var commented = Path.Combine(Directory, "opencode.jsonc");
        Arrange(commented, "{ // mine\n}\n");

        await _home.InstallOpenCodeAsync();

        Assert.Equal(1, CountOfOurs(commented));
        Assert.False(File.Exists(Config));
    }

    [Fact]
    public async Task The_plugin_lies_where_the_entry_says_and_names_the_installed_program()
    {
        Arrange(Config, null);

        await _home.InstallOpenCodeAsync();

        var entry = JsoncDocument.Parse(await File.ReadAllBytesAsync(Config, TestContext.Current.CancellationToken)).Find("plugin", 0)!.Text!;
        var plugin = new Uri(entry).LocalPath;
        Assert.Contains($"\"{_home.Site.CurrentProgram}\"", await File.ReadAllTextAsync(plugin, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(plugin)!, "lib", "stream.js")));
    }

    [Theory]
    [InlineData("{ \"plugin\": ")]
    [InlineData("[1]")]
    [InlineData("{ \"plugin\": \"other\" }")]
    public async Task A_configuration_that_is_not_understood_is_refused_before_anything_changes(string text)
    {
        var before = Arrange(Config, text);

        await Assert.ThrowsAsync<InstallRefusedException>(_home.InstallOpenCodeAsync);

        Assert.Equal(before, TreeOfTheUsers());
    }

    [Fact]
    public async Task Taking_it_out_of_one_agent_leaves_the_other_as_it_is()
    {
        Arrange(Config, "{}");
        await _home.InstallAsync();
        await _home.InstallOpenCodeAsync();

        await _home.Uninstaller.RunAsync("opencode", new InstallReport(), TestContext.Current.CancellationToken);

        Assert.Equal("{}", await File.ReadAllTextAsync(Config, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(_home.Site.CurrentProgram));
        Assert.Contains("SessionStart", await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private List<string> Arrange(string file, string? text)
    {
        if (text is not null)
        {
            InstallHome.Write(file, text);
            InstallHome.SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return TreeOfTheUsers();
    }

    // Without our own data directory, which stays.
    private List<string> TreeOfTheUsers() =>
        [.. InstallHome.Tree(_home.Home).Where(entry => !entry.StartsWith(".cairn", StringComparison.Ordinal))];

    private int CountOfOurs(string file) =>
        OpenCodeConfig.Parse(UserFile.Read(file)).Entries.Count(entry => entry == new OpenCodeLayout(_home.Site).PluginEntry);
}
