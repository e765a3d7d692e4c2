using System.Security.Cryptography;

namespace Cairn.Cli.Install;

/// <summary>The files of a published build: the programs, what they need, and what is installed into agents.</summary>
internal static class PublishedFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string[] DebugSymbols = [".pdb", ".dbg"];

    /// <summary>Refuses a directory that is not a published build.</summary>
    /// <exception cref="InstallRefusedException">What is missing, and what makes it.</exception>
    public static void Check(string directory)
    {
        string[] needed =
        [
            InstallSite.ExecutableName("cairn"),
            InstallSite.ExecutableName("cairn-daemon"),
            Path.Combine("agents", "claude-code", ".claude-plugin", "plugin.json"),
            Path.Combine("agents", "opencode", "cairn.js"),
        ];
        var missing = needed.Where(name => !File.Exists(Path.Combine(directory, name))).ToList();
        if (missing.Count > 0)
        {
            throw new InstallRefusedException(
                $"This cairn runs from {directory}, which is a development build: {string.Join(", ", missing)} is not there. "
                + "Run './cairn install' in the repository, which publishes first, or 'scripts/publish' and the cairn that it makes.");
        }
    }

    /// <summary>Every file below the directory that is installed, relative to it, in the order of their names.</summary>
    public static IReadOnlyList<string> List(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Where(file => !DebugSymbols.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => Path.GetRelativePath(directory, file))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Copies the files into a new directory, readable by their owner alone and executable where they were.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var name in List(from))
        {
            var target = Path.Combine(to, name);
            PrivateTree.Ensure(Path.GetDirectoryName(target)!, below: Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(from, name), target);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, File.GetUnixFileMode(target) & OwnerOnly | UnixFileMode.UserWrite);
            }
        }
    }

    /// <summary>True when both directories hold the same files with the same bytes.</summary>
    public static bool AreSame(string left, string right)
    {
        if (!Directory.Exists(right))
        {
            return false;
        }

        var names = List(left);
        return names.SequenceEqual(List(right), StringComparer.Ordinal)
            && names.All(name => IsSameFile(Path.Combine(left, name), Path.Combine(right, name)));
    }

    private static bool IsSameFile(string left, string right)
    {
        using var first = File.OpenRead(left);
        using var second = File.OpenRead(right);
        return first.Length == second.Length && SHA256.HashData(first).AsSpan().SequenceEqual(SHA256.HashData(second));
    }
}
