namespace Cairn.Core.Projects;

/// <summary>Makes the label by which people call a project out of a path or a name.</summary>
public static class ProjectLabel
{
    /// <summary>Stands for the label of a directory that has no name of its own, such as <c>/</c>.</summary>
    public const string Unnamed = "unnamed";

    /// <summary>
    /// The last part of a path, whichever system the path is from; a text without separators is its own label. Null when there
    /// is no name in it: empty, a root, a drive, a network share.
    /// </summary>
    public static string? Normalize(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return null;
        }

        if (!trimmed.ContainsAny('/', '\\'))
        {
            return trimmed.ToString();
        }

        var name = trimmed.Contains('\\') || HasDrive(trimmed) ? WindowsName(trimmed) : LastPart(trimmed.TrimEnd('/'), "/");
        return name.IsEmpty ? null : name.ToString();
    }

    private static ReadOnlySpan<char> WindowsName(ReadOnlySpan<char> path)
    {
        const string Separators = "/\\";
        if (path.Length > 1 && Separators.Contains(path[0]) && Separators.Contains(path[1]))
        {
            // Server and share are the root of a network path.
            path = Skip(Skip(path[2..]));
        }
        else if (HasDrive(path))
        {
            path = path[2..];
        }

        while (true)
        {
            path = path.TrimEnd(Separators);
            var name = LastPart(path, Separators);
            if (name is not ".")
            {
                return name;
            }

            path = path[..^1];
        }

        static ReadOnlySpan<char> Skip(ReadOnlySpan<char> path) =>
            path.IndexOfAny(Separators) is var end and >= 0 ? path[(end + 1)..] : default;
    }

    private static ReadOnlySpan<char> LastPart(ReadOnlySpan<char> path, ReadOnlySpan<char> separators) =>
        path[(path.LastIndexOfAny(separators) + 1)..];

    private static bool HasDrive(ReadOnlySpan<char> path) => path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':';
}
