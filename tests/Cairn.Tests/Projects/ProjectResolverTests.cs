using Cairn.Core.Projects;
using Cairn.Tests.Support;

namespace Cairn.Tests.Projects;

public sealed class ProjectResolverTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_deep_in_a_repository_is_its_repository()
    {
        var repository = Git.Repository(_folder.Path, "cairn", "git@Example.test:team/cairn.git");
        var deep = Directory.CreateDirectory(Path.Join(repository, "src", "deep")).FullName;
        Assert.Equal(new("git:example.test/team/cairn", "cairn", repository, repository, "main"), Resolve(deep));
        Assert.Equal(Resolve(deep), Resolve(repository + "/"));
    }

    [Fact]
    public void A_repository_without_a_remote_is_its_directory()
    {
        var repository = Git.Repository(_folder.Path, "local");
        Assert.Equal(new("dir:" + repository, "local", repository, repository, "main"), Resolve(repository));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://example.test/team/cairn")]
    public void A_worktree_is_its_repository(string? remote)
    {
        var repository = Git.Repository(_folder.Path, "cairn", remote);
        var worktree = Path.Join(_folder.Path, "elsewhere");
        Git.Run(repository, "worktree", "add", "-q", "-b", "feat/x", worktree);
        var main = Resolve(repository);
        Assert.Equal(main with { Root = worktree, Branch = "feat/x" }, Resolve(worktree));
        Assert.Equal("cairn", main.Label);
    }

    [Fact]
    public void A_worktree_with_a_relative_link_is_its_repository()
    {
        var repository = Git.Repository(_folder.Path, "cairn");
        var worktree = Path.Join(_folder.Path, "elsewhere");
        Git.Run(repository, "worktree", "add", "-q", worktree);
        File.WriteAllText(Path.Join(worktree, ".git"), "gitdir: ../cairn/.git/worktrees/elsewhere");
        Assert.Equal(repository, Resolve(worktree).MainRoot);
    }

    [Theory]
    [InlineData("cairn.git", "cairn")]
    [InlineData("cairn/.bare", "cairn")]
    public void A_worktree_of_a_bare_repository_is_that_repository(string name, string label)
    {
        var source = Git.Repository(_folder.Path, "source");
        var bare = Path.Join(_folder.Path, name);
        Git.Run(_folder.Path, "clone", "-q", "--bare", source, bare);
        Git.Run(bare, "remote", "remove", "origin");
        var worktree = Path.Join(_folder.Path, "checkout");
        Git.Run(bare, "worktree", "add", "-q", worktree, "main");
        Assert.Equal(new("dir:" + bare, label, worktree, bare, "main"), Resolve(worktree));
    }

    [Fact]
    public void A_submodule_is_a_project_of_its_own()
    {
        var library = Git.Repository(_folder.Path, "library");
        var outer = Git.Repository(_folder.Path, "outer", "https://example.test/outer");
        Git.Run(outer, "submodule", "--quiet", "add", library, "parts/lib");
        var inner = Path.Join(outer, "parts", "lib");
        Assert.Equal(new("dir:" + inner, "lib", inner, inner, "main"), Resolve(inner));
        Git.Run(inner, "remote", "set-url", "origin", "https://example.test/library.git");
        Assert.Equal("git:example.test/library", Resolve(inner).Identity);
        Assert.Equal("git:example.test/outer", Resolve(outer).Identity);
    }

    [Fact]
    public void A_detached_head_has_no_branch()
    {
        var repository = Git.Repository(_folder.Path, "x");
        Git.Run(repository, "checkout", "-q", "--detach");
        Assert.Null(Resolve(repository).Branch);
    }

    [Fact]
    public void A_clone_elsewhere_is_the_same_project()
    {
        var one = Git.Repository(_folder.Path, "one", "https://me:pw@example.test/team/x.git");
        var two = Git.Repository(_folder.Path, "two", "ssh://git@example.test:22/team/x");
        Assert.Equal(Resolve(one).Identity, Resolve(two).Identity);
        Assert.NotEqual(Resolve(one).Label, Resolve(two).Label);
    }

    [Fact]
    public void A_link_to_a_repository_is_that_repository()
    {
        var repository = Git.Repository(_folder.Path, "x");
        Directory.CreateDirectory(Path.Join(repository, "sub"));
        var link = Path.Join(_folder.Path, "link");
        Directory.CreateSymbolicLink(link, "x/sub");
        Assert.Equal(Resolve(repository), Resolve(link));
    }

    [Fact]
    public void Outside_a_repository_the_directory_is_the_project()
    {
        var plain = Directory.CreateDirectory(Path.Join(_folder.Path, "pläin folder")).FullName;
        Assert.Equal(new("dir:" + plain, "pläin folder", plain, plain, null), Resolve(plain));
    }

    [Theory]
    [InlineData("/nowhere/at/./all/../x/", "dir:/nowhere/at/x", "x")]
    [InlineData("/", "dir:/", "unnamed")]
    [InlineData("", "dir:", "unnamed")]
    [InlineData("relative/x", "dir:relative/x", "x")]
    [InlineData(@"C:\w\..\x\", "dir:C:/x", "x")]
    [InlineData(@"C:\", "dir:C:/", "unnamed")]
    [InlineData("/a\0b", "dir:/a\0b", "a\0b")]
    public void A_directory_that_does_not_exist_is_taken_by_its_name(string cwd, string identity, string label)
    {
        var project = Resolve(cwd);
        Assert.Equal((identity, label), (project.Identity, project.Label));
        Assert.Null(project.Branch);
    }

    [Fact]
    public void What_was_found_is_remembered_for_two_seconds()
    {
        var time = new SteppedTime();
        var resolver = new ProjectResolver(time);
        var repository = Git.Repository(_folder.Path, "x");
        Assert.Equal("main", resolver.Resolve(repository).Branch);
        Git.Run(repository, "checkout", "-q", "-b", "other");
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal("main", resolver.Resolve(repository).Branch);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("other", resolver.Resolve(repository).Branch);
    }

    private static ProjectIdentity Resolve(string cwd) => new ProjectResolver(TimeProvider.System).Resolve(cwd);

    private sealed class SteppedTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
