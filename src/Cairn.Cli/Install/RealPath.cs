namespace Cairn.Cli.Install;

/// <summary>Paths with their symbolic links followed.</summary>
internal static class RealPath
{
    /// <summary>The path of an existing file or directory with every link in it followed.</summary>
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        var here = Path.Combine(Of(parent), Path.GetFileName(full));
        var target = new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        return target is null || target == here ? here : Of(target);
    }
}
