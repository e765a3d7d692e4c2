using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Core.Projects;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary>Looks at what the settings mean for a session that is started here and now.</summary>
internal static class SettingsExamination
{
    /// <summary>Runs the checks.</summary>
    public static IEnumerable<CheckReply> Run(CommandContext context)
    {
        var reader = new SettingsReader(SettingsFile.Read(context.Home.Paths.SettingsFile), context.Environment);
        yield return Capture(context, reader);
        yield return Recall(reader);
    }

    private static CheckReply Capture(CommandContext context, SettingsReader reader)
    {
        if (ProcessEnvironment.IsInternal(context.Environment))
        {
            return new("capture", CheckState.Warning, "this process is marked internal (CAIRN_INTERNAL or CLAUDE_MEM_INTERNAL): sessions started from here are not captured",
                "Unset the variable where you start your agent.");
        }

        if (!reader.Get(Settings.CaptureEnabled))
        {
            return Off(reader, Settings.CaptureEnabled, "capture", "nothing is captured anywhere");
        }

        var project = new ProjectResolver(context.Time).Resolve(context.Directory);
        var excluded = GlobPattern
            .ParseList(string.Join(',', reader.Get(Settings.ExcludedProjects)), CairnHome.UserDirectory(context.Environment), ignoreCase: !OperatingSystem.IsLinux())
            .FirstOrDefault(pattern => pattern.Matches(project.Root) || pattern.Matches(project.MainRoot) || pattern.Matches(context.Directory));
        return excluded is null
            ? new("capture", CheckState.Ok, $"sessions here belong to project {project.Label} and are captured", "")
            : new("capture", CheckState.Warning, $"project {project.Label} is excluded by '{excluded}': nothing of it is stored",
                $"Change {Settings.ExcludedProjects.Key} ({From(reader, Settings.ExcludedProjects)}) if that is not wanted.");
    }

    private static CheckReply Recall(SettingsReader reader)
    {
        if (!reader.Get(Settings.RecallEnabled))
        {
            return Off(reader, Settings.RecallEnabled, "recall", "no memory is put in front of the agent");
        }

        var (atStart, forPrompt) = (reader.Get(Settings.RecallAtStart), reader.Get(Settings.RecallForPrompt));
        return (atStart, forPrompt) switch
        {
            (true, true) => new("recall", CheckState.Ok, "at the start of a session and for prompts that match something", ""),
            (false, false) => Off(reader, Settings.RecallAtStart, "recall", "neither the start of a session nor a prompt brings memories"),
            (true, false) => Off(reader, Settings.RecallForPrompt, "recall", "prompts bring no memories"),
            (false, true) => Off(reader, Settings.RecallAtStart, "recall", "sessions start without memories"),
        };
    }

    private static CheckReply Off(SettingsReader reader, Setting<bool> setting, string name, string meaning) =>
        new(name, CheckState.Warning, $"{setting.Key} is off ({From(reader, setting)}): {meaning}", $"'cairn config set {setting.Key} true' turns it on.");

    private static string From(SettingsReader reader, Setting setting) => reader.Locate(setting) switch
    {
        { Source: "environment", Name: var name } => $"from the variable {name}",
        { Source: "file" } => "from settings.json",
        _ => "by default",
    };
}
