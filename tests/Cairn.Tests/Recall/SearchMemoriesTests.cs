using Cairn.Core;
using Cairn.Engine.Recall;

namespace Cairn.Tests.Recall;

public sealed class SearchMemoriesTests : IAsyncLifetime
{
    private readonly MemoryFixture _memories = new();
    private long _shop;
    private long _till;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _shop = await _memories.AddProjectAsync("shop");
        _till = await _memories.AddProjectAsync("till");
        await _memories.ObserveAsync(
            await _memories.AddSessionAsync(_shop),
            _memories.Draft("a", "Round invoice totals", content => content with { Narrative = "parseUserName was wrong in a long text about other things." }),
            _memories.Draft("b", "Connection pool", content => content with { Narrative = "The totals of the pool.", FilesModified = ["src/db/ConnectionPool.cs"] }),
            _memories.Draft("c", "修复数据库连接超时", content => content with { Kind = MemoryKinds.Decision, Facts = ["Die Größe zählt"] }),
            _memories.Draft("d", "Low one about gadgets", content => content with { Confidence = MemoryConfidence.Low }));
        await _memories.ObserveAsync(await _memories.AddSessionAsync(_till), _memories.Draft("a", "Totals of the till"));
    }

    public ValueTask DisposeAsync()
    {
        _memories.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("parse_user_name", "Round invoice totals")]
    [InlineData("user name parsing", "Round invoice totals")]
    [InlineData("connection-pool", "Connection pool")]
    [InlineData("ConnectionPool.cs", "Connection pool")]
    [InlineData("src/db", "Connection pool")]
    [InlineData("\"long text about\"", "Round invoice totals")]
    [InlineData("数据库", "修复数据库连接超时")]
    [InlineData("连接超时了吗", "修复数据库连接超时")]
    [InlineData("groß GRÖSSE größe", "修复数据库连接超时")]
    [InlineData("rounded invoices", "Round invoice totals")]
    [InlineData("gadget", "Low one about gadgets")]
    public async Task A_memory_is_found_by_identifiers_phrases_endings_and_ideographs(string query, string title) =>
        Assert.Equal(title, (await SearchAsync(query)).Hits[0].Memory.Content.Title);

    [Fact]
    public async Task A_title_outranks_a_narrative_and_hits_carry_their_score_and_snippet()
    {
        var page = await SearchAsync("pool totals");

        Assert.Equal(3, page.Total);
        Assert.Equal("Connection pool", page.Hits[0].Memory.Content.Title);
        Assert.Equal(1, page.Hits[0].Score);
        Assert.Equal("The \u0002totals\u0003 of the \u0002pool\u0003.", page.Hits[0].Snippet);
        Assert.All(page.Hits.Zip(page.Hits.Skip(1)), pair => Assert.True(pair.First.Score >= pair.Second.Score));
        Assert.All(page.Hits, hit => Assert.InRange(hit.Score, 0, 1));
    }

    [Fact]
    public async Task Project_and_kind_narrow_the_search()
    {
        Assert.Equal(["Totals of the till"], Titles(await SearchAsync("totals", project: _till)));
        Assert.Equal(["修复数据库连接超时"], Titles(await SearchAsync("连接 totals", kind: MemoryKinds.Decision)));
        Assert.Empty(Titles(await SearchAsync("gadgets", project: _till)));
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        var all = Titles(await SearchAsync("totals pool", limit: 10));
        var second = await SearchAsync("totals pool", offset: 1, limit: 1);

        Assert.Equal((3, all[1]), (second.Total, Titles(second)[0]));
        Assert.Empty((await SearchAsync("totals", offset: 50)).Hits);
    }

    [Fact]
    public async Task Near_duplicates_are_one_hit_and_superseded_or_forgotten_ones_none()
    {
        var session = await _memories.AddSessionAsync(_till);
        await _memories.ObserveAsync(
            session,
            _memories.Draft("1", "Handle zebra crossing in the parser"), _memories.Draft("2", "Handled zebra crossings in the parser"),
            _memories.Draft("3", "Zebra old", content => content with { Kind = MemoryKinds.Change }), _memories.Draft("4", "Zebra forgotten thing"));
        await _memories.WriteAsync("UPDATE memory SET superseded_by = (SELECT min(id) FROM memory) WHERE title = 'Zebra old' RETURNING id");
        var forgotten = (await _memories.AllMemoriesAsync()).Single(memory => memory.Content.Title == "Zebra forgotten thing");
        await _memories.Memories.ForgetAsync(forgotten.Id, Ct);

        var hit = Assert.Single((await SearchAsync("zebra")).Hits);

        Assert.Contains("crossing", hit.Memory.Content.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_nearly_all_memories_hold_do_not_drown_the_rare_one()
    {
        await _memories.ObserveAsync(
            await _memories.AddSessionAsync(_till),
            [.. Enumerable.Range(0, 4_200).Select(number => _memories.Draft($"m{number}", $"Common words everywhere item{number}x{number}"))]);

        Assert.Equal(["Round invoice totals"], Titles(await SearchAsync("common words everywhere invoice")));
        Assert.Equal(20, (await SearchAsync("common words", limit: 20)).Hits.Count);
        Assert.Empty((await SearchAsync("common words", project: _shop)).Hits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("AND OR NOT NEAR")]
    [InlineData("\"")]
    [InlineData("\"\"\"\"")]
    [InlineData("title:totals")]
    [InlineData("{title facts}: x* ^y - (")]
    [InlineData("totals\0pool")]
    [InlineData("🎉🎉🎉")]
    [InlineData("\uD800 lone \uDC00")]
    [InlineData("'; DROP TABLE memory; --")]
    [InlineData("\u0301\u0301 a\u0301")]
    [InlineData("ʰ ² ½ Ⅷ ᾳ ǅ ª º ﬁ")]
    public async Task No_query_is_an_error(string query)
    {
        await SearchAsync(query);
        await _memories.Search.RunAsync(new SearchInput { Query = query, Limit = 5, Prefix = true }, Ct);
    }

    [Fact]
    public async Task A_query_of_ten_thousand_characters_is_no_error()
    {
        var random = new Random(7);
        foreach (var round in Enumerable.Range(0, 30))
        {
            await SearchAsync(new string([.. Enumerable.Range(0, 10_000).Select(_ => (char)random.Next(round % 2 == 0 ? 128 : 0x10000))]));
        }

        Assert.NotEmpty((await SearchAsync("totals " + new string('x', 10_000))).Hits);
    }

    [Fact]
    public async Task The_last_word_may_be_half_typed() =>
        Assert.Contains("Round invoice totals", Titles(await _memories.Search.RunAsync(new SearchInput { Query = "invo", Limit = 5, Prefix = true }, Ct)));

    [Fact]
    public async Task A_search_for_an_agent_leaves_a_receipt_and_hides_nothing_later()
    {
        var session = await _memories.AddSessionAsync(_shop);
        await SearchAsync("totals");
        Assert.Equal(0, await _memories.NumberAsync("SELECT count(*) FROM receipt"));

        await _memories.Search.RunAsync(new SearchInput { Query = "totals", Limit = 5, LeavesReceipt = true }, Ct);
        await _memories.Search.RunAsync(new SearchInput { Query = "nosuchword", Limit = 5, LeavesReceipt = true }, Ct);

        Assert.Equal(1, await _memories.NumberAsync("SELECT count(*) FROM receipt WHERE trigger = 'search' AND outcome = 'shown'"));
        Assert.Equal(1, await _memories.NumberAsync("SELECT count(*) FROM receipt WHERE trigger = 'search' AND outcome = 'nothing matches'"));
        Assert.Equal(3, await _memories.NumberAsync("SELECT count(*) FROM receipt_memory"));
        Assert.Empty((await _memories.Receipts.ReadShownAsync(session, Ct)).Memories);
    }

    private static List<string> Titles(SearchPage page) => [.. page.Hits.Select(hit => hit.Memory.Content.Title)];

    private Task<SearchPage> SearchAsync(string query, long? project = null, string? kind = null, int offset = 0, int limit = 20) =>
        _memories.Search.RunAsync(new SearchInput { Query = query, ProjectId = project, Kind = kind, Offset = offset, Limit = limit }, Ct);
}
