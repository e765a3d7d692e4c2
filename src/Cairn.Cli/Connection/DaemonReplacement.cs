using Cairn.Core.Files;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Connection;

/// <summary>A client that meets an older daemon puts its own version in its place, at most once a minute.</summary>
internal sealed class DaemonReplacement(CairnPaths paths, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Does it where <paramref name="daemonVersion"/> is older than this program. Another process sees to it: the old daemon
    /// finishes its writes first, and nobody waits for that.
    /// </summary>
    /// <returns>True when the replacement was started.</returns>
    public bool StartIfOlder(string? daemonVersion)
    {
        if (daemonVersion is null
            || !ProductVersion.IsOlder(daemonVersion, ProductVersion.Current)
            || time.GetUtcNow() - File.GetLastWriteTimeUtc(paths.ReplacedFile) < Between)
        {
            return false;
        }

        SafeFile.WriteAtomically(paths.ReplacedFile, [], SafeFile.OwnerOnlyFile);
        return DetachedProcess.TryStart(Environment.ProcessPath!, ["restart"], DaemonProgram.EnvironmentOfSibling(environment));
    }
}
