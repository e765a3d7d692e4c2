using System.Diagnostics;
using System.Net;
using Cairn.Daemon.Http;
using Cairn.Tests.Support;

namespace Cairn.Tests.Daemon;

/// <summary>Other users of the machine are not let in over loopback.</summary>
public sealed class TcpPeerTests
{
    private static readonly string[] Table =
    [
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   0: 0100007F:9345 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 21 1 0000000000000000 100 0 0 10 0",
        "   1: 0100007F:9345 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 22 1 0000000000000000 20 4 30 10 -1",
        "   2: 0100007F:C001 0100007F:9345 01 00000000:00000000 00:00000000 00000000  1001        0 23 1 0000000000000000 20 4 30 10 -1",
    ];

    [Fact]
    public void The_owner_of_the_other_end_is_read_from_the_systems_table()
    {
        var daemon = new IPEndPoint(IPAddress.Loopback, 0x9345);

        Assert.Equal(1001u, TcpPeer.UserOf(Table, new IPEndPoint(IPAddress.Loopback, 0xC001), daemon));
        Assert.Null(TcpPeer.UserOf(Table, new IPEndPoint(IPAddress.Loopback, 0xC002), daemon));
    }

    [Fact]
    public async Task A_program_of_another_user_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv") && File.Exists("/usr/bin/curl"),
            "Only the administrator can call as another user.");
        await using var daemon = await TestDaemon.StartAsync();

        Assert.Equal("200", await StatusAsync("curl", [], daemon));
        Assert.Equal("403", await StatusAsync("setpriv", ["--reuid=65534", "--clear-groups", "curl"], daemon));
    }

    private static async Task<string> StatusAsync(string program, string[] arguments, TestDaemon daemon)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (var argument in (string[])[.. arguments, "-s", "-o", "/dev/null", "-w", "%{http_code}", daemon.TcpAddress + "health"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
