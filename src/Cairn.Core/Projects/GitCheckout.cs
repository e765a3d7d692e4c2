namespace Cairn.Core.Projects;

/// <summary>A git checkout as its files describe it. Git itself is never started: a repository can make it run commands.</summary>
/// <param name="Root">The directory with the <c>.git</c> file or folder.</param>
/// <param name="GitDirectory">The checkout's own git directory.</param>
/// <param name="CommonDirectory">The repository's git directory; the same unless the checkout is an added worktree.</param>
internal sealed record GitCheckout(string Root, string GitDirectory, string CommonDirectory)
{
    private const string Link = "gitdir:";
    private const string BranchReference = "ref: refs/heads/";
    private const int MostLevels = 256;
    private const int LongestBranch = 255;

    /// <summary>The repository's main checkout; its git directory where it is bare.</summary>
    public string MainRoot
    {
        get
        {
            if (GitDirectory == CommonDirectory)
            {
                return Root;
            }

            return Path.GetFileName(CommonDirectory) is ".git" ? Path.GetDirectoryName(CommonDirectory) ?? Root : CommonDirectory;
        }
    }

    /// <summary>The address of the remote called origin; null when there is none.</summary>
    public string? Origin =>
        SmallFile.Read(Path.Join(CommonDirectory, "config")) is { } config ? GitConfigFile.Read(config, "remote", "origin", "url") : null;

    /// <summary>The branch that is checked out; null when detached.</summary>
    public string? Branch
    {
        get
        {
            var head = SmallFile.Read(Path.Join(GitDirectory, "HEAD"))?.TrimEnd();
            if (head?.StartsWith(BranchReference, StringComparison.Ordinal) != true)
            {
                return null;
            }

            var name = head[BranchReference.Length..];

            // ".invalid" stands in repositories that keep their references elsewhere.
            return name.Length is 0 or > LongestBranch || name.Any(char.IsControl) || name == ".invalid" ? null : name;
        }
    }

    /// <summary>The checkout that a directory lies in: that of the first ancestor with <c>.git</c>; null when there is none.</summary>
    public static GitCheckout? Around(string directory)
    {
        var level = 0;
        for (var at = directory; at is not null && level < MostLevels; at = Path.GetDirectoryName(at), level++)
        {
            var git = Path.Join(at, ".git");
            if (Directory.Exists(git))
            {
                return Read(at, RealPath.Of(git));
            }

            if (File.Exists(git))
            {
                return SmallFile.Read(git) is { } text && text.StartsWith(Link, StringComparison.Ordinal) && Target(text[Link.Length..], at) is { } target
                    ? Read(at, target)
                    : new(at, git, git);
            }
        }

        return null;
    }

    private static GitCheckout Read(string root, string gitDirectory) =>
        SmallFile.Read(Path.Join(gitDirectory, "commondir")) is { } text && Target(text, gitDirectory) is { } common
            ? new(root, gitDirectory, common)
            : new(root, gitDirectory, gitDirectory);

    private static string? Target(string text, string from)
    {
        try
        {
            var target = Path.GetFullPath(text.Trim(), from);
            return File.Exists(Path.Join(target, "HEAD")) ? RealPath.Of(target) : null;
        }
        catch (Exception fault) when (RealPath.IsFileFault(fault))
        {
            return null;
        }
    }
}
