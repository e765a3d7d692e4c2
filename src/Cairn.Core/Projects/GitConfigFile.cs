using System.Text;

namespace Cairn.Core.Projects;

/// <summary>Reads single values of git's configuration format; includes and rewriting rules are not followed.</summary>
internal static class GitConfigFile
{
    /// <summary>
    /// The first value of <paramref name="key"/> in the section <c>[section "subsection"]</c>; null when there is none. Any text
    /// is read without a fault.
    /// </summary>
    public static string? Read(string text, string section, string subsection, string key)
    {
        var inside = false;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var line = TakeLine(ref rest).Trim();
            if (line is ['[', ..])
            {
                var (end, matches) = ReadHeader(line, section, subsection);
                inside = matches;
                line = line[end..].Trim();
            }

            if (inside && line.IndexOf('=') is var sign and > 0 && line[..sign].TrimEnd().Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return ReadValue(line[(sign + 1)..], rest);
            }
        }

        return null;
    }

    private static (int End, bool Matches) ReadHeader(ReadOnlySpan<char> line, string section, string subsection)
    {
        var quoted = false;
        for (var at = 1; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '\\' when quoted:
                    at++;
                    break;
                case ']' when !quoted:
                    return (at + 1, Matches(line[1..at].Trim(), section, subsection));
            }
        }

        return (line.Length, false);
    }

    // Names of sections are in any case, those of subsections are not. Ours hold nothing that would be escaped.
    private static bool Matches(ReadOnlySpan<char> header, string section, string subsection) =>
        header.StartsWith(section, StringComparison.OrdinalIgnoreCase)
        && header[section.Length..].TrimStart() is ['"', .. var name, '"']
        && name.SequenceEqual(subsection);

    private static string ReadValue(ReadOnlySpan<char> line, ReadOnlySpan<char> following)
    {
        var value = new StringBuilder();
        var quoted = false;
        var kept = 0;
        line = line.TrimStart();
        for (var at = 0; at < line.Length; at++)
        {
            var c = line[at];
            if (!quoted && c is '#' or ';')
            {
                break;
            }

            if (c == '"')
            {
                quoted = !quoted;
                continue;
            }

            if (c == '\\')
            {
                if (++at == line.Length)
                {
                    line = TakeLine(ref following);
                    at = -1;
                    continue;
                }

                c = line[at] switch { 'n' => '\n', 't' => '\t', 'b' => '\b', var other => other };
            }

            value.Append(c);
            kept = quoted || c is not (' ' or '\t') ? value.Length : kept;
        }

        return value.ToString(0, kept);
    }

    private static ReadOnlySpan<char> TakeLine(scoped ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line is [.. var text, '\r'] ? text : line;
    }
}
