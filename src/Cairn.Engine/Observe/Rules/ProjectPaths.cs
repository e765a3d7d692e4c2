using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Makes paths relative to a project and keeps home directories out of what is kept.</summary>
/// <param name="root">Absolute path of the project; empty when it is not known.</param>
internal sealed partial class ProjectPaths(string root)
{
    private readonly string _root = root.Replace('\\', '/').TrimEnd('/');

    /// <summary>The path relative to the project with forward slashes; null for one that lies outside. A worktree's files are the project's.</summary>
    public string? Relative(string? path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.AsSpan().ContainsAny('\0', '\n'))
        {
            return null;
        }

        var full = path.Replace('\\', '/');
        if (_root.Length > 0 && full.StartsWith(_root + "/", StringComparison.Ordinal))
        {
            return Inside(Worktree.Replace(full[(_root.Length + 1)..], ""));
        }

        if (full[0] is '/' or '~' || (full.Length > 1 && full[1] == ':'))
        {
            return FromMainCheckout(full);
        }

        return Inside(Worktree.Replace(full.StartsWith("./", StringComparison.Ordinal) ? full[2..] : full, ""));
    }

    /// <summary>The text with the project's root taken off its paths, home directories as <c>~</c>, temporary ones as <c>&lt;tmp&gt;</c>.</summary>
    public string Shorten(string text)
    {
        var shorter = _root.Length > 1
            ? text.Replace(_root + "/", "", StringComparison.Ordinal).Replace(_root, ".", StringComparison.Ordinal)
            : text;
        return Home.Replace(Temporary.Replace(shorter, "$1<tmp>"), "$1~");
    }

    // A session that runs in a worktree inside its repository may edit the main checkout too.
    private string? FromMainCheckout(string full)
    {
        var marker = WorktreeFolder.Match(_root + "/");
        var main = marker.Success ? _root[..marker.Index] : "";
        return main.Length > 0 && full.StartsWith(main + "/", StringComparison.Ordinal)
            ? Inside(Worktree.Replace(full[(main.Length + 1)..], ""))
            : null;
    }

    private static string? Inside(string relative) =>
        relative.Length == 0 || relative.Split('/').Contains("..") ? null : relative;

    [GeneratedRegex(@"^(?:\.claude/)?\.?worktrees/[^/]+/", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Worktree { get; }

    [GeneratedRegex(@"/(?:\.claude/)?\.?worktrees/[^/]+/", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex WorktreeFolder { get; }

    [GeneratedRegex(@"(^|[\s""'`(=:,])(?:/(?:Users|home)/[^/\s""'`:,;)]+|[A-Z]:\\Users\\[^\\\s""'`]+|/root\b)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Home { get; }

    [GeneratedRegex(@"(^|[\s""'`(=])(?:/private)?/(?:tmp|var/folders)/[^\s""'`)]*", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Temporary { get; }
}
