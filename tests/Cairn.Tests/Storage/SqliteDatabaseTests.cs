using Cairn.Engine;
using Cairn.Engine.Storage.Sqlite;
using Cairn.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Cairn.Tests.Storage;

/// <summary>One writer for all: what shares a transaction does not share its failures.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteDatabaseTests() => _database = new SqliteDatabase(
        new SqliteFile(Path.Combine(_folder.Path, "cairn.db"), _folder.Path, SqliteFile.Migrations, TimeProvider.System), TimeProvider.System);

    [Fact]
    public async Task A_write_that_fails_among_others_fails_alone()
    {
        var ct = TestContext.Current.CancellationToken;
        using var gate = new ManualResetEventSlim();
        var hold = _database.WriteAsync(_ => gate.Wait(TimeSpan.FromSeconds(30)), ct);
        var writes = Enumerable.Range(0, 20).Select(number => AddAsync(number == 7 ? -1 : number, ct)).ToList();
        gate.Set();
        await hold;
        foreach (var (number, write) in writes.Index())
        {
            if (number == 7)
            {
                await Assert.ThrowsAsync<SqliteException>(() => write);
            }
            else
            {
                await write;
            }
        }

        Assert.Equal(19, await _database.ReadAsync(session => session.Number("SELECT COUNT(*) FROM pause"), ct));
    }

    [Fact]
    public async Task A_full_disk_is_named_loses_nothing_and_is_used_again_when_there_is_room()
    {
        var ct = TestContext.Current.CancellationToken;
        await AddAsync(1, ct);
        await _database.WriteAsync(session => session.Number("PRAGMA max_page_count = 1"), ct);
        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() => FillAsync(ct));
        Assert.Contains("full", problem.Message, StringComparison.Ordinal);
        Assert.Contains("full", _database.Problem, StringComparison.Ordinal);
        await _database.WriteAsync(session => session.Number("PRAGMA max_page_count = 1000000"), ct);
        await FillAsync(ct);
        Assert.Null(_database.Problem);
        Assert.Equal(2, await _database.ReadAsync(session => session.Number("SELECT COUNT(*) FROM pause"), ct));
    }

    [Fact]
    public async Task A_write_asked_for_while_stopping_is_refused()
    {
        _database.Dispose();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync(1, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    // The scope -1 breaks a CHECK.
    private Task<int> AddAsync(int number, CancellationToken ct) => _database.WriteAsync(session => session.Execute(
        "INSERT INTO pause (scope, subject, paused_at_ms) VALUES ($scope, $subject, 1)",
        ("$scope", number < 0 ? "galaxy" : "session"), ("$subject", $"s{number}")), ct);

    private Task<int> FillAsync(CancellationToken ct) => _database.WriteAsync(session => session.Execute(
        "INSERT INTO pause (scope, subject, paused_at_ms) VALUES ('session', $subject, 1)", ("$subject", new string('x', 4_000_000))), ct);
}
