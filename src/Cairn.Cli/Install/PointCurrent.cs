namespace Cairn.Cli.Install;

/// <summary>Points <c>bin/current</c>, which hooks name, at the installed version in one step.</summary>
internal sealed class PointCurrent(InstallSite site, InstallJournal journal) : InstallStep(site, journal)
{
    private const string StagingName = ".staging-current";

    public override string Kind => "current";

    public override IReadOnlyList<PlannedChange> Describe() =>
        PointsAt == Site.Version && !OperatingSystem.IsWindows()
            ? []
            : [new($"point current at version {Site.Version}", Site.CurrentDirectory, [])];

    public override async Task ApplyAsync(InstallReport report, CancellationToken ct)
    {
        var changes = Describe();
        var record = Journal.Begin(Kind, Site.CurrentDirectory);
        if (changes is not [])
        {
            await Site.StopDaemon(ct);
            var staging = Path.Combine(Site.Paths.BinDirectory, StagingName);
            Clear(staging);
            Swap(staging);
            Clear(staging);
            report.Did($"{Site.CurrentDirectory} is version {Site.Version}.");
        }

        Journal.Complete(record);
    }

    public override PlannedChange DescribeUndo(InstallRecord record) => new("remove the link", record.Path, []);

    public override string SayUndone(InstallRecord record) => $"Removed the link {record.Path}.";

    public override Task<bool> UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct)
    {
        Clear(Path.Combine(Site.Paths.BinDirectory, StagingName));
        var removed = Removal.TryDirectory(record.Path, report);
        Removal.DirectoryIfEmpty(Site.Paths.BinDirectory);
        return Task.FromResult(removed);
    }

    private string? PointsAt => new DirectoryInfo(Site.CurrentDirectory).LinkTarget;

    private void Swap(string staging)
    {
        PrivateTree.Ensure(staging, below: Site.Paths.Home);
        var replacement = Path.Combine(staging, "current");
        if (OperatingSystem.IsWindows())
        {
            // A link needs a privilege there that users rarely have, so current is a second copy.
            PublishedFiles.Copy(Site.VersionDirectory, replacement);
            Clear(Site.CurrentDirectory);
            Directory.Move(replacement, Site.CurrentDirectory);
            return;
        }

        // The link is relative and leads nowhere while it lies in the staging directory: for File.Move it is a file then,
        // and renames over the old link in one step. A link that leads to a directory would be refused.
        if (PointsAt is null)
        {
            Clear(Site.CurrentDirectory);
        }

        File.CreateSymbolicLink(replacement, Site.Version);
        File.Move(replacement, Site.CurrentDirectory, overwrite: true);
    }

    private static void Clear(string path)
    {
        if (!Removal.TryLink(path) && Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
