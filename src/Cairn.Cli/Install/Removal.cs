namespace Cairn.Cli.Install;

/// <summary>Removes what an installation made; what is already gone is no failure.</summary>
internal static class Removal
{
    /// <summary>Removes a directory with all that is in it; a link to a directory is removed alone.</summary>
    /// <returns>True when it is gone; else the report says how to finish.</returns>
    public static bool TryDirectory(string path, InstallReport report) => Try(path, report, () =>
    {
        if (!TryLink(path) && Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    });

    /// <summary>Removes a link to a directory, also one that leads nowhere.</summary>
    /// <returns>False, and nothing removed, when it is no link.</returns>
    public static bool TryLink(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is null)
        {
            return false;
        }

        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }
        else
        {
            File.Delete(path);
        }

        return true;
    }

    /// <summary>Removes one file or link.</summary>
    /// <returns>True when it is gone; else the report says how to finish.</returns>
    public static bool TryFile(string path, InstallReport report) => Try(path, report, () =>
    {
        if (File.Exists(path) || new FileInfo(path).LinkTarget is not null)
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
