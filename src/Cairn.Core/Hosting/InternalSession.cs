namespace Cairn.Core.Hosting;

/// <summary>Tells the sessions that Cairn starts to think for itself: they are never observed, not even from their transcripts.</summary>
public static class InternalSession
{
    /// <summary>Stands in the first prompt of every session that Cairn starts.</summary>
    public const string Mark = "<cairn-internal/>";

    /// <summary>True when a session was started by Cairn, or by claude-mem, to think for itself.</summary>
    /// <param name="cwd">The directory that it was started in; such sessions are started below the data directory.</param>
    /// <param name="firstPrompt">What it was asked first; empty when that is not known.</param>
    /// <param name="home">Cairn's data directory.</param>
    public static bool Is(string cwd, string firstPrompt, string home) =>
        firstPrompt.Contains(Mark, StringComparison.Ordinal) || IsBelow(cwd, home)
        || cwd.Replace('\\', '/').Contains("/.claude-mem/", StringComparison.Ordinal);

    private static bool IsBelow(string path, string directory) =>
        path.Length > 0 && (path + Path.DirectorySeparatorChar).StartsWith(directory.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
