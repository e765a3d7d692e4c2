using Cairn.Core.Files;

namespace Cairn.Cli.Install;

/// <summary>Writes the files that one agent reads from us to a directory of its own, each file in one step.</summary>
/// <param name="site">Where it happens.</param>
/// <param name="journal">Where it is noted.</param>
/// <param name="agent">The agent's name.</param>
/// <param name="render">The files' bytes by their path relative to the directory.</param>
internal sealed class RenderPlugin(
    InstallSite site, InstallJournal journal, string agent, Func<IReadOnlyDictionary<string, byte[]>> render) : InstallStep(site, journal)
{
    private readonly string _directory = site.AgentDirectory(agent);

    public override string Kind => "plugin-files";

    public override IReadOnlyList<PlannedChange> Describe()
    {
        var files = render();
        List<string> details =
        [
            .. Stale(files).Select(name => "remove " + name),
            .. files.Where(IsDifferent).Select(file => "write " + file.Key),
        ];
        return details is [] ? [] : [new("write the plugin", _directory, details)];
    }

    public override Task ApplyAsync(InstallReport report, CancellationToken ct)
    {
        var files = render();
        var changed = files.Where(IsDifferent).ToList();
        var stale = Stale(files).ToList();
        var record = Journal.Begin(Kind, _directory, agent);
        foreach (var (name, content) in changed)
        {
            var path = Path.Combine(_directory, name);
            PrivateTree.Ensure(Path.GetDirectoryName(path)!, below: Site.Paths.Home);
            SafeFile.WriteAtomically(path, content, SafeFile.OwnerOnlyFile);
        }

        foreach (var name in stale)
        {
            File.Delete(Path.Combine(_directory, name));
        }

        Journal.Complete(record);
        if (changed.Count + stale.Count > 0)
        {
            report.Did($"Wrote the plugin to {_directory}.");
        }

        return Task.CompletedTask;
    }

    public override PlannedChange DescribeUndo(InstallRecord record) => new("remove the plugin's files", record.Path, []);

    public override string SayUndone(InstallRecord record) => $"Removed the plugin's files ({record.Path}).";

    public override Task<bool> UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct)
    {
        var removed = Removal.TryDirectory(record.Path, report);
        Removal.DirectoryIfEmpty(Path.GetDirectoryName(record.Path)!);
        return Task.FromResult(removed);
    }

    private bool IsDifferent(KeyValuePair<string, byte[]> file)
    {
        var path = Path.Combine(_directory, file.Key);
        return !File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Value);
    }

    private IEnumerable<string> Stale(IReadOnlyDictionary<string, byte[]> files) =>
        Directory.Exists(_directory) ? PublishedFiles.List(_directory).Where(name => !files.ContainsKey(name)) : [];
}
