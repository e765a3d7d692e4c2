using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>Installing leaves people's own settings alone, and uninstalling leaves no trace in them; whether Claude Code's program is at hand or not.</summary>
public sealed class InstallTests
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["plain"] = "{\n  \"theme\": \"dark\"\n}\n",
        ["empty object"] = "{}",
        ["comments and a trailing comma"] =
            "// mine\n{\n    \"theme\": \"dark\", // at night\n    /* and */ \"hooks\": {\n        \"Stop\": [{ \"hooks\": [{ \"type\": \"command\", \"command\": \"true\" }] }],\n    },\n}",
        ["CRLF and tabs"] = "{\r\n\t\"theme\": \"dark\",\r\n\t\"permissions\": { \"allow\": [\"Bash(ls:*)\"] }\r\n}\r\n",
        ["foreign hooks"] =
            "{\n  \"hooks\": {\n    \"SessionStart\": [{ \"hooks\": [{ \"type\": \"command\", \"command\": \"echo mine\" }] }],\n    \"Stop\": []\n  }\n}\n",
        ["other plugins"] =
            "{ \"enabledPlugins\": { \"other@elsewhere\": true, \"off@elsewhere\": false },\n  \"extraKnownMarketplaces\": {\n    \"elsewhere\": { \"source\": { \"source\": \"directory\", \"path\": \"/opt/elsewhere\" } } }, \"x\": 1 }",
        ["a byte order mark"] = "\uFEFF{ \"theme\": \"dark\" }\n",
        ["words of every kind"] = "{\"a\":\"\\u00fc \\\"} , ü 🗻\",\"b\":[1e3,-0.0,{}],\"a\\\\\":null}",
    };

    public static TheoryData<string, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, bool>();
            foreach (var kind in Settings.Keys)
            {
                kinds.Add(kind, true);
                kinds.Add(kind, false);
            }

            return kinds;
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Kinds))]
    public async Task Uninstalling_gives_the_settings_back_byte_for_byte(string kind, bool withClient)
    {
        using var home = new AgentHome();
        await using var cairn = CairnOf(home, withClient);
        var before = await GivenAsync(home, kind);

        await cairn.SucceedAsync(Ct, "install", "claude-code");
        Assert.True(File.Exists(cairn.Installed));
        await cairn.SucceedAsync(Ct, "uninstall");

        Assert.Equal(before, await File.ReadAllBytesAsync(home.SettingsFile, Ct));
        Assert.False(File.Exists(cairn.Installed));
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Kinds))]
    public async Task Installing_twice_is_installing_once(string kind, bool withClient)
    {
        using var home = new AgentHome();
        await using var cairn = CairnOf(home, withClient);
        var before = await GivenAsync(home, kind);

        await cairn.SucceedAsync(Ct, "install", "claude-code");
        var once = await File.ReadAllBytesAsync(home.SettingsFile, Ct);
        await cairn.SucceedAsync(Ct, "install", "claude-code");

        Assert.Equal(once, await File.ReadAllBytesAsync(home.SettingsFile, Ct));
        await cairn.SucceedAsync(Ct, "uninstall");
        await cairn.SucceedAsync(Ct, "uninstall");
        Assert.Equal(before, await File.ReadAllBytesAsync(home.SettingsFile, Ct));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Settings_that_are_a_link_stay_a_link_to_what_they_were(bool withClient)
    {
        using var home = new AgentHome();
        await using var cairn = CairnOf(home, withClient);
        var target = Path.Combine(Directory.CreateDirectory(Path.Combine(home.Path, "dotfiles")).FullName, "claude.json");
        await File.WriteAllTextAsync(target, Settings["foreign hooks"], Ct);
        var link = Path.Combine("..", "dotfiles", "claude.json");
        File.CreateSymbolicLink(home.SettingsFile, link);

        await cairn.SucceedAsync(Ct, "install", "claude-code");
        Assert.Equal(link, new FileInfo(home.SettingsFile).LinkTarget);
        Assert.Contains("cairn", await File.ReadAllTextAsync(target, Ct), StringComparison.Ordinal);
        await cairn.SucceedAsync(Ct, "uninstall");

        Assert.Equal(link, new FileInfo(home.SettingsFile).LinkTarget);
        Assert.Equal(Settings["foreign hooks"], await File.ReadAllTextAsync(target, Ct));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_there_were_no_settings_there_are_none_afterwards(bool withClient)
    {
        using var home = new AgentHome();
        await using var cairn = CairnOf(home, withClient);

        await cairn.SucceedAsync(Ct, "install", "claude-code");
        await cairn.SucceedAsync(Ct, "uninstall");

        Assert.False(File.Exists(home.SettingsFile));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_somebody_else_changed_in_between_is_kept(bool withClient)
    {
        using var home = new AgentHome();
        await using var cairn = CairnOf(home, withClient);
        await GivenAsync(home, "other plugins");

        await cairn.SucceedAsync(Ct, "install", "claude-code");
        var installed = await File.ReadAllTextAsync(home.SettingsFile, Ct);
        await File.WriteAllTextAsync(home.SettingsFile, installed.Replace("\"x\": 1", "\"x\": 2", StringComparison.Ordinal), Ct);
        await cairn.SucceedAsync(Ct, "uninstall");

        var after = await File.ReadAllTextAsync(home.SettingsFile, Ct);
        Assert.Contains("\"x\": 2", after, StringComparison.Ordinal);
        Assert.Contains("other@elsewhere", after, StringComparison.Ordinal);
        Assert.Contains("/opt/elsewhere", after, StringComparison.Ordinal);
        Assert.DoesNotContain("cairn", after, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dry_run_changes_nothing_and_names_the_settings()
    {
        using var home = new AgentHome();
        await using var cairn = CairnOf(home, withClient: false);
        var before = await GivenAsync(home, "foreign hooks");

        var output = await cairn.SucceedAsync(Ct, "install", "claude-code", "--dry-run");

        Assert.Contains(home.SettingsFile, output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(home.SettingsFile, Ct));
        Assert.False(File.Exists(cairn.Installed));
    }

    [Theory(Timeout = 180_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_installation_that_is_killed_at_any_moment_can_be_finished_and_taken_back(bool withClient)
    {
        using var home = new AgentHome();
        await using var cairn = CairnOf(home, withClient);
        var before = await GivenAsync(home, "foreign hooks");
        var clock = Stopwatch.StartNew();
        await cairn.SucceedAsync(Ct, "install", "claude-code");
        var whole = clock.Elapsed;
        var installed = await File.ReadAllBytesAsync(home.SettingsFile, Ct);
        await cairn.SucceedAsync(Ct, "uninstall", "--purge", "--yes");
        Assert.Equal(before, await File.ReadAllBytesAsync(home.SettingsFile, Ct));

        foreach (var tenth in Enumerable.Range(1, 9))
        {
            await KilledAfterAsync(whole * tenth / 10, home, cairn, "install", "claude-code");
            await NotTornAsync(home);
            await cairn.SucceedAsync(Ct, "install", "claude-code");
            // Killed between two of the client's own writes, the file keeps the client's form, not its bytes, until it is given back.
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(installed), JsonNode.Parse(await File.ReadAllBytesAsync(home.SettingsFile, Ct))));
            await KilledAfterAsync(whole * tenth / 20, home, cairn, "uninstall");
            await NotTornAsync(home);
            await cairn.SucceedAsync(Ct, "uninstall", "--purge", "--yes");
            Assert.Equal(before, await File.ReadAllBytesAsync(home.SettingsFile, Ct));
        }
    }

    private static CairnCommand CairnOf(AgentHome home, bool withClient) => new(home, withClient ? InstalledClient.OrSkip() : null);

    private static async Task<byte[]> GivenAsync(AgentHome home, string kind)
    {
        var bytes = Encoding.UTF8.GetBytes(Settings[kind]);
        await File.WriteAllBytesAsync(home.SettingsFile, bytes, Ct);
        return bytes;
    }

    private static async Task NotTornAsync(AgentHome home)
    {
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(home.SettingsFile, Ct));
        Assert.True(json.RootElement.TryGetProperty("hooks", out _));
    }

    private static async Task KilledAfterAsync(TimeSpan after, AgentHome home, CairnCommand cairn, params IReadOnlyList<string> arguments)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        life.CancelAfter(after);
        try
        {
            await ProcessRun.RunAsync(CairnCommand.Published, arguments, home.Path, cairn.EnvironmentVariables(), life.Token);
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            // Killed, as intended; a fast machine may have been done before.
        }
    }
}
