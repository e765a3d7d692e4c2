using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>
/// One statement, compiled once and run often. Binds by position and without an object for each value: of what an event
/// costs, looking up parameters by name was the largest part. Not thread-safe.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _positions;
    private readonly byte[] _text = new byte[16 * 1024];

    /// <param name="database">The open database.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Its parameters; every run gives the same names in the same order.</param>
    public SqliteStatement(sqlite3 database, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out _statement), database);
        _positions = new int[parameters.Length];
        for (var index = 0; index < parameters.Length; index++)
        {
            var position = raw.sqlite3_bind_parameter_index(_statement, parameters[index].Name);
            _positions[index] = position > 0
                ? position
                : throw new ArgumentException($"The statement has no parameter {parameters[index].Name}.", nameof(parameters));
        }

        if (_positions.Length != raw.sqlite3_bind_parameter_count(_statement))
        {
            throw new ArgumentException("The statement has parameters that were not given.", nameof(parameters));
        }
    }

    /// <summary>Runs it to its end; returns the number of rows that it changed.</summary>
    public int Execute(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            Bind(parameters);
            int result;
            do
            {
                result = raw.sqlite3_step(_statement);
            }
            while (result == raw.SQLITE_ROW);
            Check(result);
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs it to its first row; returns that row's first column as a number, null when there is no row or it is not a number.</summary>
    public long? Number(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            Bind(parameters);
            var result = raw.sqlite3_step(_statement);
            if (result == raw.SQLITE_ROW)
            {
                return raw.sqlite3_column_type(_statement, 0) == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(_statement, 0) : null;
            }

            Check(result);
            return null;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        for (var index = 0; index < parameters.Length; index++)
        {
            Check(Bind(_positions[index], parameters[index].Value));
        }
    }

    private int Bind(int position, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, position),
        string text => BindText(position, text),
        long number => raw.sqlite3_bind_int64(_statement, position, number),
        int number => raw.sqlite3_bind_int64(_statement, position, number),
        bool flag => raw.sqlite3_bind_int64(_statement, position, flag ? 1 : 0),
        double number => raw.sqlite3_bind_double(_statement, position, number),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, position, bytes),
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of a database."),
    };

    private int BindText(int position, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _text.Length)
        {
            // A rare large text must not keep its buffer for the life of the connection.
            return raw.sqlite3_bind_text(_statement, position, text);
        }

        return text.Length == 0
            ? raw.sqlite3_bind_text(_statement, position, text)
            : raw.sqlite3_bind_text(_statement, position, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }

    // The values go too: what was written must not stay in memory for as long as the statement lives.
    private void Reset()
    {
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
    }
}
