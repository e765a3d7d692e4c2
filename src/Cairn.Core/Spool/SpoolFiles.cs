using System.Globalization;
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
        Directory.Exists(paths.SpoolDirectory)
            ? Directory.EnumerateFiles(paths.SpoolDirectory, "*" + Extension).Where(file => !Path.GetFileName(file).StartsWith('.'))
            : [];

    /// <summary>The size that the name says; 0 when it says none.</summary>
    public static long SizeIn(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.AsSpan());
        return long.TryParse(name[(name.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
    }
}
