using System.Security.Cryptography;
using Cairn.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Cairn.Tests.Daemon;

/// <summary>A database that cannot be used: 503 with the reason, the file untouched, the service stays up.</summary>
public sealed class UnwellStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Database => Path.Combine(_folder.Path, "elsewhere", "cairn.db");

    [Fact]
    public async Task A_damaged_database_is_named_and_left_untouched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        await File.WriteAllBytesAsync(Database, RandomNumberGenerator.GetBytes(64 * 1024), TestContext.Current.CancellationToken);
        var before = await HashAsync();
        await using var daemon = await TestDaemon.StartAsync(databaseFile: Database, waitForStore: false);
        await AssertRefusedAsync(daemon, "not a Cairn database");
        Assert.Equal(before, await HashAsync());
    }

    [Fact]
    public async Task A_database_damaged_behind_its_first_page_is_named_and_left_untouched()
    {
        await using (var first = await TestDaemon.StartAsync(databaseFile: Database))
        {
            await first.HookAsync(Payloads.First("plain", "UserPromptSubmit"));
        }

        var bytes = await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken);
        RandomNumberGenerator.Fill(bytes.AsSpan(4096));
        bytes.AsSpan(100, 3000).Fill(0xEE);
        await File.WriteAllBytesAsync(Database, bytes, TestContext.Current.CancellationToken);
        await using var daemon = await TestDaemon.StartAsync(databaseFile: Database, waitForStore: false);
        await AssertRefusedAsync(daemon, "damaged");
        await daemon.StopAsync();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_locked_database_is_named_and_used_again_when_it_is_free()
    {
        await using var daemon = await TestDaemon.StartAsync(databaseFile: Database);
        await using (var other = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var lockIt = other.CreateCommand();
            lockIt.CommandText = "BEGIN IMMEDIATE";
            await lockIt.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await AssertRefusedAsync(daemon, "locked");
        }

        Assert.Equal(204, (await daemon.HookAsync(Payloads.First("plain", "PostToolUse"))).Status);
        Assert.Equal(["1"], daemon.Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task Health_stays_up_and_says_what_is_wrong()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        await File.WriteAllTextAsync(Database, "dear diary", TestContext.Current.CancellationToken);
        await using var daemon = await TestDaemon.StartAsync(databaseFile: Database, waitForStore: false);
        await AssertRefusedAsync(daemon, "not a Cairn database");
        var health = await daemon.Client.GetStringAsync(new Uri("api/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("degraded", health, StringComparison.Ordinal);
        Assert.Contains("not a Cairn database", health, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task AssertRefusedAsync(TestDaemon daemon, string reason)
    {
        var (status, body) = await daemon.HookAsync(Payloads.First("plain", "UserPromptSubmit"));
        Assert.Equal(503, status);
        Assert.Contains(reason, body, StringComparison.Ordinal);
        using var ready = await daemon.Client.GetAsync(new Uri("api/readiness", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)ready.StatusCode);
        Assert.NotNull(ready.Headers.RetryAfter);
    }

    private async Task<byte[]> HashAsync() => SHA256.HashData(await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken));
}
