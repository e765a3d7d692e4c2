using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>Looks into the product's database from outside, reading only: what counts is what is really on disk.</summary>
internal sealed class Store(string file)
{
    static Store() => SQLitePCL.Batteries_V2.Init();

    public long Sessions => Number("SELECT count(*) FROM session");

    /// <summary>Prompts that people gave, as events.</summary>
    public long Prompts => Number("SELECT count(*) FROM event WHERE kind = 'prompt'");

    /// <summary>The prompts that the sessions say they had; must be the same number.</summary>
    public long PromptsOfSessions => Number("SELECT coalesce(sum(prompts), 0) FROM session");

    public long Memories => Number("SELECT count(*) FROM memory WHERE deleted_at_ms IS NULL AND kind <> 'session_summary'");

    /// <summary>Tool calls that are stored more than once.</summary>
    public long DoubledToolCalls => Number(
        "SELECT count(*) FROM (SELECT 1 FROM event WHERE tool_call_id IS NOT NULL GROUP BY session_id, tool_call_id HAVING count(*) > 1)");

    public long ToolCalls => Number("SELECT count(*) FROM event WHERE tool_call_id IS NOT NULL");

    public IReadOnlyList<string> Titles => Words("SELECT title FROM memory WHERE deleted_at_ms IS NULL ORDER BY id");

    public long Number(string sql, params IReadOnlyList<(string Name, object Value)> parameters)
    {
        using var connection = Open();
        using var command = Command(connection, sql, parameters);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<string> Words(string sql, params IReadOnlyList<(string Name, object Value)> parameters)
    {
        using var connection = Open();
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var words = new List<string>();
        while (reader.Read())
        {
            words.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        }

        return words;
    }

    /// <summary>Waits until everything that was captured has been looked at by the observer.</summary>
    public Task SettledAsync(CancellationToken ct) =>
        UntilAsync(() => Number("SELECT count(*) FROM batch WHERE state IN ('pending', 'claimed')") == 0, ct);

    /// <summary>Waits until something holds, at most half a minute.</summary>
    public static async Task UntilAsync(Func<bool> holds, CancellationToken ct, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"half a minute passed without: {what}");
            await Task.Delay(50, ct);
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False;Default Timeout=10");
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, IReadOnlyList<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
