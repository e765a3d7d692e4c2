namespace Cairn.Cli.Install.OpenCode;

/// <summary>
/// Puts our plugin into the list of OpenCode's configuration, and leaves that file as it was but for our entry: its
/// comments, line ends, byte order mark and the link that it may be.
/// </summary>
/// <param name="site">Where it happens.</param>
/// <param name="journal">Where it is noted.</param>
internal sealed class ListPlugin(InstallSite site, InstallJournal journal) : InstallStep(site, journal)
{
    private readonly OpenCodeLayout _layout = new(site);

    public override string Kind => "opencode-plugin";

    public override IReadOnlyList<PlannedChange> Describe()
    {
        var config = OpenCodeConfig.Parse(UserFile.Read(_layout.ConfigFile));
        var wanted = config.With(_layout.PluginEntry);
        return ReferenceEquals(config, wanted)
            ? []
            : [new("add our plugin to the configuration", _layout.ConfigFile, LineDifference.Between(config.Text, wanted.Text))];
    }

    public override Task ApplyAsync(InstallReport report, CancellationToken ct)
    {
        if (Describe() is [] && Journal.Find(Kind, _layout.ConfigFile) is { Done: true } known && known.Version == Site.Version)
        {
            return Task.CompletedTask;
        }

        var file = UserFile.Read(_layout.ConfigFile);
        var config = OpenCodeConfig.Parse(file);
        var wanted = config.With(_layout.PluginEntry);
        var record = Journal.Begin(
            Kind, _layout.ConfigFile, "opencode",
            () => file.Keep(Site.Paths.BackupsDirectory, "opencode-config"),
            new AgentRegistration
            {
                Route = "plugin-list",
                ConfigDirectory = _layout.ConfigDirectory,
                MadeDirectories = Journal.Find(Kind, _layout.ConfigFile)?.Registration?.MadeDirectories ?? MissingDirectories(),
            });
        if (!ReferenceEquals(config, wanted))
        {
            file.Put(wanted.Bytes);
            report.Did($"Added our plugin to {_layout.ConfigFile}; nothing else in it was changed.");
        }

        Journal.Complete(record with { Registration = record.Registration! with { LeftSha256 = UserFile.Read(_layout.ConfigFile).Sha256 } });
        return Task.CompletedTask;
    }

    public override PlannedChange DescribeUndo(InstallRecord record)
    {
        var file = UserFile.Read(record.Path);
        return new(
            "take our plugin out of OpenCode's configuration", record.Path,
            LineDifference.Between(OpenCodeConfig.TextOf(file.Bytes), OpenCodeConfig.TextOf(After(record, file))));
    }

    public override string SayUndone(InstallRecord record) => $"Took our plugin out of OpenCode's configuration ({record.Path}).";

    public override Task<bool> UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct)
    {
        var file = UserFile.Read(record.Path);
        var after = After(record, file);
        (file with { LinkTarget = file.LinkTarget ?? record.Original?.LinkTarget }).Put(after);
        foreach (var made in (record.Registration?.MadeDirectories ?? []).Reverse())
        {
            Removal.DirectoryIfEmpty(made);
        }

        // While the file differs from the original the copy is the user's only way back to it.
        if (record.Original is { Backup: { } backup } && after is not null && UserFile.Hash(after) == record.Original.Sha256)
        {
            File.Delete(backup);
            Removal.DirectoryIfEmpty(Path.GetDirectoryName(backup)!);
        }

        return Task.FromResult(true);
    }

    // What the file must hold when we are gone; null for no file.
    private byte[]? After(InstallRecord record, UserFile file)
    {
        if (file.Bytes is null || file.Sha256 == record.Original?.Sha256)
        {
            return file.Bytes;
        }

        var original = record.Original is { Existed: true } there ? UserFile.Kept(there) : null;
        if (original is not null && file.Sha256 == record.Registration?.LeftSha256)
        {
            return original;
        }

        var hadList = original is not null && OpenCodeConfig.Parse(file with { Bytes = original }).HasList;
        var clean = OpenCodeConfig.Parse(file).Without(_layout.PluginEntry, keepsList: hadList);
        return record.Original is { Existed: false } && clean.IsEmpty ? null : clean.Bytes;
    }

    private IReadOnlyList<string> MissingDirectories() =>
        [.. new[] { Path.GetDirectoryName(_layout.ConfigDirectory)!, _layout.ConfigDirectory }.Where(directory => !Directory.Exists(directory))];
}
