namespace Cairn.Engine.Storage.Sqlite;

/// <summary>What was done with a memory's file, as it stands in a column.</summary>
internal static class FileRoleName
{
    public const string Read = "read";
    public const string Modified = "modified";
}
