using Cairn.Engine.Storage.Sqlite;
using Cairn.Engine.Text;

namespace Cairn.Tests.Recall;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("parseUserName", "parseUserName parse User Name")]
    [InlineData("HTTPServer2", "HTTPServer2 HTTP Server")]
    [InlineData("snake_case_name", "snake_case_name snakecasename")]
    [InlineData("near-duplicate", "near-duplicate nearduplicate")]
    [InlineData("src/Foo/BarBaz.cs", "src/Foo/BarBaz.cs Bar Baz BarBazcs")]
    [InlineData("sha256sum", "sha256sum sha 256 sum")]
    [InlineData("数据库", " 数据  据库 ")]
    [InlineData("库", " 库 ")]
    [InlineData("fix数据bug", "fix 数据 bug")]
    [InlineData("plain words.", "plain words.")]
    [InlineData("a\0b", "a b")]
    public void Text_is_prepared_whole_and_split(string text, string prepared) => Assert.Equal(prepared, SearchText.ForIndex(text));

    [Theory]
    [InlineData("rounding", "rounded")]
    [InlineData("deliveries", "delivery")]
    [InlineData("Größe", "GROSSE", false)]
    [InlineData("naïve", "NAIVE")]
    [InlineData("relational", "relate")]
    [InlineData("hopping", "hop")]
    [InlineData("caresses", "caress")]
    [InlineData("university", "unit", false)]
    public void Words_that_count_as_the_same_share_a_key(string one, string other, bool same = true) =>
        Assert.Equal(same, WordKey.Of(one) == WordKey.Of(other));

    [Theory]
    [InlineData("How do I use the `total_of` helper?", "Identifier:total_of Word:helper")]
    [InlineData("\"connection pool\" exhausted", "Phrase:connection pool Word:exhausted")]
    [InlineData("src/app/Main.cs:42", "Identifier:src/app/Main.cs:42")]
    [InlineData("read/write near-duplicate", "Word:read Word:write Word:duplicate Word:nearduplicate")]
    [InlineData("OrderStore.Add fails", "Identifier:OrderStore.Add Word:fails")]
    [InlineData("what is this", "Word:what Word:is Word:this")]
    [InlineData("fix fixes fixed", "Word:fix")]
    [InlineData("E4021 in v1.2", "Identifier:E4021 Word:v1 Word:2 Word:v12")]
    [InlineData("数据库", "Ideographs:数据库")]
    [InlineData("数据库连接", "Ideographs:数据 Ideographs:据库 Ideographs:库连 Ideographs:连接")]
    [InlineData("\"unclosed quote", "Word:unclosed Word:quote")]
    [InlineData("!!! ???", "")]
    [InlineData("", "")]
    public void A_query_is_taken_apart(string text, string terms) =>
        Assert.Equal(terms, string.Join(' ', SearchQuery.Parse(text).Terms.Select(term => $"{term.Kind}:{term.Text}")));

    [Fact]
    public void Only_a_word_that_is_still_being_typed_is_a_prefix()
    {
        Assert.True(SearchQuery.Parse("round inv", prefix: true).Terms[^1].Prefix);
        Assert.False(SearchQuery.Parse("round inv ", prefix: true).Terms[^1].Prefix);
        Assert.False(SearchQuery.Parse("round inv").Terms[^1].Prefix);
    }

    [Fact]
    public void A_long_query_is_cut()
    {
        var query = SearchQuery.Parse(string.Join(' ', Enumerable.Range(0, 20_000).Select(number => $"w{number}ord")));

        Assert.Equal(SearchQuery.MostTerms, query.Terms.Count);
    }

    [Fact]
    public void Words_reach_the_index_in_quotes_and_hold_no_operator()
    {
        var query = SearchQuery.Parse("a\"b OR NEAR(x y) title:foo* ^bar -baz (qux) c++ {col}: \u0000 ' ; --");

        Assert.All(query.Terms, term => Assert.Matches("""^"[\p{L}\p{N}\p{M} ]+"\*?( OR "[\p{L}\p{N}\p{M}]+"\*?)*$""", FtsExpression.Of(term)));
    }
}
