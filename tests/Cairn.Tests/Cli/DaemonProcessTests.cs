using System.Diagnostics;
using Cairn.Cli.Connection;
using Cairn.Core.Hosting;
using Cairn.Tests.Support;

namespace Cairn.Tests.Cli;

/// <summary>Only the process that announced itself is ever killed.</summary>
public sealed class DaemonProcessTests
{
    [Fact]
    public async Task The_announced_process_is_found_and_killed()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        var announced = new DaemonProcess(Info(process, TimeSpan.Zero));

        Assert.True(announced.IsRunning);
        Assert.True(announced.Kill());

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(announced.IsRunning);
        Assert.False(announced.Kill());
    }

    [Fact]
    public async Task A_second_daemon_for_the_same_data_ends_and_says_so_and_a_lock_of_a_dead_one_holds_nobody_up()
    {
        using var folder = new TempFolder();
        var paths = new CairnPaths(Path.Combine(folder.Path, "home"));
        var cairn = new CairnProcess(paths.Home, folder.Path).WithRealDaemon();
        try
        {
            Assert.Equal(0, (await cairn.RunAsync("start")).ExitCode);
            var first = DaemonInfo.Read(paths)!;

            using var second = Process.Start(new ProcessStartInfo(CairnProcess.DaemonProgram, ["--home", paths.Home]) { RedirectStandardError = true })!;
            Assert.Contains("running already", await second.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await second.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(3, second.ExitCode);
            Assert.Equal(first.Pid, DaemonInfo.Read(paths)!.Pid);

            using var killed = Process.GetProcessById(first.Pid);
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(File.Exists(paths.LockFile));
            Assert.Equal(0, (await cairn.RunAsync("start")).ExitCode);
            Assert.NotEqual(first.Pid, DaemonInfo.Read(paths)!.Pid);
        }
        finally
        {
            await cairn.RunAsync("stop");
        }
    }

    [Fact]
    public void Another_process_with_the_same_number_is_left_alone()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        try
        {
            var announced = new DaemonProcess(Info(process, TimeSpan.FromSeconds(10)));

            Assert.False(announced.IsRunning);
            Assert.False(announced.Kill());
            Assert.False(process.HasExited);
        }
        finally
        {
            process.Kill();
        }
    }

    private static DaemonInfo Info(Process process, TimeSpan off) => new()
    {
        Pid = process.Id,
        ProcessStartedAtMs = new DateTimeOffset((process.StartTime + off).ToUniversalTime()).ToUnixTimeMilliseconds(),
        Port = 1,
        WantedPort = 1,
        Socket = "",
        Version = "0.1.0",
        Protocol = DaemonInfo.CurrentProtocol,
    };
}
