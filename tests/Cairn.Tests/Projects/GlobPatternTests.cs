using Cairn.Core.Projects;

namespace Cairn.Tests.Projects;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("/w/x", "/w/x")]
    [InlineData("/w/x/", "/w/x")]
    [InlineData("/w/x", "/w/x/")]
    [InlineData("/w/x", "/w/x/deep/er")]
    [InlineData("/w/*", "/w/x")]
    [InlineData("/w/*/b", "/w/a/b")]
    [InlineData("/w/**/b", "/w/b")]
    [InlineData("/w/**/b", "/w/a/c/b")]
    [InlineData("/w/**/b*/c?", "/w/a/bb/x/bcd/ce")]
    [InlineData("/w/**", "/w")]
    [InlineData("/w/**", "/w/a/b")]
    [InlineData("**/secret", "/a/b/secret")]
    [InlineData("**", "/a")]
    [InlineData("*", "/a/b")]
    [InlineData("secret-?", "/a/secret-1")]
    [InlineData("secret*", "/a/secret")]
    [InlineData("*cret*", "/a/a-secret-b")]
    [InlineData("~/clients/**", "/home/joe/clients/a")]
    [InlineData("~", "/home/joe")]
    [InlineData("C:/w/*", @"C:\w\x")]
    [InlineData(@"C:\w\*", @"C:\w\x")]
    public void A_pattern_fits(string pattern, string path) => Assert.True(One(pattern).Matches(path));

    [Theory]
    [InlineData("/w/x", "/w/xy")]
    [InlineData("/w/x", "/w")]
    [InlineData("/w/*/b", "/w/a/c/b")]
    [InlineData("/w/**/b", "/w/ab")]
    [InlineData("/w/?", "/w/ab")]
    [InlineData("secret", "/secret/x")]
    [InlineData("secret", "/a/secrets")]
    [InlineData("Secret", "/a/secret")]
    [InlineData("~/x", "/home/jill/x")]
    [InlineData("/a?b", "/a/b")]
    [InlineData("*", "/")]
    public void A_pattern_does_not_fit(string pattern, string path) => Assert.False(One(pattern).Matches(path));

    [Fact]
    public void Case_may_be_passed_over() =>
        Assert.True(Assert.Single(GlobPattern.ParseList("/W/Secret", "/home/joe", ignoreCase: true)).Matches("/w/sECRET"));

    [Fact]
    public void A_list_is_separated_by_commas() =>
        Assert.Equal(["/a", "b*", "/home/joe/c"], GlobPattern.ParseList(" /a , b*,, ~/c ,", "/home/joe", ignoreCase: false).Select(glob => glob.ToString()));

    [Fact]
    public void A_hostile_pattern_is_answered_soon()
    {
        var pattern = "/" + string.Concat(Enumerable.Repeat("**/a*a*a*", 20)) + "x";
        Assert.False(One(pattern).Matches("/" + string.Concat(Enumerable.Repeat("aaaaaaaaaaaaaaaaaaa/", 100))));
    }

    private static GlobPattern One(string pattern) => Assert.Single(GlobPattern.ParseList(pattern, "/home/joe", ignoreCase: false));
}
