using System.CommandLine;
using System.Globalization;
using Cairn.Cli.Install.ClaudeCode;
using Cairn.Cli.Install.OpenCode;
using Cairn.Core;
using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Core.Projects;

namespace Cairn.Cli.Install;

/// <summary><c>cairn install</c></summary>
internal static class InstallCommand
{
    private static readonly Argument<string?> Agent = new("agent")
    {
        Description = "The agent to install Cairn into; without one, those found on this machine are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show every change and make none." };

    private static readonly Option<string> Transport = new Option<string>("--transport")
    {
        Description = "How the agent hands its events over: command (default) starts a command of a few milliseconds; http posts to the daemon and loses events while it is down.",
        DefaultValueFactory = _ => HookTransport.Command,
    }.AcceptOnlyFromAmong(HookTransport.Command, HookTransport.Http);

    private static readonly Option<bool> OlderName = new("--codemem-name")
    {
        Description = "Let the command answer to the name codemem too, by a link in a directory of its own that you put into your PATH.",
    };

    public static CairnCommand Create() => new CairnCommand(
        "install",
        "Install Cairn into an agent: its programs to a stable place, its hooks into the agent. Every change is noted so that 'cairn uninstall' can reverse it.",
        "cairn install", "cairn install claude-code --dry-run  # shows every change", "cairn install claude-code")
    {
        Agent, DryRun, Transport, OlderName,
    }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var site = InstallSites.Of(context);
        try
        {
            var journal = InstallJournal.Read(site);
            return parsed.GetValue(Agent) is { } name
                ? await InstallAsync(context, site, journal, name, parsed, ct)
                : ListAgents(context, new AgentSearch(site, journal).Run());
        }
        catch (Exception problem) when (problem is InstallRefusedException or IOException or UnauthorizedAccessException)
        {
            context.Output.Error(problem.Message, problem is InstallRefusedException ? "" : "What was done so far is noted: run the command again to finish it, or 'cairn uninstall' to reverse it.");
            return ExitCode.Failed;
        }
    }

    private static int ListAgents(CommandContext context, IReadOnlyList<FoundAgent> agents)
    {
        if (context.Output.IsJson)
        {
            context.Output.Json(
                new AgentListReply([.. agents.Select(found => new AgentReply(
                    found.Agent.Name, found.Agent.Title, found.IsHere, found.Program, found.ConfigDirectory, found.IsInstalled))]),
                InstallReplyJson.Default.AgentListReply);
            return ExitCode.Ok;
        }

        context.Output.Line("Agents that Cairn can be installed into:");
        foreach (var found in agents)
        {
            context.Output.Line($"  {found.Agent.Name,-14} {found.Agent.Title,-14} {State(found)}");
        }

        context.Output.Line();
        context.Output.Line("Nothing is installed without its name. To install into one: cairn install <agent>; --dry-run shows every change first.");
        return ExitCode.Ok;
    }

    private static string State(FoundAgent found) => string.Join(", ",
        found.IsHere ? "found" : "not found on this machine",
        found.Program ?? "not on PATH",
        found.IsInstalled ? "Cairn is installed" : "Cairn is not installed");

    private static async Task<int> InstallAsync(
        CommandContext context, InstallSite site, InstallJournal journal, string name, ParseResult parsed, CancellationToken ct)
    {
        if (AgentSpec.Find(name) is not { } agent)
        {
            context.Output.Error($"'{name}' is no agent that Cairn knows.", $"It can be one of: {string.Join(", ", AgentSpec.All.Select(known => known.Name))}.");
            return ExitCode.Usage;
        }

        var transport = parsed.GetValue(Transport)!;
        if (agent == AgentSpec.OpenCode && transport == HookTransport.Http)
        {
            context.Output.Error($"{agent.Title} has no hooks to post from: its plugin hands events over by the daemon's socket.", "Leave --transport away.");
            return ExitCode.Usage;
        }

        var plan = agent == AgentSpec.OpenCode
            ? OpenCodePlan.Create(site, journal)
            : await ClaudeCodePlan.CreateAsync(site, journal, transport, PortToUse(context), ct);
        plan = parsed.GetValue(OlderName) ? plan.With(new LinkOlderName(site, journal)) : plan;
        var report = new InstallReport(context.Output.IsJson ? null : new Lines(context.Output));
        await WarnOfOthersAsync(site, report, ct);
        if (transport == HookTransport.Http)
        {
            report.Warn(HookTransport.Loss);
        }

        if (parsed.GetValue(DryRun))
        {
            InstallOutput.ShowPlan(context.Output, Installer.Describe(plan), report);
            return ExitCode.Ok;
        }

        var nothingToDo = Installer.Describe(plan) is [];
        var daemon = await new Installer(site).RunAsync(plan, report, ct);
        if (nothingToDo)
        {
            report.Did($"Cairn {site.Version} was installed already; nothing else had to be changed.");
        }

        WarnOfPort(transport, daemon, report);
        return Finish(context, site, agent, report, daemon);
    }

    private static void WarnOfPort(string transport, DaemonInfo? daemon, InstallReport report)
    {
        if (daemon is null || daemon.Port == daemon.WantedPort)
        {
            return;
        }

        report.Warn(transport == HookTransport.Http
            ? $"Port {daemon.WantedPort} was taken, so the daemon took {daemon.Port}, which the HTTP hooks name. It may be another one after its next start: "
                + $"set a free one with 'cairn config set {Settings.ServerPort.Key} {daemon.Port}' and run this command again."
            : $"Port {daemon.WantedPort} was taken, so the daemon took a free one.");
    }

    private static int Finish(CommandContext context, InstallSite site, AgentSpec agent, InstallReport report, DaemonInfo? daemon)
    {
        InstallOutput.ShowEnd(context.Output, report, daemon?.Port);
        if (report.Failures.Count > 0)
        {
            return ExitCode.Failed;
        }

        if (!context.Output.IsJson)
        {
            if (site.FindOnPath("cairn") is not { } found || RealPath.Of(found) != RealPath.Of(site.CurrentProgram))
            {
                context.Output.Line($"To type 'cairn' anywhere, put {site.CurrentDirectory} on your PATH.");
            }

            var port = daemon?.Port.ToString(CultureInfo.InvariantCulture);
            context.Output.Line($"Cairn listens on http://127.0.0.1:{port}/ and on its socket. The next session of {agent.Title} is remembered.");
        }

        return ExitCode.Ok;
    }

    // Until the daemon has said which port it bound.
    private static int PortToUse(CommandContext context)
    {
        var settings = new SettingsReader(SettingsFile.Read(context.Home.Paths.SettingsFile), context.Environment);
        var wanted = settings.Get(Settings.ServerPort);
        return DaemonInfo.Read(context.Home.Paths)?.Port ?? (wanted == 0 ? CairnPaths.DefaultPort : wanted);
    }

    private static async Task WarnOfOthersAsync(InstallSite site, InstallReport report, CancellationToken ct)
    {
        var settings = UserFile.Read(ClaudeLayout.Of(site).SettingsFile);
        foreach (var other in await new OtherMemorySearch(site).RunAsync(ClaudeSettings.TextOf(settings.Bytes), ct))
        {
            report.Warn(other.Meaning);
        }
    }

    private sealed class Lines(Output output) : IProgress<string>
    {
        public void Report(string value) => output.Line("  " + value);
    }
}
