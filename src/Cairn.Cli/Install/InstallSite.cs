using Cairn.Core.Hosting;

namespace Cairn.Cli.Install;

/// <summary>Where an installation happens: the user's directories, what this program was started with, and how to reach its daemon.</summary>
internal sealed class InstallSite
{
    /// <summary>Where Cairn keeps everything.</summary>
    public required CairnPaths Paths { get; init; }

    /// <summary>The user's home directory, below which agents keep their configuration.</summary>
    public required string UserHome { get; init; }

    /// <summary>The variables that this process was started with.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The directory of the running program, from which the published files are copied.</summary>
    public required string ProgramDirectory { get; init; }

    /// <summary>The version that is being installed.</summary>
    public required string Version { get; init; }

    /// <summary>Dates the manifest.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Stops the running daemon after its writes; does nothing when there is none.</summary>
    public required Func<CancellationToken, Task> StopDaemon { get; init; }

    /// <summary>Starts the installed daemon and waits until it answers; null when it does not.</summary>
    public required Func<CancellationToken, Task<DaemonInfo?>> StartDaemon { get; init; }

    /// <summary>The installed version's directory, whichever version that is: the path that hooks name.</summary>
    public string CurrentDirectory => Path.Combine(Paths.BinDirectory, "current");

    /// <summary>The installed program as hooks call it, the same path for every version.</summary>
    public string CurrentProgram => Path.Combine(CurrentDirectory, ExecutableName("cairn"));

    /// <summary>The directory of this version's files.</summary>
    public string VersionDirectory => Path.Combine(Paths.BinDirectory, Version);

    /// <summary>The files that an agent reads from us.</summary>
    public string AgentDirectory(string agent) => Path.Combine(Paths.Home, "agents", agent);

    /// <summary>A program's file name on this system.</summary>
    public static string ExecutableName(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    /// <summary>Finds a program in the directories of PATH; null when there is none.</summary>
    public string? FindOnPath(string command)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        return Environment.GetValueOrDefault("PATH", "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(directory => endings.Select(ending => Path.Combine(directory, command + ending)))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Execute) != 0);
    }
}
