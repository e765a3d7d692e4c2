namespace Cairn.Core.Projects;

/// <summary>Works on paths as text, whichever system they are from; no file is looked at and no text is refused.</summary>
internal static class PathText
{
    /// <summary>True for a path that only Windows understands: with a drive, or of a network share.</summary>
    public static bool IsWindows(ReadOnlySpan<char> path) =>
        path is ['\\', '\\', ..] || (path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':' && (path.Length == 2 || path[2] is '/' or '\\'));

    /// <summary>True when it begins at a root of either kind of system.</summary>
    public static bool IsRooted(ReadOnlySpan<char> path) => path is ['/', ..] || IsWindows(path);

    /// <summary>
    /// The path with forward slashes where it is of Windows, without empty parts, <c>.</c> and <c>..</c>, and without a slash at
    /// its end. A <c>..</c> above the root is dropped; above the start of a relative path it stays.
    /// </summary>
    public static string Normalize(string path) => Normalize(path, IsWindows(path));

    /// <summary>As <see cref="Normalize(string)"/>, where it is known whether a backslash separates.</summary>
    public static string Normalize(string path, bool windows)
    {
        var text = windows ? path.Replace('\\', '/') : path;
        var root = windows && text.StartsWith("//", StringComparison.Ordinal) ? "//"
            : windows && IsWindows(text) ? text[..2] + "/"
            : text.StartsWith('/') ? "/"
            : "";
        var parts = new List<string>();
        foreach (var part in text[Math.Min(root.Length, text.Length)..].Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (root.Length == 0)
            {
                parts.Add(part);
            }
        }

        return root + string.Join('/', parts);
    }

    /// <summary>What is left of a normalised path below a normalised folder; <c>.</c> for the folder itself; null when it lies elsewhere.</summary>
    public static string? Below(string folder, string path)
    {
        var comparison = IsWindows(folder) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (folder.Length == 0 || !path.StartsWith(folder, comparison))
        {
            return null;
        }

        if (path.Length == folder.Length)
        {
            return ".";
        }

        return folder[^1] == '/' ? path[folder.Length..]
            : path[folder.Length] == '/' ? path[(folder.Length + 1)..]
            : null;
    }
}
