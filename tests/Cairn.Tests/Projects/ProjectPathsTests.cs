using Cairn.Core.Projects;
using Cairn.Tests.Support;

namespace Cairn.Tests.Projects;

public sealed class ProjectPathsTests
{
    private static readonly ProjectIdentity Unix = new("git:h/x", "x", "/w/x-feature", "/w/x", "main");
    private static readonly ProjectIdentity Windows = new("git:h/x", "x", @"C:\w\x", @"C:\w\x", "main");

    [Theory]
    [InlineData("/w/x-feature/src/a.cs", "/w/x-feature", "src/a.cs")]
    [InlineData("src/a.cs", "/w/x-feature", "src/a.cs")]
    [InlineData("a.cs", "/w/x-feature/src", "src/a.cs")]
    [InlineData("../a.cs", "/w/x-feature/src/", "a.cs")]
    [InlineData("./src//b/../a.cs", "/w/x-feature", "src/a.cs")]
    [InlineData("a.cs", "", "a.cs")]
    [InlineData("/w/x-feature", "/w/x-feature", ".")]
    [InlineData("/w/x-feature/", "/w/x-feature", ".")]
    [InlineData("/w/x/src/a.cs", "/w/x-feature", "src/a.cs")]
    [InlineData("/w/x-features/a.cs", "/w/x-feature", "/w/x-features/a.cs")]
    [InlineData("/w/x-feature/../../etc/passwd", "/w/x-feature", "/etc/passwd")]
    [InlineData("../../../../../etc/passwd", "/w/x-feature", "/etc/passwd")]
    [InlineData("/tmp/a.txt", "/w/x-feature", "/tmp/a.txt")]
    [InlineData("/w/x-feature/odd\\name", "/w/x-feature", "odd\\name")]
    [InlineData("~/notes.md", "/w/x-feature", "~/notes.md")]
    [InlineData("C:\\other\\a.cs", "/w/x-feature", "C:/other/a.cs")]
    [InlineData("/w/x-feature/a\0b", "/w/x-feature", "a\0b")]
    [InlineData("/nowhere/a\0b", "/w/x-feature", "/nowhere/a\0b")]
    [InlineData("", "/w/x-feature", "")]
    public void A_path_is_kept_relative_to_the_checkout(string path, string cwd, string expected) =>
        Assert.Equal(expected, ProjectPaths.Relative(path, Unix, cwd));

    [Theory]
    [InlineData(@"C:\w\x\src\a.cs", @"C:\w\x", "src/a.cs")]
    [InlineData(@"c:\W\X\src\a.cs", @"C:\w\x", "src/a.cs")]
    [InlineData("C:/w/x/src/a.cs", @"C:\w\x", "src/a.cs")]
    [InlineData(@"src\a.cs", @"C:\w\x", "src/a.cs")]
    [InlineData(@"..\..\other\a.cs", @"C:\w\x", "C:/other/a.cs")]
    [InlineData(@"\w\x\a.cs", @"C:\w\x", "a.cs")]
    [InlineData(@"D:\a.cs", @"C:\w\x", "D:/a.cs")]
    [InlineData(@"\\server\share\a.cs", @"C:\w\x", "//server/share/a.cs")]
    public void A_path_of_Windows_is_too(string path, string cwd, string expected) =>
        Assert.Equal(expected, ProjectPaths.Relative(path, Windows, cwd));

    [Fact]
    public void A_path_that_leads_into_the_checkout_through_a_link_is_relative()
    {
        using var folder = new TempFolder();
        var real = Directory.CreateDirectory(Path.Join(folder.Path, "real", "src")).Parent!.FullName;
        var link = Path.Join(folder.Path, "link");
        Directory.CreateSymbolicLink(link, real);
        var project = new ProjectResolver(TimeProvider.System).Resolve(link);
        Assert.Equal("src/not-yet.cs", ProjectPaths.Relative(Path.Join(link, "src", "not-yet.cs"), project, link));
        Assert.Equal("src/not-yet.cs", ProjectPaths.Relative("src/not-yet.cs", project, link));
    }
}
