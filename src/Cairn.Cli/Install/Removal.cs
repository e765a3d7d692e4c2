namespace Cairn.Cli.Install;

/// <summary>Removes what an installation made; what is already gone is no failure.</summary>
internal static class Removal
{
    /// <summary>Removes a directory with all that is in it; a link to a directory is removed alone.</summary>
    /// <returns>True when it is gone; else the report says how to finish.</returns>
    public static bool TryDirectory(string path, InstallReport report) => Try(path, report, () =>
    {
        var directory = new DirectoryInfo(path);
        if (directory.LinkTarget is not null)
        {
            directory.Delete();
        }
        else if (directory.Exists)
        {
            directory.Delete(recursive: true);
        }
    });

    /// <summary>Removes one file or link.</summary>
    /// <returns>True when it is gone; else the report says how to finish.</returns>
    public static bool TryFile(string path, InstallReport report) => Try(path, report, () =>
    {
        if (Directory.Exists(path) || File.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            File.Delete(path);
        }
    });

    /// <summary>Removes a directory that nothing is left in.</summary>
    public static void DirectoryIfEmpty(string path)
    {
        try
        {
            if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
            {
                Directory.Delete(path);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // An empty directory harms nobody.
        }
    }

    private static bool Try(string path, InstallReport report, Action remove)
    {
        try
        {
            remove();
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            report.Fail($"{path} could not be removed ({problem.Message}). To finish: rm -rf \"{path}\"");
            return false;
        }
    }
}
