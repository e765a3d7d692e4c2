using System.CommandLine;
using Cairn.Cli.Install.ClaudeCode;
using Cairn.Cli.Install.OpenCode;
using Cairn.Core;

namespace Cairn.Cli.Install;

/// <summary><c>cairn uninstall</c></summary>
internal static class UninstallCommand
{
    private static readonly Argument<string?> Agent = new("agent")
    {
        Description = "The agent to take Cairn out of; without one, all of them.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show every change and make none." };

    private static readonly Option<bool> Purge = new("--purge") { Description = "Remove the data too: memories, settings, logs. It asks first." };

    private static readonly Option<bool> Yes = new("--yes") { Description = "With --purge: do not ask." };

    public static CairnCommand Create() => new CairnCommand(
        "uninstall",
        "Reverse exactly what 'cairn install' did. The data stays unless --purge is given.",
        "cairn uninstall --dry-run", "cairn uninstall", "cairn uninstall --purge  # removes the memories too")
    {
        Agent, DryRun, Purge, Yes,
    }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var (agent, purge) = (parsed.GetValue(Agent), parsed.GetValue(Purge));
        if (agent is not null && AgentSpec.Find(agent) is null)
        {
            context.Output.Error($"'{agent}' is no agent that Cairn knows.", $"It can be one of: {string.Join(", ", AgentSpec.All.Select(known => known.Name))}.");
            return ExitCode.Usage;
        }

        try
        {
            var site = InstallSites.Of(context);
            var journal = InstallJournal.Read(site);
            var uninstaller = new Uninstaller(site, journal, [.. ClaudeCodePlan.Kinds(site, journal), .. OpenCodePlan.Kinds(site, journal), new LinkOlderName(site, journal)]);
            var data = purge ? new DataRemoval(site.Paths) : null;
            if (parsed.GetValue(DryRun))
            {
                IReadOnlyList<PlannedChange> changes =
                    [.. uninstaller.Describe(agent), .. (data?.Targets ?? []).Select(path => new PlannedChange("remove the data", path, []))];
                InstallOutput.ShowPlan(context.Output, changes, new InstallReport());
                return ExitCode.Ok;
            }

            return data is not null && !MayRemove(context, data, parsed.GetValue(Yes))
                ? ExitCode.Failed
                : await UninstallAsync(context, site, journal, uninstaller, agent, data, ct);
        }
        catch (Exception problem) when (problem is InstallRefusedException or IOException or UnauthorizedAccessException)
        {
            context.Output.Error(problem.Message);
            return ExitCode.Failed;
        }
    }

    private static async Task<int> UninstallAsync(
        CommandContext context, InstallSite site, InstallJournal journal, Uninstaller uninstaller, string? agent, DataRemoval? data, CancellationToken ct)
    {
        var report = new InstallReport();
        var wasInstalled = journal.Records.Count > 0;
        await uninstaller.RunAsync(agent, report, ct);
        if (data is not null)
        {
            await site.StopDaemon(ct);
            data.Run(report);
        }

        if (wasInstalled)
        {
            report.Warn("Close the agent's open sessions: the hooks that they still hold lead nowhere now, which the agent passes over in silence.");
        }

        if (!context.Output.IsJson)
        {
            foreach (var done in report.Done)
            {
                context.Output.Line("  " + done);
            }

            if (!wasInstalled)
            {
                context.Output.Line("Cairn is not installed into any agent.");
            }
        }

        InstallOutput.ShowEnd(context.Output, report, port: null);
        if (!context.Output.IsJson && data is null && Directory.Exists(site.Paths.Home))
        {
            context.Output.Line($"The data stays in {site.Paths.Home}; 'cairn uninstall --purge' removes it.");
        }

        return report.Failures.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static bool MayRemove(CommandContext context, DataRemoval data, bool yes)
    {
        if (yes || data.Targets.Count == 0)
        {
            return true;
        }

        context.Output.Note("These are removed for good:");
        foreach (var path in data.Targets)
        {
            context.Output.Note("  " + path);
        }

        if (context.Output.Confirms("Remove them?"))
        {
            return true;
        }

        context.Output.Error("Nothing was removed.", "Say --yes where nobody can be asked.");
        return false;
    }
}
