using Cairn.Core;
using Cairn.Core.Wire;
using Cairn.Engine.Curate;
using Cairn.Engine.Recall;
using Cairn.Engine.Storage.Sqlite;
using Cairn.Tests.Recall;

namespace Cairn.Tests.Curate;

public sealed class StatsTests : IDisposable
{
    private readonly MemoryFixture _memories = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _memories.Dispose();

    [Fact]
    public async Task What_is_stored_is_counted_by_kind_and_project_without_what_was_forgotten()
    {
        var shop = await _memories.AddProjectAsync("shop");
        var till = await _memories.AddProjectAsync("till");
        await _memories.AddProjectAsync("empty");
        var session = await _memories.AddSessionAsync(shop);
        await _memories.ObserveAsync(
            session, _memories.Draft("a", "one thing"), _memories.Draft("b", "other thing"),
            _memories.Draft("c", "third", content => content with { Kind = MemoryKinds.Decision }), _memories.Draft("d", "to forget"));
        await _memories.ObserveAsync(await _memories.AddSessionAsync(till), _memories.Draft("a", "till thing"));
        var forgotten = (await _memories.AllMemoriesAsync()).Single(memory => memory.Content.Title == "to forget");
        await _memories.Memories.ForgetAsync(forgotten.Id, Ct);
        var card = await _memories.AtStart.RunAsync(
            new StartRecallInput { SessionId = session, ProjectId = till, Trigger = RecallTrigger.SessionStartup, TokenBudget = 800, CharacterLimit = 10_000 }, Ct);
        await _memories.Search.RunAsync(new SearchInput { Query = "thing", Limit = 5, LeavesReceipt = true }, Ct);

        var stats = await new ReadStats(new SqliteStatsStore(_memories.Database)).RunAsync(Ct);

        Assert.Equal((2, 2, 4, 10, 4), (stats.Projects, stats.Sessions, stats.Prompts, stats.Events, stats.Memories));
        Assert.Equal((1, card.Tokens), (stats.Receipts, stats.InjectedTokens));
        Assert.Equal([new CountReply("bugfix", 3), new CountReply("decision", 1)], stats.ByKind);
        Assert.Equal([new CountReply("shop", 3), new CountReply("till", 1)], stats.ByProject);
    }

    [Fact]
    public async Task Nothing_stored_counts_nothing()
    {
        var stats = await new ReadStats(new SqliteStatsStore(_memories.Database)).RunAsync(Ct);

        Assert.Equal((0, 0, 0, 0), (stats.Projects, stats.Sessions, stats.Memories, stats.InjectedTokens));
        Assert.Empty(stats.ByKind);
    }
}
