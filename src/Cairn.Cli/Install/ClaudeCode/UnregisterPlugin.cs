namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>Takes out of Claude Code what <see cref="RegisterPlugin"/> put in, from the record alone and from any state that it was left in.</summary>
internal sealed class UnregisterPlugin(InstallSite site, InstallRecord record)
{
    private readonly ClaudeLayout _layout = new(site, record.Registration?.ConfigDirectory);

    private static IReadOnlyList<IReadOnlyList<string>> Commands =>
        [["plugin", "uninstall", ClaudeLayout.PluginId], ["plugin", "marketplace", "remove", ClaudeLayout.PluginName]];

    /// <summary>Has the client forget the plugin and its marketplace, as far as its lists hold them.</summary>
    public static async Task AskAsync(ClaudeClient client, ClaudeLayout layout, CancellationToken ct)
    {
        if (layout.ListsPlugin)
        {
            await client.RunAsync(Commands[0], ct);
        }

        if (layout.ListsMarketplace)
        {
            await client.RunAsync(Commands[1], ct);
        }
    }

    /// <summary>The lines that would change.</summary>
    public IReadOnlyList<string> Describe()
    {
        var file = UserFile.Read(record.Path);
        List<string> asked = IsWithClient ? [.. Commands.Select(command => "claude " + string.Join(' ', command))] : [];
        var settings = ClaudeSettings.Parse(file);
        var after = After(file, settings);
        return [.. asked, .. LineDifference.Between(settings.Text, after is null ? "" : ClaudeSettings.TextOf(after))];
    }

    /// <summary>Takes it out; what could not be is in the report.</summary>
    /// <returns>True when nothing of ours is left.</returns>
    public async Task<bool> RunAsync(InstallReport report, CancellationToken ct)
    {
        var file = UserFile.Read(record.Path);
        // Read before the client writes: it drops comments, line ends and more on its way.
        var settings = ClaudeSettings.Parse(file);
        var after = After(file, settings);
        var forgotten = !IsWithClient || await TryClientAsync(report, ct);
        if (new DirectoryInfo(_layout.SkillsLink).LinkTarget == site.AgentDirectory("claude-code"))
        {
            Removal.TryLink(_layout.SkillsLink);
        }

        (file with { LinkTarget = file.LinkTarget ?? record.Original?.LinkTarget }).Put(after);
        foreach (var ours in _layout.PluginData.Concat((record.Registration?.MadeDirectories ?? []).Reverse()))
        {
            Removal.DirectoryIfEmpty(ours);
        }

        if (forgotten)
        {
            DropBackup(after);
        }

        return forgotten;
    }

    private bool IsWithClient => _layout.ListsPlugin || _layout.ListsMarketplace;

    private async Task<bool> TryClientAsync(InstallReport report, CancellationToken ct)
    {
        if (ClaudeClient.Find(site, _layout, record.Registration?.Client) is { } client)
        {
            await AskAsync(client, _layout, ct);
        }

        if (IsWithClient)
        {
            report.Fail(
                "Claude Code could not be asked to forget the plugin; it is out of the settings and does nothing. To finish: "
                + string.Join(" ; ", Commands.Select(command => "claude " + string.Join(' ', command))));
            return false;
        }

        Removal.TryDirectory(_layout.PluginCache, report);
        return true;
    }

    // What the file must hold when we are gone; null for no file.
    private byte[]? After(UserFile file, ClaudeSettings settings)
    {
        if (file.Bytes is null || file.Sha256 == record.Original?.Sha256)
        {
            return file.Bytes;
        }

        var clean = settings.Without(OurEntries.Of(site, record));
        if (record.Original is { Existed: false })
        {
            return clean.IsEmpty ? null : clean.Bytes;
        }

        var original = record.Original is null ? null : UserFile.Kept(record.Original);
        if (original is null)
        {
            return clean.Bytes;
        }

        var untouchedSince = file.Sha256 == record.Registration?.LeftSha256;
        return untouchedSince || clean.IsFormattedFrom(ClaudeSettings.Parse(file with { Bytes = original })) ? original : clean.Bytes;
    }

    private void DropBackup(byte[]? after)
    {
        // While the file differs from the original the copy is the user's only way back to it.
        if (record.Original is { Backup: { } backup } && after is not null && UserFile.Hash(after) == record.Original.Sha256)
        {
            File.Delete(backup);
            Removal.DirectoryIfEmpty(Path.GetDirectoryName(backup)!);
        }
    }
}
