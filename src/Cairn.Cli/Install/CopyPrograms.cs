using Cairn.Core.Projects;

namespace Cairn.Cli.Install;

/// <summary>Copies the published build to a directory of its own version, whole or not at all.</summary>
internal sealed class CopyPrograms(InstallSite site, InstallJournal journal) : InstallStep(site, journal)
{
    // Begins with a dot so that it is never taken for a version.
    private const string StagingPrefix = ".staging-";

    public override string Kind => "programs";

    public override IReadOnlyList<PlannedChange> Describe()
    {
        PublishedFiles.Check(Site.ProgramDirectory);
        if (IsRunningFromThere || PublishedFiles.AreSame(Site.ProgramDirectory, Site.VersionDirectory))
        {
            return [];
        }

        return [new("copy the programs", Site.VersionDirectory, PublishedFiles.List(Site.ProgramDirectory))];
    }

    public override async Task ApplyAsync(InstallReport report, CancellationToken ct)
    {
        if (Describe() is [])
        {
            // Known as ours even where an earlier manifest was lost.
            Journal.Complete(Journal.Begin(Kind, Site.VersionDirectory));
            return;
        }

        var record = Journal.Begin(Kind, Site.VersionDirectory);
        await Site.StopDaemon(ct);
        PrivateTree.Ensure(Site.Paths.BinDirectory, below: Site.Paths.Home);
        RemoveStaging();
        var staging = NewStaging("new");
        PublishedFiles.Copy(Site.ProgramDirectory, staging);
        if (Directory.Exists(Site.VersionDirectory))
        {
            Directory.Move(Site.VersionDirectory, NewStaging("old"));
        }

        Directory.Move(staging, Site.VersionDirectory);
        RemoveStaging();
        Journal.Complete(record);
        report.Did($"Copied Cairn {Site.Version} to {Site.VersionDirectory}.");
    }

    public override PlannedChange DescribeUndo(InstallRecord record) => new("remove the programs", record.Path, []);

    public override string SayUndone(InstallRecord record) => $"Removed the programs ({record.Path}).";

    public override Task<bool> UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct)
    {
        RemoveStaging();
        var removed = Removal.TryDirectory(record.Path, report);
        Removal.DirectoryIfEmpty(Site.Paths.BinDirectory);
        return Task.FromResult(removed);
    }

    private bool IsRunningFromThere =>
        Directory.Exists(Site.VersionDirectory)
        && Path.TrimEndingDirectorySeparator(RealPath.Of(Site.ProgramDirectory)) == RealPath.Of(Site.VersionDirectory);

    private string NewStaging(string purpose) =>
        Path.Combine(Site.Paths.BinDirectory, $"{StagingPrefix}{purpose}-{Environment.ProcessId}");

    private void RemoveStaging()
    {
        if (Directory.Exists(Site.Paths.BinDirectory))
        {
            foreach (var left in Directory.EnumerateDirectories(Site.Paths.BinDirectory, StagingPrefix + "*"))
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }
}
