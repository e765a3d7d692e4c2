using Cairn.Core.Projects;

namespace Cairn.Tests.Projects;

public sealed class ProjectLabelTests
{
    [Theory]
    [InlineData("/Users/adam/workspace/codemem", "codemem")]
    [InlineData(@"C:\Users\adam\workspace\codemem", "codemem")]
    [InlineData("D:/dev/client-demo", "client-demo")]
    [InlineData(@"\\server\share\team\project-x", "project-x")]
    [InlineData("  codemem ", "codemem")]
    [InlineData(@"C:\", null)]
    [InlineData("C:/", null)]
    [InlineData("/", null)]
    [InlineData(@"\\server\share", null)]
    [InlineData(@"\\server\share\", null)]
    [InlineData("a/b/", "b")]
    [InlineData(@"C:\foo\", "foo")]
    [InlineData(@"foo\bar/baz", "baz")]
    [InlineData("x:y", "x:y")]
    [InlineData(".", ".")]
    [InlineData("..", "..")]
    [InlineData("/a/..", "..")]
    [InlineData("~/proj", "proj")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" \t", null)]
    [InlineData("///", null)]
    [InlineData(@"\", null)]
    [InlineData(@"\foo", "foo")]
    [InlineData(@"C:\a\.", "a")]
    public void A_label_is_the_last_part_of_a_path(string? text, string? label) => Assert.Equal(label, ProjectLabel.Normalize(text));
}
