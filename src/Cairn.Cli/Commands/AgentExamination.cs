using Cairn.Cli.Install;
using Cairn.Cli.Install.ClaudeCode;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary>Looks at the agents on this machine and at other memory systems that work for them.</summary>
internal static class AgentExamination
{
    /// <summary>Runs the checks.</summary>
    public static async Task<IReadOnlyList<CheckReply>> RunAsync(CommandContext context, CancellationToken ct)
    {
        var site = InstallSites.Of(context);
        var checks = new List<CheckReply>();
        try
        {
            checks.AddRange(new AgentSearch(site, InstallJournal.Read(site)).Run().Select(Check));
        }
        catch (InstallRefusedException problem)
        {
            checks.Add(new("install", CheckState.Warning, problem.Message, ""));
        }

        var others = await new OtherMemorySearch(site).RunAsync(ReadSettings(site), ct);
        checks.AddRange(others.Select(other =>
            new CheckReply(other.Name, other.IsActive ? CheckState.Warning : CheckState.Ok, other.Meaning, other.IsActive ? other.TurnOff : "")));
        return checks;
    }

    private static CheckReply Check(FoundAgent found) => found switch
    {
        { IsInstalled: true } => new(found.Agent.Name, CheckState.Ok, $"Cairn is installed into {found.Agent.Title}", ""),
        { IsHere: true } => new(
            found.Agent.Name, CheckState.Warning, $"{found.Agent.Title} is here, and Cairn is not installed into it: its sessions are not captured",
            $"'cairn install {found.Agent.Name}' installs it; --dry-run shows every change first."),
        _ => new(found.Agent.Name, CheckState.Ok, $"{found.Agent.Title} is not on this machine", ""),
    };

    private static string ReadSettings(InstallSite site)
    {
        try
        {
            return File.ReadAllText(ClaudeLayout.Of(site).SettingsFile);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
