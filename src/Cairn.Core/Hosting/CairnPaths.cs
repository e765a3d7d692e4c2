using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Cairn.Core.Hosting;

/// <summary>Where everything lies below one data directory.</summary>
public sealed partial class CairnPaths
{
    // sun_path holds 108 bytes on Linux and 104 on macOS, the final NUL included.
    private const int LongestSocketPath = 103;

    /// <summary>Lays out the paths; touches nothing.</summary>
    /// <param name="home">The data directory, made absolute.</param>
    /// <param name="databaseFile">The database, where it lies elsewhere; null for <c>cairn.db</c> in the data directory.</param>
    public CairnPaths(string home, string? databaseFile = null)
    {
        Home = Path.GetFullPath(home);
        DatabaseFile = databaseFile is null ? Path.Combine(Home, "cairn.db") : Path.GetFullPath(databaseFile);
    }

    /// <summary>The data directory, 0700.</summary>
    public string Home { get; }

    /// <summary>The one database file.</summary>
    public string DatabaseFile { get; }

    /// <summary>Overrides of settings; JSON with comments.</summary>
    public string SettingsFile => Path.Combine(Home, "settings.json");

    /// <summary>Secrets, 0600.</summary>
    public string CredentialsFile => Path.Combine(Home, ".env");

    /// <summary>The token that browsers must show, 0600.</summary>
    public string TokenFile => Path.Combine(Home, "token");

    /// <summary>Log files of the daemon.</summary>
    public string LogsDirectory => Path.Combine(Home, "logs");

    /// <summary>Events that a client could not deliver, one file each, in the order of their names.</summary>
    public string SpoolDirectory => Path.Combine(Home, "spool");

    /// <summary>
    /// Where events wait when the disk of the data directory is full or may not be written to; 0700. Elsewhere on purpose,
    /// most often on another file system.
    /// </summary>
    public string SpareSpoolDirectory => Path.Combine(ShortSocketDirectory, Hash(Home) + ".spool");

    /// <summary>Input that could not be understood, one file each with its reason.</summary>
    public string QuarantineDirectory => Path.Combine(Home, "quarantine");

    /// <summary>Copies of the database made before a migration.</summary>
    public string BackupsDirectory => Path.Combine(Home, "backups");

    /// <summary>Installed programs: a folder for each version, and <c>current</c>.</summary>
    public string BinDirectory => Path.Combine(Home, "bin");

    /// <summary>What <c>cairn install</c> did, so that <c>cairn uninstall</c> can reverse just that.</summary>
    public string ManifestFile => Path.Combine(Home, "install.json");

    /// <summary>Held locked by the one running daemon.</summary>
    public string LockFile => Path.Combine(Home, "daemon.lock");

    /// <summary>How to reach the running daemon: see <see cref="DaemonInfo"/>.</summary>
    public string DiscoveryFile => Path.Combine(Home, "daemon.json");

    /// <summary>When a client last replaced an older daemon; keeps it from happening more than once a minute.</summary>
    public string ReplacedFile => Path.Combine(Home, "daemon.replaced");

    /// <summary>When a client last started the daemon; keeps the hooks of one moment from starting one each.</summary>
    public string StartedFile => Path.Combine(Home, "daemon.starting");

    /// <summary>There while the daemon, though it listened, did not answer a hook in time; the next hooks then wait less.</summary>
    public string UnansweredFile => Path.Combine(Home, "hook.unanswered");

    /// <summary>
    /// The daemon's Unix socket: <c>cairn.sock</c> in the data directory, or where that path is too long for a socket, a
    /// name hashed from it in a private directory of the user's.
    /// </summary>
    public string SocketFile
    {
        get
        {
            var direct = Path.Combine(Home, "cairn.sock");
            return Encoding.UTF8.GetByteCount(direct) <= LongestSocketPath
                ? direct
                : Path.Combine(ShortSocketDirectory, Hash(Home) + ".sock");
        }
    }

    /// <summary>
    /// Directory of sockets whose own path would be too long; 0700. Not where TMPDIR says: the agent's environment may name
    /// another place than the daemon's, and both must mean one socket. The administrator's lies where nobody else can make it
    /// first: of other users' directories their rights can be changed, so that alone would not tell whose it is.
    /// </summary>
    public static string ShortSocketDirectory => UserId switch
    {
        null => Path.Combine(Path.GetTempPath(), "cairn"),
        0 when Directory.Exists("/run") => "/run/cairn",
        { } id => string.Create(CultureInfo.InvariantCulture, $"/tmp/cairn-{id}"),
    };

    /// <summary>The numeric id of the user; null where the system has none.</summary>
    public static uint? UserId => OperatingSystem.IsWindows() ? null : GetUserId();

    /// <summary>The user's own loopback port as claude-mem documents it: 37700 + user id % 100; 37777 where there is no user id.</summary>
    public static int DefaultPort => UserId is { } id ? 37_700 + (int)(id % 100) : 37_777;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint GetUserId();
}
