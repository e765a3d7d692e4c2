using Cairn.Cli.Connection;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary>Looks at the programs and the data directory.</summary>
internal static class HomeExamination
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Runs the checks; makes the data directory where it is missing, as any hook would.</summary>
    public static IEnumerable<CheckReply> Run(CommandContext context)
    {
        yield return DaemonProgram.Find(context.Environment) is { } program
            ? new("programs", CheckState.Ok, $"cairn {ProductVersion.Current}, daemon {program}", "")
            : new("programs", CheckState.Failed, "cairn-daemon is not beside this program", "Install Cairn again, or build it: './cairn' in its repository does.");
        yield return Home(context.Home.Paths.Home, context.Home.Paths);
        foreach (var notice in context.Home.Notices)
        {
            yield return new("home", CheckState.Warning, notice, "Unset the variable, or let it name a place that is free or Cairn's.");
        }
    }

    private static CheckReply Home(string home, CairnPaths paths)
    {
        try
        {
            CairnHome.Create(paths);
            var probe = Path.Combine(home, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new("home", CheckState.Failed, $"{home} cannot be written: {problem.Message}",
                "Give yourself the right to write there, or name another place with CAIRN_HOME. Until then nothing is stored and sessions go on as without Cairn.");
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(home) & Others) != 0
            ? new("home", CheckState.Warning, $"{home} can be read by others", $"chmod 700 '{home}'")
            : new("home", CheckState.Ok, home, "");
    }
}
