namespace Cairn.Cli.Install;

/// <summary>
/// Makes the command answer to codemem's name too, for its scripts: a link in a directory of its own, which people put
/// before others in their PATH. Nothing that exists is covered or replaced.
/// </summary>
internal sealed class LinkOlderName(InstallSite site, InstallJournal journal) : InstallStep(site, journal)
{
    private const string Name = "codemem";

    public override string Kind => "older-name";

    private string Link => Path.Combine(Site.Paths.BinDirectory, "names", Name);

    public override IReadOnlyList<PlannedChange> Describe() =>
        OperatingSystem.IsWindows()
            ? throw new InstallRefusedException("A link to a program needs a privilege on Windows that users rarely have; call cairn by its own name.")
            : new FileInfo(Link).LinkTarget == Target ? [] : [new($"let the command answer to {Name}", Link, [])];

    public override Task ApplyAsync(InstallReport report, CancellationToken ct)
    {
        var changes = Describe();
        var record = Journal.Begin(Kind, Link);
        if (changes is not [])
        {
            var directory = Path.GetDirectoryName(Link)!;
            PrivateTree.Ensure(directory, below: Site.Paths.Home);
            File.Delete(Link);
            File.CreateSymbolicLink(Link, Target);
            report.Did($"{Link} is cairn. Put {directory} before others in your PATH to use it.");
        }

        Journal.Complete(record);
        return Task.CompletedTask;
    }

    public override PlannedChange DescribeUndo(InstallRecord record) => new("remove the link", record.Path, []);

    public override string SayUndone(InstallRecord record) => $"Removed the link {record.Path}.";

    public override Task<bool> UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct)
    {
        var removed = Removal.TryFile(record.Path, report);
        Removal.DirectoryIfEmpty(Path.GetDirectoryName(record.Path)!);
        return Task.FromResult(removed);
    }

    private static string Target => Path.Combine("..", "current", InstallSite.ExecutableName("cairn"));
}
