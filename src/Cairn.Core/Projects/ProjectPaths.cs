namespace Cairn.Core.Projects;

/// <summary>Writes the paths that tools speak of in the form in which they are kept.</summary>
public static class ProjectPaths
{
    /// <summary>
    /// The path relative to the project's checkout, or to its main checkout, with forward slashes; <c>.</c> for the checkout
    /// itself. A path outside stays absolute, with its <c>.</c> and <c>..</c> resolved. Links are followed where the text alone
    /// does not lead into the checkout. Never throws.
    /// </summary>
    /// <param name="path">As the tool gave it: absolute, or relative to <paramref name="cwd"/>; of Unix or of Windows.</param>
    /// <param name="project">Where <paramref name="cwd"/> belongs.</param>
    /// <param name="cwd">The session's working directory; empty when it is not known, then the checkout's root.</param>
    public static string Relative(string path, ProjectIdentity project, string cwd)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(cwd);
        if (path.Length == 0 || path is "~" || path.StartsWith("~/", StringComparison.Ordinal))
        {
            return path;
        }

        var absolute = Absolute(path, cwd.Length == 0 ? project.Root : cwd);
        if (Within(project, absolute) is { } inside)
        {
            return inside;
        }

        return PathText.IsRooted(absolute) && Within(project, RealPath.Of(absolute)) is { } followed ? followed : absolute;
    }

    private static string Absolute(string path, string cwd)
    {
        if (PathText.IsRooted(path))
        {
            return PathText.Normalize(path);
        }

        var windows = PathText.IsWindows(cwd);
        return windows && path.StartsWith('\\')
            ? PathText.Normalize(cwd[..2] + path, windows)
            : PathText.Normalize(cwd + "/" + path, windows);
    }

    private static string? Within(ProjectIdentity project, string path) =>
        PathText.Below(PathText.Normalize(project.Root), path) ?? PathText.Below(PathText.Normalize(project.MainRoot), path);
}
