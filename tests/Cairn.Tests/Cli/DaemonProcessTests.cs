using System.Diagnostics;
using Cairn.Cli.Connection;
using Cairn.Core.Hosting;

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
