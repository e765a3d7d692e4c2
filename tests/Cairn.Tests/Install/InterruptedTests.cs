using Cairn.Cli.Install;
using Cairn.Cli.Install.ClaudeCode;
using Cairn.Tests.Support;

namespace Cairn.Tests.Install;

/// <summary>An installation that stops anywhere can be reversed and can be finished.</summary>
public sealed class InterruptedTests : IDisposable
{
    private const string Settings = "{\r\n\t\"model\": \"sonnet\",\r\n\t\"hooks\": { \"Stop\": [] }\r\n}\r\n";

    private readonly InstallHome _home = new();

    public InterruptedTests() => InstallHome.Write(_home.SettingsFile, Settings);

    public static TheoryData<int, bool> Places
    {
        get
        {
            var places = new TheoryData<int, bool>();
            foreach (var withClient in new[] { false, true })
            {
                for (var place = 0; place <= 5; place++)
                {
                    places.Add(place, withClient);
                }
            }

            return places;
        }
    }

    public void Dispose() => _home.Dispose();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Stopped_before_any_step_it_can_be_reversed(int step, bool withClient)
    {
        var before = await StopAsync(step, withClient);

        var report = await _home.UninstallAsync();

        Assert.Empty(report.Failures);
        Assert.Equal(before, ConfigWithoutClientsOwn());
        Assert.False(File.Exists(_home.Paths.ManifestFile));
        Assert.False(Directory.Exists(_home.Paths.BinDirectory));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Stopped_before_any_step_it_can_be_finished_and_then_reversed(int step, bool withClient)
    {
        var before = await StopAsync(step, withClient);

        await _home.InstallAsync();

        Assert.Empty(await _home.DescribeAsync());
        Assert.All(InstallJournal.Read(_home.Site).Records, record => Assert.True(record.Done));
        await _home.UninstallAsync();
        Assert.Equal(before, ConfigWithoutClientsOwn());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public async Task Stopped_right_after_any_change_it_can_be_reversed(int change, bool withClient)
    {
        Put(withClient);
        var before = ConfigWithoutClientsOwn();

        await Assert.ThrowsAsync<InterruptedException>(() => _home.InstallAsync(progress: new StopAt(change)));
        await _home.UninstallAsync();

        Assert.Equal(before, ConfigWithoutClientsOwn());
        Assert.False(File.Exists(_home.Paths.ManifestFile));
    }

    [Theory]
    [InlineData("plugin install")]
    [InlineData("plugin marketplace add")]
    public async Task Killed_while_the_client_works_it_can_be_reversed(string command)
    {
        Put(withClient: true);
        var before = ConfigWithoutClientsOwn();
        using var killed = new CancellationTokenSource();
        var script = Path.Combine(_home.Programs, "claude");
        var text = await File.ReadAllTextAsync(script, TestContext.Current.CancellationToken);
        InstallHome.Write(script, text.Replace("esac\n\n", "esac\n", StringComparison.Ordinal) + $"case \"$*\" in \"{command}\"*) touch \"$canned/reached\"; sleep 60;; esac\n");

        var site = _home.Site;
        var plan = await ClaudeCodePlan.CreateAsync(site, InstallJournal.Read(site), HookTransport.Command, 1, TestContext.Current.CancellationToken);
        var run = new Installer(site).RunAsync(plan, new InstallReport(), killed.Token);
        Assert.True(await Eventually.TrueAsync(() => File.Exists(Path.Combine(_home.Home, "canned", "reached"))));
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        InstallHome.Write(script, text);
        await _home.UninstallAsync();
        Assert.Equal(before, ConfigWithoutClientsOwn());
    }

    [Fact]
    public async Task What_was_there_before_the_first_installation_is_what_comes_back()
    {
        await _home.InstallAsync();
        await Assert.ThrowsAsync<InterruptedException>(() => RunUntilAsync(2));
        await _home.InstallAsync();

        await _home.UninstallAsync();

        Assert.Equal(Settings, await File.ReadAllTextAsync(_home.SettingsFile, TestContext.Current.CancellationToken));
    }

    private async Task<IReadOnlyList<string>> StopAsync(int step, bool withClient)
    {
        Put(withClient);
        var before = ConfigWithoutClientsOwn();
        await Assert.ThrowsAsync<InterruptedException>(() => RunUntilAsync(step));
        return before;
    }

    private void Put(bool withClient)
    {
        if (withClient)
        {
            StandInClient.Put(_home);
        }
    }

    // The steps up to the given one, which throws in the place of the next.
    private async Task RunUntilAsync(int step)
    {
        var ct = TestContext.Current.CancellationToken;
        var site = _home.Site;
        var journal = InstallJournal.Read(site);
        var plan = await ClaudeCodePlan.CreateAsync(site, journal, HookTransport.Command, 37_700, ct);
        await new Installer(site).RunAsync(
            new()
            {
                Agent = plan.Agent,
                Steps = [.. plan.Steps.Take(step), new Interruption(site, journal)],
                FirstStepForTheAgent = plan.FirstStepForTheAgent,
                DaemonStarted = plan.DaemonStarted,
            },
            new InstallReport(), ct);
    }

    private IReadOnlyList<string> ConfigWithoutClientsOwn() =>
        [.. InstallHome.Tree(_home.Config).Where(entry => !entry.StartsWith("plugins", StringComparison.Ordinal))];

    private sealed class InterruptedException : Exception;

    private sealed class Interruption(InstallSite site, InstallJournal journal) : InstallStep(site, journal)
    {
        public override string Kind => "interruption";

        public override IReadOnlyList<PlannedChange> Describe() => [];

        public override Task ApplyAsync(InstallReport report, CancellationToken ct) => throw new InterruptedException();

        public override PlannedChange DescribeUndo(InstallRecord record) => throw new InterruptedException();

        public override string SayUndone(InstallRecord record) => throw new InterruptedException();

        public override Task<bool> UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct) => throw new InterruptedException();
    }

    private sealed class StopAt(int change) : IProgress<string>
    {
        private int _seen;

        public void Report(string value)
        {
            if (++_seen == change)
            {
                throw new InterruptedException();
            }
        }
    }
}
