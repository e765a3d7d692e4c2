using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>The database file as a file: whose it is, how it is opened, how it is brought up to date.</summary>
internal sealed class SqliteFile(string path, string backupsDirectory, IReadOnlyList<Migration> migrations, TimeProvider time)
{
    /// <summary>Marks a file as ours in the SQLite header: "CARN".</summary>
    public const int ApplicationId = 0x4341524E;

    // For another program's lock on the file.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>The migrations of this version.</summary>
    public static IReadOnlyList<Migration> Migrations => Migration.All("Storage/Sqlite/Migrations/");

    public string Path => path;

    /// <summary>Bytes on disk, the write-ahead log included.</summary>
    public long Length => new[] { path, path + "-wal" }.Select(file => new FileInfo(file)).Where(file => file.Exists).Sum(file => file.Length);

    /// <summary>True when the file is missing, empty or ours: only then may it be opened for writing. Reads the header alone.</summary>
    public static bool IsOurs(string path)
    {
        Span<byte> header = stackalloc byte[100];
        if (!File.Exists(path))
        {
            return true;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return length == 0
            || (length == header.Length
                && header.StartsWith("SQLite format 3\0"u8)
                && BinaryPrimitives.ReadInt32BigEndian(header[68..]) == ApplicationId);
    }

    /// <summary>Opens the file for the one writer, made and migrated where needed.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be used; the message says why, and the file is as it was.</exception>
    public SqliteSession OpenWriter()
    {
        if (!IsOurs(path))
        {
            throw new StoreUnavailableException(
                $"{path} is not a Cairn database (or is damaged beyond its first page); it was left untouched. Move it away, restore a backup from {backupsDirectory}, or set CAIRN_HOME to another directory.");
        }

        CreatePrivately();
        var session = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            Prepare(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Opens the migrated file for one more reader.</summary>
    public SqliteSession OpenReader()
    {
        var session = Open(SqliteOpenMode.ReadWrite);
        session.ExecuteOnce("PRAGMA query_only = ON; PRAGMA mmap_size = 268435456");
        return session;
    }

    private SqliteSession Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            ForeignKeys = true,
            DefaultTimeout = (int)LongestWait.TotalSeconds,
            Pooling = false,
        }.ToString());
        connection.Open();
        _ = raw.sqlite3_busy_timeout(connection.Handle!, (int)LongestWait.TotalMilliseconds);
        return new SqliteSession(connection);
    }

    private void Prepare(SqliteSession session)
    {
        var version = session.Number("PRAGMA user_version") ?? 0;
        if (version > migrations.Count)
        {
            throw new StoreUnavailableException(
                $"{path} was written by a newer Cairn (schema {version}; this version knows {migrations.Count}). Update Cairn, or set CAIRN_HOME to another directory.");
        }

        if (version == 0)
        {
            // Before there is a write-ahead log: whose file it is must stand in the file itself, where IsOurs reads it, also
            // when the process is killed before the first checkpoint.
            session.ExecuteOnce(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        }

        // FULL: an event is on disk before it is acknowledged; the group commit pays one fsync for many events.
        // secure_delete: what a person forgets is overwritten, not only unlinked.
        session.ExecuteOnce(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY");
        if (version < migrations.Count)
        {
            BackUp(session, version);
            foreach (var migration in migrations.Where(migration => migration.Number > version))
            {
                Apply(session, migration);
            }
        }
    }

    private static void Apply(SqliteSession session, Migration migration)
    {
        session.ExecuteOnce("BEGIN IMMEDIATE");
        try
        {
            session.ExecuteOnce(migration.Sql);
            session.ExecuteOnce(string.Create(
                CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {migration.Number}"));
            session.ExecuteOnce("COMMIT");
        }
        catch
        {
            session.ExecuteOnce("ROLLBACK");
            throw;
        }
    }

    private void BackUp(SqliteSession session, long version)
    {
        if (version == 0)
        {
            return;
        }

        CreatePrivateDirectory(backupsDirectory);
        var name = string.Create(CultureInfo.InvariantCulture, $"cairn-schema{version}-{time.GetUtcNow():yyyyMMdd-HHmmss}.db");
        var target = System.IO.Path.Combine(backupsDirectory, name);
        session.Execute("VACUUM INTO $target", ("$target", target));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    // SQLite gives its -wal and -shm files the mode of the database file.
    private void CreatePrivately()
    {
        if (File.Exists(path))
        {
            return;
        }

        CreatePrivateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
    }

    private static void CreatePrivateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
