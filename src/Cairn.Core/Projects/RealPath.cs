using System.Security;

namespace Cairn.Core.Projects;

/// <summary>Follows symbolic links in every part of a path.</summary>
public static class RealPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>
    /// The path with its links followed. Parts that do not exist, or may not be looked at, are kept as they are; so is the
    /// whole path when its links run in a circle.
    /// </summary>
    /// <param name="path">An absolute path of this system.</param>
    public static string Of(string path)
    {
        try
        {
            return Follow(Path.GetFullPath(path));
        }
        catch (Exception fault) when (IsFileFault(fault))
        {
            return path;
        }
    }

    /// <summary>True for what files and paths throw when they are missing, forbidden, broken or no paths at all.</summary>
    public static bool IsFileFault(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException;

    private static string Follow(string path)
    {
        var followed = 0;
        var root = Path.GetPathRoot(path) ?? "";
        var parts = new Stack<string>();
        Push(path[root.Length..]);
        var real = root;
        while (parts.TryPop(out var part))
        {
            var next = Path.Join(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++followed > MostLinks)
            {
                return path;
            }

            var joined = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(joined) ?? "";
            Push(joined[real.Length..]);
        }

        return real;

        void Push(string rest)
        {
            var split = rest.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
            for (var i = split.Length - 1; i >= 0; i--)
            {
                parts.Push(split[i]);
            }
        }
    }
}
