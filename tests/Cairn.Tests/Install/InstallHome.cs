using System.Security.Cryptography;
using System.Text;
using Cairn.Cli.Install;
using Cairn.Cli.Install.ClaudeCode;
using Cairn.Cli.Install.OpenCode;
using Cairn.Core.Hosting;
using Cairn.Tests.Support;

namespace Cairn.Tests.Install;

/// <summary>A user's home directory with a published build beside it: a space and a letter beyond ASCII in its name.</summary>
internal sealed class InstallHome : IDisposable
{
    private readonly TempFolder _folder = new();

    public InstallHome()
    {
        Home = Path.Combine(_folder.Path, "Jürgen's häuslein");
        Directory.CreateDirectory(Config);
        Directory.CreateDirectory(Programs);
        Published = Publish("0.1.0");
    }

    public string Home { get; }

    /// <summary>The directory on PATH where the stand-in for the client lies.</summary>
    public string Programs => Path.Combine(Home, "programs");

    public string Config => Path.Combine(Home, ".claude");

    public string SettingsFile => Path.Combine(Config, "settings.json");

    public string Published { get; set; }

    public string Version { get; set; } = "0.1.0";

    public CairnPaths Paths => new(Path.Combine(Home, ".cairn"));

    public int Stops { get; private set; }

    public DaemonInfo? Daemon { get; set; } = new()
    {
        Pid = 1,
        ProcessStartedAtMs = 1,
        Port = 45_678,
        WantedPort = 45_678,
        Socket = "none",
        Version = "0.1.0",
        Protocol = 1,
    };

    public Dictionary<string, string> Environment { get; } = new();

    public InstallSite Site => new()
    {
        Paths = Paths,
        UserHome = Home,
        Environment = new Dictionary<string, string>(Environment) { ["PATH"] = $"{Programs}:/usr/bin:/bin", ["HOME"] = Home },
        ProgramDirectory = Published,
        Version = Version,
        Time = FakeTime.AtNoon(),
        StopDaemon = _ => { Stops++; return Task.CompletedTask; },
        StartDaemon = _ => Task.FromResult(Daemon),
    };

    /// <summary>Makes a published build: programs that only have names, and the repository's own plugin.</summary>
    public string Publish(string version)
    {
        var directory = Path.Combine(_folder.Path, "published-" + version);
        foreach (var name in new[] { "cairn", "cairn-daemon" })
        {
            Write(Path.Combine(directory, name), "#!/bin/sh\n# " + version + "\n");
            SetMode(Path.Combine(directory, name), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        }

        Write(Path.Combine(directory, "cairn.pdb"), "symbols");
        var plugins = Path.Combine(Repository.Root, "agents");
        foreach (var file in Directory.EnumerateFiles(plugins, "*", SearchOption.AllDirectories))
        {
            Write(Path.Combine(directory, "agents", Path.GetRelativePath(plugins, file)), File.ReadAllText(file).Replace("0.1.0", version));
        }

        return directory;
    }

    public async Task<InstallReport> InstallAsync(string transport = HookTransport.Command, IProgress<string>? progress = null, bool olderName = false)
    {
        var ct = TestContext.Current.CancellationToken;
        var report = new InstallReport(progress);
        var site = Site;
        var journal = InstallJournal.Read(site);
        var plan = await ClaudeCodePlan.CreateAsync(site, journal, transport, 37_700, ct);
        await new Installer(site).RunAsync(olderName ? plan.With(new LinkOlderName(site, journal)) : plan, report, ct);
        return report;
    }

    public async Task<InstallReport> InstallOpenCodeAsync()
    {
        var report = new InstallReport();
        var site = Site;
        await new Installer(site).RunAsync(OpenCodePlan.Create(site, InstallJournal.Read(site)), report, TestContext.Current.CancellationToken);
        return report;
    }

    public async Task<IReadOnlyList<PlannedChange>> DescribeAsync()
    {
        var site = Site;
        return Installer.Describe(await ClaudeCodePlan.CreateAsync(
            site, InstallJournal.Read(site), HookTransport.Command, 37_700, TestContext.Current.CancellationToken));
    }

    public async Task<InstallReport> UninstallAsync()
    {
        var report = new InstallReport();
        await Uninstaller.RunAsync(null, report, TestContext.Current.CancellationToken);
        return report;
    }

    public Uninstaller Uninstaller
    {
        get
        {
            var site = Site;
            var journal = InstallJournal.Read(site);
            return new(site, journal, [.. ClaudeCodePlan.Kinds(site, journal), .. OpenCodePlan.Kinds(site, journal), new LinkOlderName(site, journal)]);
        }
    }

    /// <summary>Everything below a directory: each file's mode and bytes, each link's target, each directory.</summary>
    public static IReadOnlyList<string> Tree(string directory) =>
    [
        .. Directory.EnumerateFileSystemEntries(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(path => $"{Path.GetRelativePath(directory, path)} {Describe(path)}")
            .Order(StringComparer.Ordinal),
    ];

    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
    }

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    public static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    public void Dispose() => _folder.Dispose();

    private static string Describe(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
        {
            return "-> " + target;
        }

        return Directory.Exists(path)
            ? "directory"
            : $"{Mode(path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}";
    }
}
