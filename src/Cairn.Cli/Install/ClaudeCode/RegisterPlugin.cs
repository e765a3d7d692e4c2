namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>
/// Tells Claude Code of us by the best way that works here, and leaves the user's settings file as it was but for our
/// entries: its comments, line ends, byte order mark and the link that it may be.
/// </summary>
/// <param name="site">Where it happens.</param>
/// <param name="journal">Where it is noted.</param>
/// <param name="layout">The client's configuration.</param>
/// <param name="client">The client where it works; null where it can't be asked.</param>
/// <param name="hooksJson">The plugin's hooks.json as it is installed.</param>
internal sealed class RegisterPlugin(
    InstallSite site, InstallJournal journal, ClaudeLayout layout, ClaudeClient? client, Func<byte[]> hooksJson) : InstallStep(site, journal)
{
    /// <summary>The <see cref="InstallStep.Kind"/> of this change.</summary>
    public const string KindName = "registration";

    private readonly string _plugin = site.AgentDirectory("claude-code");

    public override string Kind => KindName;

    public override IReadOnlyList<PlannedChange> Describe()
    {
        var file = UserFile.Read(layout.SettingsFile);
        var settings = ClaudeSettings.Parse(file);
        RefuseForeignMarketplace(settings);
        var route = RoutesFor(settings)[0];
        var wanted = Wanted(settings, route);
        var changes = new List<PlannedChange>();
        if (!IsToldToClient(route))
        {
            changes.Add(route == RegistrationRoute.Folder
                ? new("link the plugin", layout.SkillsLink, [_plugin])
                : new("have Claude Code install the plugin", _plugin, [.. InstallCommands.Select(command => "claude " + string.Join(' ', command))]));
        }

        if (!wanted.MeansTheSameAs(settings))
        {
            changes.Add(new("add our entries to the settings", layout.SettingsFile, LineDifference.Between(settings.Text, wanted.Text)));
        }

        return changes;
    }

    public override async Task ApplyAsync(InstallReport report, CancellationToken ct)
    {
        if (Describe() is [] && Journal.Find(Kind, layout.SettingsFile) is { Done: true } known && known.Version == Site.Version)
        {
            return;
        }

        var file = UserFile.Read(layout.SettingsFile);
        var settings = ClaudeSettings.Parse(file);
        foreach (var route in RoutesFor(settings))
        {
            var record = Begin(file, route);
            if (await TryAsync(route, report, ct))
            {
                file.Put(Changed(settings, Wanted(settings, route)) ?? file.Bytes);
                var left = UserFile.Read(layout.SettingsFile).Sha256;
                Journal.Complete(record with { Registration = record.Registration! with { LeftSha256 = left } });
                Say(route, settings, report);
                return;
            }

            file.Put(file.Bytes);
        }
    }

    public override PlannedChange DescribeUndo(InstallRecord record)
    {
        var undo = new UnregisterPlugin(Site, record);
        return new("take our entries out of Claude Code", record.Path, undo.Describe());
    }

    public override string SayUndone(InstallRecord record) => $"Took our entries out of Claude Code ({record.Path}).";

    public override Task<bool> UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct) =>
        new UnregisterPlugin(Site, record).RunAsync(report, ct);

    // The last one always works, whatever became of those before it.
    private IReadOnlyList<string> RoutesFor(ClaudeSettings settings) =>
        client is null ? [RegistrationRoute.Settings]
        : settings.IsStrict ? [RegistrationRoute.Plugin, RegistrationRoute.Settings]
        : [RegistrationRoute.Folder, RegistrationRoute.Settings];

    private IReadOnlyList<IReadOnlyList<string>> InstallCommands =>
        [["plugin", "marketplace", "add", _plugin], ["plugin", "install", ClaudeLayout.PluginId]];

    private bool IsToldToClient(string route) => route switch
    {
        RegistrationRoute.Plugin => layout.ListsMarketplace && layout.ListsPlugin,
        RegistrationRoute.Folder => IsLinked,
        _ => true,
    };

    private bool IsLinked => new DirectoryInfo(layout.SkillsLink).LinkTarget == _plugin;

    private ClaudeSettings Wanted(ClaudeSettings settings, string route)
    {
        var wanted = settings.Without(OurEntries.Of(Site, Journal.Find(Kind, layout.SettingsFile)));
        wanted = route switch
        {
            RegistrationRoute.Plugin => wanted.WithPlugin(_plugin),
            RegistrationRoute.Settings => wanted.WithHooks(hooksJson()),
            _ => wanted,
        };
        return wanted.MeansTheSameAs(settings) ? settings : wanted;
    }

    // Null where nothing changes: a missing file stays missing, an empty one empty.
    private static byte[]? Changed(ClaudeSettings settings, ClaudeSettings wanted) =>
        ReferenceEquals(settings, wanted) ? null : wanted.Bytes;

    private InstallRecord Begin(UserFile file, string route)
    {
        var earlier = Journal.Find(Kind, layout.SettingsFile)?.Registration;
        return Journal.Begin(
            Kind, layout.SettingsFile, "claude-code",
            () => file.Keep(Site.Paths.BackupsDirectory, "claude-code-settings"),
            new AgentRegistration
            {
                Route = route,
                ConfigDirectory = layout.SetDirectory,
                Client = client?.Program,
                LeftSha256 = earlier?.LeftSha256,
                MadeDirectories = earlier?.MadeDirectories ?? [.. layout.Directories.Where(directory => !Directory.Exists(directory))],
                Urls = [.. (earlier?.Urls ?? []).Union(HookEntries.Urls(hooksJson()))],
            });
    }

    private async Task<bool> TryAsync(string route, InstallReport report, CancellationToken ct)
    {
        if (route != RegistrationRoute.Folder && IsLinked)
        {
            Removal.TryLink(layout.SkillsLink);
        }

        if (route != RegistrationRoute.Plugin && client is not null && layout.ListsPlugin)
        {
            await UnregisterPlugin.AskAsync(client, layout, ct);
        }

        return route switch
        {
            RegistrationRoute.Plugin => await TryPluginAsync(report, ct),
            RegistrationRoute.Folder => await TryFolderAsync(report, ct),
            _ => true,
        };
    }

    private async Task<bool> TryPluginAsync(InstallReport report, CancellationToken ct)
    {
        var wasListed = layout.ListsPlugin;
        foreach (var command in InstallCommands)
        {
            if (await client!.RunAsync(command, ct) is { Succeeded: false } run)
            {
                report.Warn($"'claude {string.Join(' ', command)}' failed ({run.LastLine}); the hooks were put into the settings file instead.");
                await UnregisterPlugin.AskAsync(client, layout, ct);
                return false;
            }
        }

        if (wasListed)
        {
            // Only the version that the client shows: it reads the plugin from our directory anyway.
            await client!.RunAsync(["plugin", "update", ClaudeLayout.PluginId], ct);
        }

        return true;
    }

    private async Task<bool> TryFolderAsync(InstallReport report, CancellationToken ct)
    {
        if (!IsLinked)
        {
            if (Directory.Exists(layout.SkillsLink) || File.Exists(layout.SkillsLink))
            {
                report.Warn($"{layout.SkillsLink} is there already and is not ours; the hooks were put into the settings file instead.");
                return false;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(layout.SkillsLink)!);
            Directory.CreateSymbolicLink(layout.SkillsLink, _plugin);
        }

        if (await client!.RunAsync(["plugin", "list"], ct) is { Succeeded: true } run
            && run.Output.Contains(ClaudeLayout.PluginName + "@skills-dir", StringComparison.Ordinal))
        {
            return true;
        }

        Removal.TryLink(layout.SkillsLink);
        return false;
    }

    private void RefuseForeignMarketplace(ClaudeSettings settings)
    {
        if (settings.MarketplaceDirectory is { } other && other != _plugin && Directory.Exists(other))
        {
            throw new InstallRefusedException(
                $"Claude Code already has a plugin '{ClaudeLayout.PluginId}' from {other}, which belongs to another installation of Cairn. "
                + "Uninstall that one first (with its CAIRN_HOME), or set CLAUDE_CONFIG_DIR to install into another configuration. Nothing was changed.");
        }
    }

    private void Say(string route, ClaudeSettings settings, InstallReport report)
    {
        report.Did(route switch
        {
            RegistrationRoute.Plugin => $"Claude Code installed the plugin {ClaudeLayout.PluginId}; {layout.SettingsFile} has our two entries and is otherwise as it was.",
            RegistrationRoute.Folder => $"Linked the plugin at {layout.SkillsLink}; {layout.SettingsFile} was not changed.",
            _ => $"Added the hooks to {layout.SettingsFile}; nothing else in it was changed.",
        });
        if (settings.HooksAreOff)
        {
            report.Warn($"{layout.SettingsFile} switches all hooks off (disableAllHooks), so nothing is captured until that is taken out.");
        }

        if (!settings.IsStrict)
        {
            report.Warn(
                $"{layout.SettingsFile} has comments or trailing commas. Claude Code (seen with 2.1.197) ignores such a file whole, your own settings in it included"
                + (route == RegistrationRoute.Folder ? "." : ", and so these hooks: they run once the comments are gone."));
        }
    }
}
