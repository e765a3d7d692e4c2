using Cairn.Cli.Install;
using Cairn.Core.Hosting;

namespace Cairn.Tests.Install;

/// <summary>What an uninstallation removes, leaves and says.</summary>
public sealed class UninstallTests : IDisposable
{
    private readonly InstallHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_second_time_there_is_nothing_to_do()
    {
        await _home.InstallAsync();
        await _home.UninstallAsync();
        var before = InstallHome.Tree(_home.Home);

        var report = await _home.UninstallAsync();

        Assert.Empty(report.Done);
        Assert.Empty(report.Failures);
        Assert.Equal(before, InstallHome.Tree(_home.Home));
    }

    [Fact]
    public async Task The_older_name_is_a_link_to_the_installed_command_and_goes_with_it()
    {
        var before = InstallHome.Tree(_home.Home);
        await _home.InstallAsync(olderName: true);
        var link = Path.Combine(_home.Paths.BinDirectory, "names", "codemem");

        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(_home.Paths.BinDirectory, "current", "cairn"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(link, TestContext.Current.CancellationToken));
        await _home.UninstallAsync();
        Assert.Equal(before, InstallHome.Tree(_home.Home).Where(entry => !entry.StartsWith(".cairn", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(_home.Paths.BinDirectory));
    }

    [Fact]
    public async Task The_data_stays_and_the_daemon_is_stopped()
    {
        await _home.InstallAsync();
        InstallHome.Write(_home.Paths.DatabaseFile, "memories");
        var stops = _home.Stops;

        await _home.UninstallAsync();

        Assert.True(_home.Stops > stops);
        Assert.True(File.Exists(_home.Paths.DatabaseFile));
        Assert.False(Directory.Exists(_home.Paths.BinDirectory));
    }

    [Fact]
    public async Task A_look_at_it_changes_nothing_and_shows_the_settings_lines()
    {
        InstallHome.Write(_home.SettingsFile, "{\n  \"model\": \"sonnet\"\n}\n");
        await _home.InstallAsync();
        var before = InstallHome.Tree(_home.Home);

        var changes = _home.Uninstaller.Describe(null);

        Assert.Equal(before, InstallHome.Tree(_home.Home));
        Assert.Equal(4, changes.Count);
        Assert.Contains(changes, change => change.Path == _home.SettingsFile && change.Details.Any(line => line.StartsWith("- ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_thing_that_cannot_be_removed_stops_no_other_and_says_how_to_finish()
    {
        StandInClient.Put(_home);
        await _home.InstallAsync();
        StandInClient.Put(_home, failing: "plugin uninstall");

        var report = await _home.UninstallAsync();

        Assert.Contains("claude plugin uninstall cairn@cairn", Assert.Single(report.Failures), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home.Paths.BinDirectory));
        Assert.False(File.Exists(_home.SettingsFile));
        StandInClient.Put(_home);
        Assert.Empty((await _home.UninstallAsync()).Failures);
        Assert.False(File.Exists(_home.Paths.ManifestFile));
    }

    [Fact]
    public async Task Settings_that_became_broken_since_are_left_alone_and_named()
    {
        InstallHome.Write(_home.SettingsFile, "{}");
        await _home.InstallAsync();
        InstallHome.Write(_home.SettingsFile, "{ broken");

        var report = await _home.UninstallAsync();

        Assert.Contains(_home.SettingsFile, Assert.Single(report.Failures), StringComparison.Ordinal);
        Assert.Equal("{ broken", await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(_home.Paths.BinDirectory));
    }

    [Fact]
    public async Task A_settings_file_that_the_user_removed_stays_removed()
    {
        InstallHome.Write(_home.SettingsFile, "{}");
        await _home.InstallAsync();
        File.Delete(_home.SettingsFile);

        await _home.UninstallAsync();

        Assert.False(File.Exists(_home.SettingsFile));
    }

    [Fact]
    public async Task The_hooks_of_another_installation_stay()
    {
        const string Other = "{\n  \"hooks\": { \"Stop\": [ { \"hooks\": [ { \"type\": \"command\", \"command\": \"/other/.cairn/bin/current/cairn\", \"args\": [\"hook\", \"claude-code\"] } ] } ] }\n}\n";
        InstallHome.Write(_home.SettingsFile, Other);
        await _home.InstallAsync();
        InstallHome.Write(_home.SettingsFile, (await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken)) + "// a trace\n");

        await _home.UninstallAsync();

        Assert.Equal(Other + "// a trace\n", await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_damaged_manifest_is_refused_and_left_as_it_is()
    {
        await _home.InstallAsync();
        InstallHome.Write(_home.Paths.ManifestFile, "{ damaged");

        Assert.Throws<InstallRefusedException>(() => InstallJournal.Read(_home.Site));

        Assert.Equal("{ damaged", await File.ReadAllTextAsync(_home.Paths.ManifestFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_data_can_be_removed_too_but_for_what_is_not_ours()
    {
        await _home.InstallAsync();
        InstallHome.Write(Path.Combine(_home.Paths.LogsDirectory, "daemon.log"), "log");
        InstallHome.Write(_home.Paths.SettingsFile, "{}");
        InstallHome.Write(Path.Combine(_home.Paths.Home, "diary.txt"), "mine");
        await _home.UninstallAsync();
        var report = new InstallReport();

        new DataRemoval(_home.Paths).Run(report);

        Assert.Empty(report.Failures);
        Assert.Equal(["diary.txt"], Directory.EnumerateFileSystemEntries(_home.Paths.Home).Select(Path.GetFileName));
        Assert.Contains("diary.txt", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_of_it_is_ours_the_directory_goes_too()
    {
        await _home.InstallAsync();
        await _home.UninstallAsync();

        new DataRemoval(_home.Paths).Run(new InstallReport());

        Assert.False(Directory.Exists(_home.Paths.Home));
    }

    [Fact]
    public void A_directory_without_our_mark_is_never_removed()
    {
        InstallHome.Write(_home.Paths.SettingsFile, "{}");
        InstallHome.Write(Path.Combine(_home.Paths.LogsDirectory, "theirs.log"), "log");
        InstallHome.Write(_home.Paths.DatabaseFile, "not a database of ours");
        var before = InstallHome.Tree(_home.Home);
        var report = new InstallReport();
        var removal = new DataRemoval(_home.Paths);

        Assert.Empty(removal.Targets);
        removal.Run(report);

        Assert.Single(report.Failures);
        Assert.Equal(before, InstallHome.Tree(_home.Home));
    }

    [Fact]
    public void A_database_in_use_is_named_before_it_is_removed()
    {
        CairnHome.Create(_home.Paths);
        InstallHome.Write(_home.Paths.DatabaseFile, "the header is written at the first checkpoint");
        InstallHome.Write(_home.Paths.DatabaseFile + "-wal", "log");

        var targets = new DataRemoval(_home.Paths).Targets;

        Assert.Contains(_home.Paths.DatabaseFile, targets);
        Assert.Contains(_home.Paths.DatabaseFile + "-wal", targets);
    }

    [Fact]
    public void A_foreign_database_in_a_marked_directory_stays()
    {
        CairnHome.Create(_home.Paths);
        InstallHome.Write(_home.Paths.DatabaseFile, "not a database of ours");

        new DataRemoval(_home.Paths).Run(new InstallReport());

        Assert.True(File.Exists(_home.Paths.DatabaseFile));
    }
}
