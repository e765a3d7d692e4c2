using System.Globalization;
using Cairn.Core.Files;
using Cairn.Core.Hosting;

namespace Cairn.Core.Spool;

/// <summary>How the files of the spool are named: the order of the names is the order of the events, and each says its size.</summary>
internal static class SpoolFiles
{
    private const string Extension = ".json";
    private const string RefusedName = "refused";

    /// <summary>Where refused events are counted.</summary>
    public static string RefusedFile(CairnPaths paths) => Path.Combine(paths.SpoolDirectory, RefusedName);

    /// <summary>The name of a file.</summary>
    public static string NameOf(DateTimeOffset at, int process, int bytes) => string.Create(
        CultureInfo.InvariantCulture, $"{(at - DateTimeOffset.UnixEpoch).Ticks * 100:D19}-{process}-{bytes}{Extension}");

    /// <summary>Paths of all complete files, in no order.</summary>
    public static IEnumerable<string> All(CairnPaths paths) =>
        Directories(paths).SelectMany(directory => Directory.EnumerateFiles(directory, "*" + Extension))
            .Where(file => !Path.GetFileName(file).StartsWith('.'));

    /// <summary>The directories that there are: the data directory's, and the spare one where it is ours.</summary>
    public static IEnumerable<string> Directories(CairnPaths paths)
    {
        if (Directory.Exists(paths.SpoolDirectory))
        {
            yield return paths.SpoolDirectory;
        }

        if (Directory.Exists(paths.SpareSpoolDirectory) && IsOurs(paths))
        {
            yield return paths.SpareSpoolDirectory;
        }
    }

    /// <summary>Makes the spare directory.</summary>
    /// <exception cref="UnauthorizedAccessException">Somebody else made it.</exception>
    public static void MakeSpare(CairnPaths paths)
    {
        SafeFile.EnsurePrivateDirectory(CairnPaths.ShortSocketDirectory);
        SafeFile.EnsurePrivateDirectory(paths.SpareSpoolDirectory);
    }

    // Only the owner may change the rights of a directory: that it works tells that it is ours, whoever made a place in /tmp.
    private static bool IsOurs(CairnPaths paths)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(CairnPaths.ShortSocketDirectory, SafeFile.OwnerOnlyDirectory);
                File.SetUnixFileMode(paths.SpareSpoolDirectory, SafeFile.OwnerOnlyDirectory);
            }

            return true;
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    /// <summary>The size that the name says; 0 when it says none.</summary>
    public static long SizeIn(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.AsSpan());
        return long.TryParse(name[(name.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
    }
}
