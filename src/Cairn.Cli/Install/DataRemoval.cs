using Cairn.Core.Hosting;

namespace Cairn.Cli.Install;

/// <summary>
/// Removes the data: what Cairn is known to write, by name, and the directory when nothing else is left in it. A
/// directory without our mark is not touched.
/// </summary>
internal sealed class DataRemoval(CairnPaths paths)
{
    /// <summary>What there is to remove, the data directory's own entries and the database where it lies elsewhere.</summary>
    public IReadOnlyList<string> Targets =>
        IsOurs ? [.. Known.Where(path => File.Exists(path) || Directory.Exists(path))] : [];

    /// <summary>Removes it.</summary>
    public void Run(InstallReport report)
    {
        if (!IsOurs)
        {
            if (Directory.Exists(paths.Home))
            {
                report.Fail($"{paths.Home} was left alone: it does not carry Cairn's mark. Look at it, and remove it by hand if it is Cairn's.");
            }

            return;
        }

        foreach (var path in Targets)
        {
            if (Directory.Exists(path) ? Removal.TryDirectory(path, report) : Removal.TryFile(path, report))
            {
                report.Did($"Removed {path}.");
            }
        }

        Removal.DirectoryIfEmpty(paths.Home);
        if (Directory.Exists(paths.Home) && report.Failures.Count == 0)
        {
            report.Warn($"{paths.Home} stays: it holds files that Cairn did not make ({string.Join(", ", Left())}).");
        }
    }

    // The mark, or a database whose header names us.
    private bool IsOurs =>
        File.Exists(CairnHome.MarkerFile(paths)) || (File.Exists(paths.DatabaseFile) && CairnHome.IsFreeOrOurs(paths.DatabaseFile));

    // Until its first checkpoint a database in use does not name us in its header.
    private bool IsInUse =>
        File.Exists(CairnHome.MarkerFile(paths))
        && Path.GetDirectoryName(paths.DatabaseFile) == paths.Home
        && File.Exists(paths.DatabaseFile + "-wal");

    private IEnumerable<string> Known =>
    [
        .. DatabaseFiles,
        paths.SettingsFile, paths.CredentialsFile, paths.TokenFile,
        paths.LogsDirectory, paths.SpoolDirectory, paths.SpareSpoolDirectory, paths.QuarantineDirectory, paths.BackupsDirectory,
        paths.LockFile, paths.DiscoveryFile, paths.ReplacedFile, paths.StartedFile, paths.UnansweredFile, paths.SocketFile,
        // Last: until then a second try still knows the directory.
        CairnHome.MarkerFile(paths),
    ];

    private IEnumerable<string> DatabaseFiles =>
        CairnHome.IsFreeOrOurs(paths.DatabaseFile) || IsInUse
            ? [paths.DatabaseFile, paths.DatabaseFile + "-wal", paths.DatabaseFile + "-shm"]
            : [];

    private IEnumerable<string?> Left() => Directory.EnumerateFileSystemEntries(paths.Home).Select(Path.GetFileName).Take(5);
}
