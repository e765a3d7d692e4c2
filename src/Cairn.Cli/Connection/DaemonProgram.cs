using Cairn.Core.Hosting;

namespace Cairn.Cli.Connection;

/// <summary>The daemon's program: where it is and how it is started.</summary>
internal static class DaemonProgram
{
    /// <summary>Names another program in its place; for development.</summary>
    public const string Variable = "CAIRN_DAEMON";

    // All that the daemon may know of the process that happens to start it: settings come with each call, secrets never.
    private static readonly string[] Kept =
        ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "DOTNET_ROOT", "SystemRoot", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "TEMP", "TMP"];

    // What says where the data lies.
    private static readonly string[] Places = ["CAIRN_HOME", "CLAUDE_MEM_DATA_DIR", "CODEMEM_DB", Variable];

    /// <summary>Its path: what <see cref="Variable"/> names, else beside this program, else next door in a development build; null when it is nowhere.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue(Variable, out var named) && named.Length > 0)
        {
            return File.Exists(named) ? named : null;
        }

        var name = OperatingSystem.IsWindows() ? "cairn-daemon.exe" : "cairn-daemon";
        var folder = Path.GetDirectoryName(Environment.ProcessPath)!;
        var beside = Path.Combine(folder, name);
        if (File.Exists(beside))
        {
            return beside;
        }

        // artifacts/bin/Cairn.Cli/<configuration>/cairn
        var configuration = Path.GetFileName(folder).Split('_')[0];
        var nextDoor = Path.GetFullPath(Path.Combine(folder, "..", "..", "Cairn.Daemon", configuration, name));
        return File.Exists(nextDoor) ? nextDoor : null;
    }

    /// <summary>What is said when it is nowhere.</summary>
    public static DaemonException Missing() => new(
        "The daemon's program, cairn-daemon, is not beside this one.",
        "Install Cairn again, or build it: './cairn' in its repository does.",
        ExitCode.Failed);

    /// <summary>What it is started with, in the foreground.</summary>
    public static IReadOnlyList<string> Arguments(CairnPaths paths) =>
        paths.DatabaseFile == Path.Combine(paths.Home, "cairn.db")
            ? ["--home", paths.Home]
            : ["--home", paths.Home, "--database", paths.DatabaseFile];

    /// <summary>The variables that it is started with.</summary>
    public static Dictionary<string, string> MinimalEnvironment(IReadOnlyDictionary<string, string> environment) =>
        Pick(Kept, environment);

    /// <summary>The variables that another <c>cairn</c> is started with, to work on the same data.</summary>
    public static Dictionary<string, string> EnvironmentOfSibling(IReadOnlyDictionary<string, string> environment) =>
        Pick([.. Kept, .. Places], environment);

    private static Dictionary<string, string> Pick(string[] names, IReadOnlyDictionary<string, string> environment) =>
        names.Where(environment.ContainsKey).ToDictionary(name => name, name => environment[name]);
}
