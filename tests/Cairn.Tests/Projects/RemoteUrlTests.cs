using Cairn.Core.Projects;

namespace Cairn.Tests.Projects;

public sealed class RemoteUrlTests
{
    [Theory]
    [InlineData("https://example.test/team/x")]
    [InlineData("https://example.test/team/x.git")]
    [InlineData("https://example.test/team/x.git/")]
    [InlineData("https://Example.TEST:8443/team//x/")]
    [InlineData("http://user@example.test/team/x")]
    [InlineData("https://user:p@ss@example.test/team/x.git")]
    [InlineData("ssh://git@example.test:2222/team/x.git")]
    [InlineData("git+ssh://git@example.test/team/x")]
    [InlineData("git://example.test/team/x.git")]
    [InlineData("git@example.test:team/x.git")]
    [InlineData("example.test:team/x")]
    [InlineData("git@example.test:/team/x")]
    [InlineData("[git@example.test:2222]:team/x.git")]
    [InlineData("  git@example.test:team/x.git\r")]
    public void The_forms_of_one_remote_are_one(string url) => Assert.Equal("example.test/team/x", RemoteUrl.Normalize(url));

    [Theory]
    [InlineData("ssh://git@[::1]:22/x", "[::1]/x")]
    [InlineData("https://example.test/Team/X", "example.test/Team/X")]
    [InlineData("host:x.git", "host/x")]
    public void What_tells_remotes_apart_stays(string url, string expected) => Assert.Equal(expected, RemoteUrl.Normalize(url));

    [Theory]
    [InlineData("")]
    [InlineData("/srv/git/x.git")]
    [InlineData("../x.git")]
    [InlineData("file:///srv/git/x.git")]
    [InlineData(@"C:\git\x")]
    [InlineData("C:/git/x")]
    [InlineData(@"\\server\share\x.git")]
    [InlineData("./a:b")]
    [InlineData("https://")]
    [InlineData("https://example.test")]
    [InlineData("https://example.test/")]
    [InlineData("https:///x")]
    [InlineData("git@:x")]
    [InlineData(":x")]
    [InlineData("host:")]
    [InlineData("[")]
    [InlineData("]:")]
    [InlineData("a\0b:c")]
    [InlineData("git@example.test:a b")]
    public void What_names_no_host_is_no_remote(string url) => Assert.Null(RemoteUrl.Normalize(url));
}
