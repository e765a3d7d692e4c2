using System.Diagnostics;
using System.Text;
using Cairn.Core.Projects;
using Cairn.Tests.Support;

namespace Cairn.Tests.Projects;

/// <summary>A working directory may hold anything at all where git keeps its files.</summary>
public sealed class HostileRepositoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commands_in_a_configuration_are_not_run()
    {
        var repository = Git.Repository(_folder.Path, "x", "https://example.test/x");
        var trace = Path.Join(_folder.Path, "ran");
        File.AppendAllText(
            Path.Join(repository, ".git", "config"),
            $"[core]\n fsmonitor = \"touch {trace}\"\n sshCommand = \"touch {trace}\"\n[include]\n path = /dev/zero\n[alias]\n status = \"!touch {trace}\"\n");
        Assert.Equal("git:example.test/x", Resolve(repository).Identity);
        Assert.False(File.Exists(trace));
    }

    [Theory]
    [InlineData("[remote \"origin\"]\n\turl = https://example.test/x\n")]
    [InlineData("[REMOTE \"origin\"] URL=https://example.test/x ; said\r\n")]
    [InlineData("[core]\n url = a\n[remote \"other\"]\n url = https://example.test/y\n[remote   \"origin\"]\nfetch=z\nurl = \"https://example.test/x\" # said\n")]
    [InlineData("[remote \"origin\"]\n url = https://exam\\\nple.test/x\n url = https://example.test/second\n")]
    [InlineData("[remote \"a\\\"]\"]\n url = https://example.test/y\n[remote \"origin\"]\n url=https://example.test/x")]
    public void A_configuration_is_read_as_git_reads_it(string config) => Assert.Equal("git:example.test/x", WithConfig(Encoding.UTF8.GetBytes(config)).Identity);

    [Theory]
    [InlineData("")]
    [InlineData("[remote \"origin\"")]
    [InlineData("[remote \"origin\"]\n url\n url =\n")]
    [InlineData("[remote \"Origin\"]\n url = https://example.test/x\n")]
    [InlineData("[remote \"origin\"]\n pushurl = https://example.test/x\n")]
    [InlineData("[remote \"origin\"]\n url = \\")]
    [InlineData("[[[[\"\"\"\\\n=\n]=[")]
    public void A_configuration_without_a_remote_leaves_the_directory(string config)
    {
        var project = WithConfig(Encoding.UTF8.GetBytes(config));
        Assert.Equal("dir:" + project.Root, project.Identity);
    }

    [Fact]
    public void A_binary_configuration_is_no_fault()
    {
        var bytes = new byte[10_000];
        new Random(7).NextBytes(bytes);
        Assert.StartsWith("dir:", WithConfig(bytes).Identity, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_huge_configuration_only_the_start_is_read()
    {
        var remote = "[remote \"origin\"]\n url = https://example.test/x\n";
        var filler = new string('#', 70_000) + "\n";
        Assert.Equal("git:example.test/x", WithConfig(Encoding.UTF8.GetBytes(remote + filler)).Identity);
        Assert.StartsWith("dir:", WithConfig(Encoding.UTF8.GetBytes(filler + remote)).Identity, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("gitdir:")]
    [InlineData("gitdir: /nowhere")]
    [InlineData("gitdir: .git")]
    [InlineData("gitdir: \0")]
    [InlineData("gitdir: ../../../../../../../../../../../../../../../..")]
    public void A_broken_git_file_leaves_the_directory(string text)
    {
        File.WriteAllText(Path.Join(_folder.Path, ".git"), text);
        var below = Directory.CreateDirectory(Path.Join(_folder.Path, "below")).FullName;
        Assert.Equal("dir:" + _folder.Path, Resolve(below).Identity);
    }

    [Fact]
    public void Links_in_a_circle_leave_the_directory()
    {
        var git = Path.Join(_folder.Path, ".git");
        File.CreateSymbolicLink(git, Path.Join(_folder.Path, "other"));
        File.CreateSymbolicLink(Path.Join(_folder.Path, "other"), git);
        Assert.Equal("dir:" + _folder.Path, Resolve(_folder.Path).Identity);
    }

    [Fact]
    public void Common_directories_that_name_each_other_are_not_followed_round()
    {
        var git = Directory.CreateDirectory(Path.Join(_folder.Path, ".git")).FullName;
        File.WriteAllText(Path.Join(git, "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(Path.Join(git, "commondir"), ".");
        Assert.Equal(new("dir:" + _folder.Path, Path.GetFileName(_folder.Path), _folder.Path, _folder.Path, "main"), Resolve(_folder.Path));
    }

    [Fact]
    public void A_pipe_or_a_device_is_not_waited_for()
    {
        var git = Directory.CreateDirectory(Path.Join(_folder.Path, ".git")).FullName;
        using (var made = Process.Start("mkfifo", [Path.Join(git, "config"), Path.Join(git, "commondir")]))
        {
            made.WaitForExit();
        }

        File.CreateSymbolicLink(Path.Join(git, "HEAD"), "/dev/zero");
        Assert.Equal("dir:" + _folder.Path, Resolve(_folder.Path).Identity);
    }

    [Theory]
    [InlineData("ref: refs/heads/", null)]
    [InlineData("ref: refs/heads/.invalid\n", null)]
    [InlineData("ref: refs/remotes/origin/x\n", null)]
    [InlineData("ref: refs/heads/a\nb\n", null)]
    [InlineData("ref: refs/heads/é/x\r\n", "é/x")]
    public void A_strange_head_names_no_branch(string head, string? branch)
    {
        var git = Directory.CreateDirectory(Path.Join(_folder.Path, ".git")).FullName;
        File.WriteAllText(Path.Join(git, "HEAD"), head);
        Assert.Equal(branch, Resolve(_folder.Path).Branch);
    }

    private static ProjectIdentity Resolve(string cwd) => new ProjectResolver(TimeProvider.System).Resolve(cwd);

    private ProjectIdentity WithConfig(byte[] config)
    {
        var git = Directory.CreateDirectory(Path.Join(_folder.Path, ".git")).FullName;
        File.WriteAllBytes(Path.Join(git, "config"), config);
        return Resolve(_folder.Path);
    }
}
