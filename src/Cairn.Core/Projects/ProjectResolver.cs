using System.Collections.Concurrent;

namespace Cairn.Core.Projects;

/// <summary>
/// Says which project a working directory belongs to, by reading files only: no program is started, whatever the directory
/// holds. Safe for use by many threads at once; never throws for a path or a file.
/// </summary>
public sealed class ProjectResolver(TimeProvider time)
{
    // Events of a session come many a second from one directory; branches and remotes change seldom.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);
    private const int MostRemembered = 512;

    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>
    /// The project of <paramref name="cwd"/>. A worktree belongs to its repository, a submodule is a project of its own; outside a
    /// repository the directory itself is the project; a directory that does not exist is taken by its name. What was found is
    /// remembered for two seconds.
    /// </summary>
    /// <param name="cwd">The directory as the agent said it; absolute, or else it is taken as a mere name.</param>
    public ProjectIdentity Resolve(string cwd)
    {
        ArgumentNullException.ThrowIfNull(cwd);
        var now = time.GetTimestamp();
        if (_answers.TryGetValue(cwd, out var known) && time.GetElapsedTime(known.At, now) < Freshness)
        {
            return known.Project;
        }

        var project = Read(cwd);
        if (_answers.Count >= MostRemembered)
        {
            _answers.Clear();
        }

        _answers[cwd] = new(project, now);
        return project;
    }

    private static ProjectIdentity Read(string cwd)
    {
        if (!Path.IsPathFullyQualified(cwd) || !Directory.Exists(cwd))
        {
            return OfDirectory(PathText.Normalize(cwd));
        }

        var directory = RealPath.Of(cwd);
        return GitCheckout.Around(directory) is { } checkout ? OfCheckout(checkout) : OfDirectory(directory);
    }

    private static ProjectIdentity OfCheckout(GitCheckout checkout)
    {
        var main = checkout.MainRoot;
        var remote = checkout.Origin is { } url ? RemoteUrl.Normalize(url) : null;
        return new(
            remote is null ? "dir:" + PathText.Normalize(main) : "git:" + remote,
            LabelOf(main),
            checkout.Root,
            main,
            checkout.Branch);
    }

    private static ProjectIdentity OfDirectory(string directory) =>
        new("dir:" + PathText.Normalize(directory), LabelOf(directory), directory, directory, Branch: null);

    // A bare repository is called after its project: "cairn.git", or it lies in the project's folder as ".bare".
    private static string LabelOf(string root)
    {
        var name = ProjectLabel.Normalize(root);
        return name switch
        {
            ".bare" => ProjectLabel.Normalize(Path.GetDirectoryName(root)),
            { Length: > 4 } when name.EndsWith(".git", StringComparison.Ordinal) => name[..^4],
            _ => name,
        }
        ?? ProjectLabel.Unnamed;
    }

    private readonly record struct Answer(ProjectIdentity Project, long At);
}
