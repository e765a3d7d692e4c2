using System.Globalization;
using System.Security.Cryptography;
using Cairn.Engine;
using Cairn.Engine.Storage;
using Cairn.Engine.Storage.Sqlite;
using Cairn.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Cairn.Tests.Storage;

/// <summary>Whose a database file is, and how it is brought up to date.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "data", "cairn.db");

    private string Backups => Path.Combine(_folder.Path, "backups");

    [Fact]
    public void A_new_file_is_marked_as_ours_and_closed_to_others()
    {
        Open().Dispose();
        Assert.True(SqliteFile.IsOurs(File));
        Assert.Equal(SqliteFile.ApplicationId.ToString(CultureInfo.InvariantCulture), Ask("PRAGMA application_id"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public void A_database_of_another_program_is_left_untouched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        Ask("CREATE TABLE memory_items (id INTEGER PRIMARY KEY, title TEXT)");
        var before = SHA256.HashData(System.IO.File.ReadAllBytes(File));
        Assert.Contains("not a Cairn database", Assert.Throws<StoreUnavailableException>(() => Open()).Message, StringComparison.Ordinal);
        Assert.Equal(before, SHA256.HashData(System.IO.File.ReadAllBytes(File)));
        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public void A_file_that_is_no_database_is_left_untouched()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "dear diary");
        Assert.Throws<StoreUnavailableException>(() => Open());
        Assert.Equal("dear diary", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_newer_schema_is_refused_with_its_number()
    {
        Open().Dispose();
        Ask("PRAGMA user_version = 999");
        Assert.Contains("schema 999", Assert.Throws<StoreUnavailableException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_a_migration_of_an_existing_database_there_is_a_backup_of_it()
    {
        Open().Dispose();
        Ask("INSERT INTO project (identity, label, root, created_at_ms) VALUES ('dir:/kept', 'still here', '/kept', 1)");
        Open([.. SqliteFile.Migrations, new Migration(SqliteFile.Migrations.Count + 1, "next.sql", "DELETE FROM project; CREATE TABLE next (id INTEGER) STRICT;")]).Dispose();
        Assert.Equal("0", Ask("SELECT COUNT(*) FROM project"));
        var backup = Assert.Single(Directory.GetFiles(Backups));
        Assert.Equal("still here", Ask("SELECT label FROM project", backup));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(backup));
        }
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_database_as_it_was()
    {
        Open().Dispose();
        var before = Ask("SELECT group_concat(sql) FROM sqlite_schema");
        var broken = new Migration(SqliteFile.Migrations.Count + 1, "broken.sql", "CREATE TABLE half (id INTEGER); CREATE NONSENSE;");
        Assert.Throws<SqliteException>(() => Open([.. SqliteFile.Migrations, broken]));
        Assert.Equal(before, Ask("SELECT group_concat(sql) FROM sqlite_schema"));
        Open().Dispose();
    }

    [Fact]
    public void Opening_twice_changes_nothing()
    {
        Open().Dispose();
        var before = Ask("SELECT group_concat(sql) FROM sqlite_schema");
        Open().Dispose();
        Assert.Equal(before, Ask("SELECT group_concat(sql) FROM sqlite_schema"));
        Assert.False(Directory.Exists(Backups));
    }

    public void Dispose() => _folder.Dispose();

    private SqliteSession Open() => Open(SqliteFile.Migrations);

    private SqliteSession Open(IReadOnlyList<Migration> migrations) => new SqliteFile(File, Backups, migrations, TimeProvider.System).OpenWriter();

    private string? Ask(string sql, string? file = null)
    {
        using var connection = new SqliteConnection($"Data Source={file ?? File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
