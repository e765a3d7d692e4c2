namespace Cairn.Core.Projects;

/// <summary>Brings the forms in which one remote repository can be written to a single one.</summary>
public static class RemoteUrl
{
    private const int Longest = 2048;

    /// <summary>
    /// <c>host/path</c> of a remote: <c>https://user:key@Host:443/team/x.git/</c>, <c>ssh://git@host/team/x</c> and
    /// <c>git@host:team/x.git</c> are all <c>host/team/x</c>. Null for a path on this machine and for what is no address.
    /// </summary>
    public static string? Normalize(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var text = url.AsSpan().Trim();
        if (text.Length > Longest || ContainsUnprintable(text))
        {
            return null;
        }

        var (authority, path) = Split(text);
        var host = HostOf(authority);
        path = WithoutSuffixes(path.Trim('/'));
        return host.IsEmpty || path.IsEmpty ? null : $"{host.ToString().ToLowerInvariant()}/{Collapse(path)}";
    }

    private static Parts Split(ReadOnlySpan<char> text)
    {
        if (text.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
        {
            var rest = text[(scheme + 3)..];
            return text[..scheme].Equals("file", StringComparison.OrdinalIgnoreCase) || rest.IndexOf('/') is not (var slash and > 0)
                ? default
                : new(rest[..slash], rest[slash..]);
        }

        // The short form of ssh: the colon comes before any slash. One letter before it is a drive, and a bracket may hold a port.
        var from = Math.Max(0, text.IndexOf(']'));
        return text[from..].IndexOf(':') is var at and >= 0
            && from + at is var colon
            && colon > 1
            && !text[..colon].ContainsAny('/', '\\')
            && !text[(colon + 1)..].Contains('\\')
            ? new(text[..colon], text[(colon + 1)..])
            : default;
    }

    private static ReadOnlySpan<char> HostOf(ReadOnlySpan<char> authority)
    {
        if (authority is ['[', .. var bracketed, ']'] && bracketed.Contains('@'))
        {
            authority = bracketed;
        }

        authority = authority[(authority.LastIndexOf('@') + 1)..];
        if (authority is ['[', ..] && authority.IndexOf(']') is var end and >= 0)
        {
            return authority[..(end + 1)];
        }

        return authority.IndexOf(':') is var port and >= 0 ? authority[..port] : authority;
    }

    private static ReadOnlySpan<char> WithoutSuffixes(ReadOnlySpan<char> path) =>
        path.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? path[..^4].TrimEnd('/') : path;

    private static string Collapse(ReadOnlySpan<char> path)
    {
        var text = path.ToString();
        while (text.Contains("//", StringComparison.Ordinal))
        {
            text = text.Replace("//", "/", StringComparison.Ordinal);
        }

        return text;
    }

    private static bool ContainsUnprintable(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c))
            {
                return true;
            }
        }

        return false;
    }

    private readonly ref struct Parts(ReadOnlySpan<char> authority, ReadOnlySpan<char> path)
    {
        private readonly ReadOnlySpan<char> _authority = authority;
        private readonly ReadOnlySpan<char> _path = path;

        public void Deconstruct(out ReadOnlySpan<char> authority, out ReadOnlySpan<char> path)
        {
            authority = _authority;
            path = _path;
        }
    }
}
