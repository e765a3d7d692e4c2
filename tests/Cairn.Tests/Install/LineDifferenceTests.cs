using Cairn.Cli.Install;

namespace Cairn.Tests.Install;

/// <summary>What a person sees of a change to a text.</summary>
public sealed class LineDifferenceTests
{
    [Fact]
    public void The_lines_that_differ_are_marked_with_a_few_around_them() =>
        Assert.Equal(
            ["  2", "  3", "  4", "- 5", "+ five", "  6", "+ six and a half", "  7", "  8", "  9"],
            LineDifference.Between("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "1\n2\n3\n4\nfive\n6\nsix and a half\n7\n8\n9\n10\n"));

    [Fact]
    public void Line_ends_and_a_mark_at_the_start_are_not_shown_as_differences() =>
        Assert.Empty(LineDifference.Between("\uFEFFa\r\nb\r\n", "a\nb\n"));

    [Fact]
    public void A_text_that_comes_or_goes_is_shown_whole()
    {
        Assert.Equal(["+ a", "+ b"], LineDifference.Between("", "a\nb"));
        Assert.Equal(["- a", "- b"], LineDifference.Between("a\nb", ""));
    }

    [Fact]
    public void Texts_too_long_to_compare_are_shown_as_one_change()
    {
        var left = string.Join('\n', Enumerable.Range(0, 3_000));
        var right = string.Join('\n', Enumerable.Range(10_000, 3_000));

        Assert.Equal(6_000, LineDifference.Between(left, right).Count);
    }
}
