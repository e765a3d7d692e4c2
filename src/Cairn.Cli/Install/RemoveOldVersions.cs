namespace Cairn.Cli.Install;

/// <summary>Removes the programs of versions that an upgrade has replaced.</summary>
internal sealed class RemoveOldVersions(InstallSite site, InstallJournal journal, CopyPrograms programs) : InstallStep(site, journal)
{
    public override string Kind => "old-versions";

    public override IReadOnlyList<PlannedChange> Describe() =>
        [.. Old.Select(record => new PlannedChange($"remove version {Path.GetFileName(record.Path)}", record.Path, []))];

    public override async Task ApplyAsync(InstallReport report, CancellationToken ct)
    {
        foreach (var record in Old)
        {
            if (await programs.UndoAsync(record, report, ct))
            {
                Journal.Forget(record);
                report.Did($"Removed version {Path.GetFileName(record.Path)}.");
            }
        }
    }

    // It leaves no record of its own: what it removes is forgotten.
    public override PlannedChange DescribeUndo(InstallRecord record) => new("nothing to do", record.Path, []);

    public override string SayUndone(InstallRecord record) => $"Removed {record.Path}.";

    public override Task<bool> UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct) => Task.FromResult(true);

    private List<InstallRecord> Old =>
        [.. Journal.Records.Where(record => record.Kind == programs.Kind && record.Path != Site.VersionDirectory)];
}
