using System.Buffers.Binary;
using Cairn.Core.Files;

namespace Cairn.Core.Hosting;

/// <summary>Which data directory and database a process uses, and why it does not use another that its environment names.</summary>
public sealed record CairnHome
{
    /// <summary>What SQLite's header carries in every database of Cairn's (<c>PRAGMA application_id</c>): the letters CARN.</summary>
    public const int ApplicationId = 0x4341524E;

    private const string MarkerName = "cairn.home";
    private const int HeaderBytes = 72;
    private const int ApplicationIdOffset = 68;

    // What other memory systems keep in a data directory of theirs.
    private static readonly string[] ForeignDatabases = ["claude-mem.db", "mem.sqlite"];

    /// <summary>Where everything lies.</summary>
    public required CairnPaths Paths { get; init; }

    /// <summary>Which places the environment names that were not used, and why; in sentences fit to show. Empty as a rule.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>
    /// Finds the place: <c>CAIRN_HOME</c>, else the directory that this program was installed into, else <c>~/.cairn</c>. <c>CLAUDE_MEM_DATA_DIR</c> (the directory) and
    /// <c>CODEMEM_DB</c> (the database) name it only where nothing is there yet or what is there is Cairn's: another system's
    /// files are left alone and a notice says so. Opens no database and writes nothing.
    /// </summary>
    public static CairnHome Resolve(IReadOnlyDictionary<string, string> environment) => Resolve(environment, Environment.ProcessPath);

    /// <summary>As <see cref="Resolve(IReadOnlyDictionary{string, string})"/>, for another program.</summary>
    /// <param name="environment">The variables that the program was started with.</param>
    /// <param name="program">
    /// Its file. An agent starts an installed hook with an environment of its own, so what was installed below a directory
    /// works on that directory; null for a program that is not installed.
    /// </param>
    public static CairnHome Resolve(IReadOnlyDictionary<string, string> environment, string? program)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var notices = new List<string>();
        var home = Directory(environment, InstalledHome(program) ?? Path.Combine(UserDirectory(environment), ".cairn"), notices);
        var database = Database(environment, home, notices);
        return new() { Paths = new CairnPaths(home, database), Notices = notices };
    }

    /// <summary>The file that marks a data directory as ours.</summary>
    public static string MarkerFile(CairnPaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Path.Combine(paths.Home, MarkerName);
    }

    /// <summary>Makes the data directory, 0700, with the mark that it is ours. Does nothing where both are there.</summary>
    /// <exception cref="IOException">It cannot be made; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static void Create(CairnPaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        SafeFile.EnsurePrivateDirectory(paths.Home);
        var marker = Path.Combine(paths.Home, MarkerName);
        if (!File.Exists(marker))
        {
            SafeFile.WriteAtomically(marker, "This directory belongs to Cairn.\n"u8, SafeFile.OwnerOnlyFile);
        }
    }

    /// <summary>True when the file is missing, empty, or a SQLite database that carries our <see cref="ApplicationId"/>. Reads its first bytes only.</summary>
    public static bool IsFreeOrOurs(string databaseFile)
    {
        try
        {
            using var file = new FileStream(databaseFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> header = stackalloc byte[HeaderBytes];
            var length = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
            return length == 0
                || (length == HeaderBytes
                    && header.StartsWith("SQLite format 3\0"u8)
                    && BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]) == ApplicationId);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // <home>/bin/<version>/cairn, where the home carries our mark.
    private static string? InstalledHome(string? program) =>
        Path.GetDirectoryName(Path.GetDirectoryName(program)) is { } bin
            && Path.GetFileName(bin) == "bin"
            && Path.GetDirectoryName(bin) is { } home
            && File.Exists(Path.Combine(home, MarkerName))
            ? home
            : null;

    private static string Directory(IReadOnlyDictionary<string, string> environment, string usual, List<string> notices)
    {
        if (Named(environment, "CAIRN_HOME") is { } own)
        {
            return HasForeignDatabase(own)
                ? Refuse($"CAIRN_HOME names the data directory of another memory system ({own}); it was left untouched and {usual} is used.")
                : own;
        }

        if (Named(environment, "CLAUDE_MEM_DATA_DIR") is { } other)
        {
            return IsFree(other) || File.Exists(Path.Combine(other, MarkerName))
                ? other
                : Refuse($"CLAUDE_MEM_DATA_DIR names a directory that is not Cairn's ({other}); it was left untouched and {usual} is used.");
        }

        return usual;

        string Refuse(string notice)
        {
            notices.Add(notice);
            return usual;
        }
    }

    private static string? Database(IReadOnlyDictionary<string, string> environment, string home, List<string> notices)
    {
        if (Named(environment, "CODEMEM_DB") is not { } file || environment.TryGetValue("CAIRN_HOME", out var own) && own.Length > 0)
        {
            return null;
        }

        if (IsFreeOrOurs(file))
        {
            return file;
        }

        notices.Add(
            $"CODEMEM_DB names a database that is not Cairn's ({file}); it was left untouched and {Path.Combine(home, "cairn.db")} is used.");
        return null;
    }

    private static string? Named(IReadOnlyDictionary<string, string> environment, string variable)
    {
        if (!environment.TryGetValue(variable, out var path) || string.IsNullOrWhiteSpace(path))
        {
            return null;
        }

        return Path.GetFullPath(path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? UserDirectory(environment) + path[1..]
            : path);
    }

    /// <summary>The user's home directory.</summary>
    public static string UserDirectory(IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", out var home) && home.Length > 0
            ? home
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static bool HasForeignDatabase(string directory) =>
        ForeignDatabases.Any(name => File.Exists(Path.Combine(directory, name))) && !File.Exists(Path.Combine(directory, MarkerName));

    private static bool IsFree(string directory)
    {
        try
        {
            return !File.Exists(directory)
                && (!System.IO.Directory.Exists(directory) || !System.IO.Directory.EnumerateFileSystemEntries(directory).Any());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
