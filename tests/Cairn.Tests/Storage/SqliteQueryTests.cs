using System.Reflection;
using Cairn.Engine.Storage.Sqlite;
using Cairn.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Cairn.Tests.Storage;

public sealed class SqliteQueryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Queries() =>
        [.. from type in typeof(SqliteDatabase).Assembly.GetTypes()
            where type is { Name: "Sql", IsNested: true } && type.Namespace == typeof(SqliteDatabase).Namespace
            from query in type.GetFields(BindingFlags.Static | BindingFlags.Public)
            select new TheoryDataRow<string, string>($"{type.DeclaringType!.Name}.{query.Name}", (string)query.GetRawConstantValue()!)];

    [Theory, MemberData(nameof(Queries))]
    public void Every_query_prepares_against_the_migrated_schema(string name, string sql)
    {
        var file = Path.Combine(_folder.Path, "cairn.db");
        new SqliteFile(file, _folder.Path, SqliteFile.Migrations, TimeProvider.System).OpenWriter().Dispose();
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Null(Record.Exception(command.Prepare) is { } problem ? $"{name}: {problem.Message}" : null);
    }

    public void Dispose() => _folder.Dispose();
}
