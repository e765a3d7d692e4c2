using Cairn.Core.Files;

namespace Cairn.Cli.Install;

/// <summary>Directories below the data directory, which only their owner may look into.</summary>
internal static class PrivateTree
{
    /// <summary>Makes a directory and those between it and <paramref name="below"/>, each 0700.</summary>
    public static void Ensure(string path, string below)
    {
        if (path.Length > below.Length && Path.GetDirectoryName(path) is { } parent)
        {
            Ensure(parent, below);
        }

        SafeFile.EnsurePrivateDirectory(path);
    }
}
