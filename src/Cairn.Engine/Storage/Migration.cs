using System.Globalization;

namespace Cairn.Engine.Storage;

/// <summary>One numbered .sql file embedded in this assembly, e.g. <c>0001_spine.sql</c>. Never edited once released.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>The migrations under <paramref name="folder"/>, in order.</summary>
    /// <exception cref="InvalidOperationException">The numbers are not 1, 2, 3, … without a gap.</exception>
    public static IReadOnlyList<Migration> All(string folder)
    {
        var assembly = typeof(Migration).Assembly;
        var migrations = assembly.GetManifestResourceNames()
            .Select(resource => (Resource: resource, Index: resource.Replace('\\', '/').IndexOf(folder, StringComparison.Ordinal)))
            .Where(found => found.Index >= 0)
            .Select(found => Read(found.Resource, found.Resource[(found.Index + folder.Length)..]))
            .OrderBy(migration => migration.Number)
            .ToList();

        return migrations.Index().All(pair => pair.Item.Number == pair.Index + 1)
            ? migrations
            : throw new InvalidOperationException($"Migrations in {folder} must be numbered 0001, 0002, … without a gap.");
    }

    private static Migration Read(string resource, string file)
    {
        using var reader = new StreamReader(typeof(Migration).Assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), file, reader.ReadToEnd());
    }
}
