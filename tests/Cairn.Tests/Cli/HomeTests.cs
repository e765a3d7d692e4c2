using Cairn.Core.Hosting;
using Cairn.Tests.Support;

namespace Cairn.Tests.Cli;

/// <summary>Which data directory and database are used, and that another system's are left alone.</summary>
public sealed class HomeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_said_means_the_users_own_directory() =>
        Assert.Equal(In(".cairn"), Resolve().Paths.Home);

    [Fact]
    public void Cairn_home_names_the_place() =>
        Assert.Equal(In("elsewhere"), Resolve(("CAIRN_HOME", In("elsewhere"))).Paths.Home);

    [Fact]
    public void A_tilde_is_the_home_directory() =>
        Assert.Equal(In("x"), Resolve(("CAIRN_HOME", "~/x")).Paths.Home);

    [Fact]
    public void Another_systems_variable_names_the_place_where_nothing_is_yet()
    {
        Directory.CreateDirectory(In("empty"));

        Assert.Equal(In("missing"), Resolve(("CLAUDE_MEM_DATA_DIR", In("missing"))).Paths.Home);
        Assert.Equal(In("empty"), Resolve(("CLAUDE_MEM_DATA_DIR", In("empty"))).Paths.Home);
        Assert.Equal(In("missing.db"), Resolve(("CODEMEM_DB", In("missing.db"))).Paths.DatabaseFile);
    }

    [Fact]
    public void A_directory_that_we_made_stays_ours()
    {
        CairnHome.Create(new CairnPaths(In("ours")));

        var home = Resolve(("CLAUDE_MEM_DATA_DIR", In("ours")));

        Assert.Equal(In("ours"), home.Paths.Home);
        Assert.Empty(home.Notices);
    }

    [Fact]
    public void Another_systems_directory_is_left_alone_and_said_so()
    {
        Directory.CreateDirectory(In("foreign"));
        File.WriteAllText(In("foreign/settings.json"), "{}");

        var home = Resolve(("CLAUDE_MEM_DATA_DIR", In("foreign")));

        Assert.Equal(In(".cairn"), home.Paths.Home);
        Assert.Contains("CLAUDE_MEM_DATA_DIR", Assert.Single(home.Notices));
    }

    [Fact]
    public void Cairn_home_may_not_name_another_systems_directory_either()
    {
        Directory.CreateDirectory(In("foreign"));
        File.WriteAllText(In("foreign/claude-mem.db"), "x");

        var home = Resolve(("CAIRN_HOME", In("foreign")));

        Assert.Equal(In(".cairn"), home.Paths.Home);
        Assert.Single(home.Notices);
    }

    [Fact]
    public void A_database_is_ours_by_the_mark_in_its_header()
    {
        File.WriteAllBytes(In("ours.db"), Header(CairnHome.ApplicationId));
        File.WriteAllBytes(In("foreign.db"), Header(0x1234));
        File.WriteAllBytes(In("short.db"), [1, 2, 3]);
        File.WriteAllBytes(In("empty.db"), []);

        Assert.True(CairnHome.IsFreeOrOurs(In("ours.db")));
        Assert.True(CairnHome.IsFreeOrOurs(In("empty.db")));
        Assert.False(CairnHome.IsFreeOrOurs(In("foreign.db")));
        Assert.False(CairnHome.IsFreeOrOurs(In("short.db")));
    }

    [Fact]
    public async Task The_daemons_own_database_carries_the_mark_while_it_runs()
    {
        await using var daemon = await TestDaemon.StartAsync();

        Assert.True(CairnHome.IsFreeOrOurs(daemon.Paths.DatabaseFile));
    }

    [Fact]
    public async Task Another_systems_files_are_the_same_bytes_after_everything()
    {
        Directory.CreateDirectory(In("foreign"));
        File.WriteAllText(In("foreign/settings.json"), """{ "CLAUDE_MEM_SKIP_TOOLS": "x" } // mine""");
        File.WriteAllBytes(In("foreign/mem.sqlite"), Header(0x1234));
        var before = Contents("foreign");
        var cairn = new CairnProcess("", _folder.Path)
            .With("CAIRN_HOME", null).With("CLAUDE_MEM_DATA_DIR", In("foreign")).With("CODEMEM_DB", In("foreign/mem.sqlite")).WithRealDaemon();

        try
        {
            await cairn.HookAsync(Payloads.First("compact", "SessionStart"));
            await cairn.RunAsync("config", "set", "recall.prompt_limit", "3");
            var status = await cairn.RunAsync("status");

            Assert.Contains("CLAUDE_MEM_DATA_DIR", status.Output);
            Assert.Contains("CODEMEM_DB", status.Output);
        }
        finally
        {
            await cairn.RunAsync("stop");
        }

        Assert.Equal(before, Contents("foreign"));
        Assert.True(File.Exists(In(".cairn/cairn.db")));
    }

    private static byte[] Header(uint applicationId)
    {
        var header = new byte[100];
        "SQLite format 3\0"u8.CopyTo(header);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(68), applicationId);
        return header;
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private Dictionary<string, string> Contents(string directory) =>
        Directory.GetFiles(In(directory), "*", SearchOption.AllDirectories).ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));

    private CairnHome Resolve(params (string Name, string Value)[] environment) => CairnHome.Resolve(
        environment.Append(("HOME", _folder.Path)).ToDictionary(variable => variable.Item1, variable => variable.Item2));
}
