using System.Diagnostics;

namespace Cairn.Tests.Projects;

/// <summary>Makes repositories with the real git, apart from the settings of whoever runs the tests.</summary>
internal static class Git
{
    public static void Run(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = directory, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-c", "user.name=A", "-c", "user.email=a@example.test", "-c", "init.defaultBranch=main",
            "-c", "protocol.file.allow=always", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {error} {output}");
    }

    public static string Repository(string parent, string name, string? remote = null)
    {
        var path = Directory.CreateDirectory(Path.Join(parent, name)).FullName;
        Run(path, "init", "-q");
        Run(path, "commit", "-q", "--allow-empty", "-m", "first");
        if (remote is not null)
        {
            Run(path, "remote", "add", "origin", remote);
        }

        return path;
    }
}
