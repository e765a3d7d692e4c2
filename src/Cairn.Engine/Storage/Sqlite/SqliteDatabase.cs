using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>
/// One SQLite file: many readers, one writer. Writes that wait at the same time share one transaction and one fsync
/// (group commit); each is acknowledged only when that transaction is on disk.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    // Enough to share the fsync among all who wait; few enough that the first of them does not wait long.
    private const int LargestGroup = 256;
    private static readonly TimeSpan RetryOpenAfter = TimeSpan.FromSeconds(2);

    private readonly SqliteFile _file;
    private readonly TimeProvider _time;
    private readonly SqliteWriteQueue _writes = new();
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly Thread _writer;
    private SqliteSession? _session;
    private StoreUnavailableException? _failure;
    private long _failedAt;

    /// <summary>Opens nothing yet; the first write or read does.</summary>
    public SqliteDatabase(SqliteFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
        _writer = new Thread(RunWriter) { IsBackground = true, Name = "cairn-writer" };
        _writer.Start();
    }

    /// <summary>Raised on the writer's thread when a transaction was rolled back: what was cached of it is wrong.</summary>
    public event Action? RolledBack;

    public SqliteFile File => _file;

    /// <summary>Why the database cannot be used; null when it can or was not tried yet.</summary>
    public string? Problem => Volatile.Read(ref _failure)?.Message;

    /// <summary>Runs <paramref name="work"/> in a write transaction; when the task completes, its changes are on disk.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used; nothing was written.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var write = new SqliteWrite<T>(work);
        return _writes.TryAdd(write)
            ? write.Task
            : Task.FromException<T>(Stopping());
    }

    /// <summary>Runs what may not stand in a transaction, between two of them, on the connection that writes.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used.</exception>
    public Task RunAloneAsync(Action<SqliteSession> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var write = new SqliteWrite<bool>(session =>
        {
            work(session);
            return true;
        })
        { IsAlone = true };
        return _writes.TryAdd(write) ? write.Task : Task.FromException(Stopping());
    }

    /// <summary>Runs <paramref name="work"/> on the caller's thread against a consistent snapshot.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (_session is null)
        {
            await WriteAsync(_ => true, ct);
        }

        try
        {
            if (!_readers.TryTake(out var session))
            {
                session = _file.OpenReader();
            }

            session.Execute("BEGIN");
            try
            {
                return work(session);
            }
            finally
            {
                session.Execute("ROLLBACK");
                _readers.Add(session);
            }
        }
        catch (SqliteException problem)
        {
            throw Explain(problem);
        }
    }

    /// <summary>Looks at the whole file; takes a while on a large one.</summary>
    public Task<StoreCondition> ExamineAsync(CancellationToken ct) =>
        ReadAsync(connection => new StoreCondition(
            _file.Length,
            [.. connection.Query("PRAGMA integrity_check(20)", row => row.GetString(0)).Where(line => line != "ok")]), ct);

    /// <summary>Finishes the writes that wait, folds the log into the file and closes it.</summary>
    public void Dispose()
    {
        _writes.Close();
        _writer.Join();
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }
    }

    private void RunWriter()
    {
        while (_writes.Take() is { Count: > 0 } waiting)
        {
            foreach (var group in waiting.Where(write => !write.IsAlone).Chunk(LargestGroup))
            {
                RunGroup(group);
            }

            foreach (var alone in waiting.Where(write => write.IsAlone))
            {
                RunAlone(alone);
            }
        }

        Close();
    }

    private static StoreUnavailableException Stopping() => new("Cairn is stopping; try again in a moment.");

    private void RunAlone(SqliteWrite write)
    {
        try
        {
            write.Run(OpenedSession());
            write.Succeed();
        }
        catch (Exception problem)
        {
            write.Fail(Explain(problem));
        }
    }

    private void RunGroup(SqliteWrite[] group)
    {
        try
        {
            Commit(OpenedSession(), group);
        }
        catch (Exception) when (group.Length > 1 && _session is not null)
        {
            // One of them failed and took the others' transaction with it: each gets its own, so only that one fails.
            foreach (var write in group)
            {
                RunGroup([write]);
            }
        }
        catch (Exception problem)
        {
            var explained = Explain(problem);
            Volatile.Write(ref _failure, explained as StoreUnavailableException);
            foreach (var write in group)
            {
                write.Fail(explained);
            }
        }
    }

    private void Commit(SqliteSession session, SqliteWrite[] group)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var write in group)
            {
                write.Run(session);
            }

            session.Execute("COMMIT");
            Volatile.Write(ref _failure, null);
        }
        catch
        {
            RollBack(session);
            throw;
        }

        foreach (var write in group)
        {
            write.Succeed();
        }
    }

    private void RollBack(SqliteSession session)
    {
        RolledBack?.Invoke();
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself (disk full, I/O error); there is no transaction left to end.
        }
    }

    private SqliteSession OpenedSession()
    {
        if (_session is { } open)
        {
            return open;
        }

        if (_failure is { } failure && _time.GetElapsedTime(_failedAt) < RetryOpenAfter)
        {
            throw failure;
        }

        try
        {
            _session = _file.OpenWriter();
            return _session;
        }
        catch (Exception problem) when (problem is SqliteException or StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            _failedAt = _time.GetTimestamp();
            throw Explain(problem);
        }
    }

    private Exception Explain(Exception problem) => problem switch
    {
        SqliteException { SqliteErrorCode: 19 } => problem,
        SqliteException sqlite => new StoreUnavailableException(ReasonOf(sqlite), sqlite),
        IOException or UnauthorizedAccessException => new StoreUnavailableException($"{_file.Path} cannot be opened: {problem.Message}", problem),
        _ => problem,
    };

    private string ReasonOf(SqliteException problem) => problem.SqliteErrorCode switch
    {
        5 or 6 => $"{_file.Path} is locked by another program; close what has it open.",
        8 => $"{_file.Path} is read-only; make the file and its directory writable.",
        10 => $"{_file.Path}: the disk answers with errors (code {problem.SqliteExtendedErrorCode}).",
        11 or 26 => $"{_file.Path} is damaged; it was left untouched. Stop Cairn and restore a backup, or move the file away.",
        13 => $"The disk that holds {_file.Path} is full; free some space.",
        14 => $"{_file.Path} cannot be opened; look at the permissions of its directory.",
        _ => $"{_file.Path} cannot be used (SQLite code {problem.SqliteErrorCode}).",
    };

    private void Close()
    {
        try
        {
            _session?.ExecuteOnce("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // Committed data is safe in the log; the next start folds it in.
        }

        _session?.Dispose();
    }
}
