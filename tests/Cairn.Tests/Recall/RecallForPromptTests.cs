using Cairn.Core;
using Cairn.Engine.Recall;

namespace Cairn.Tests.Recall;

public sealed class RecallForPromptTests : IDisposable
{
    private readonly MemoryFixture _memories = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _memories.Dispose();

    [Fact]
    public async Task A_matching_memory_is_shown_once_in_a_session_and_again_after_compaction()
    {
        var project = await ProjectAsync("Round invoice totals half to even");
        var session = await _memories.AddSessionAsync(project);

        var first = await RunAsync(session, project, "invoice totals are rounded wrong");
        var second = await RunAsync(session, project, "are invoice totals rounded right now?");
        _memories.Time.Advance(TimeSpan.FromHours(1));
        await StartAsync(session, project, RecallTrigger.SessionCompact, budget: 20);
        var third = await RunAsync(session, project, "invoice totals again");

        Assert.Single(first.MemoryIds);
        Assert.Contains("Round invoice totals half to even", first.Text, StringComparison.Ordinal);
        Assert.Equal("", second.Text);
        Assert.Equal(first.MemoryIds, third.MemoryIds);
    }

    [Fact]
    public async Task What_the_start_card_showed_a_prompt_does_not_bring_again()
    {
        var project = await ProjectAsync("Round invoice totals half to even");
        var session = await _memories.AddSessionAsync(project);
        await StartAsync(session, project, RecallTrigger.SessionStartup);

        var recollection = await RunAsync(session, project, "invoice totals are rounded wrong");

        Assert.Equal("", recollection.Text);
        Assert.Equal(1, await _memories.NumberAsync("SELECT count(*) FROM receipt WHERE trigger = 'prompt' AND outcome = 'nothing new'"));
    }

    [Fact]
    public async Task A_session_is_not_told_its_own_work()
    {
        var project = await _memories.AddProjectAsync("shop");
        var session = await _memories.AddSessionAsync(project);
        await _memories.ObserveAsync(session, _memories.Draft("a", "Round invoice totals half to even"));

        Assert.Equal("", (await RunAsync(session, project, "invoice totals are rounded wrong")).Text);
    }

    [Fact]
    public async Task Memories_of_other_projects_low_confidence_or_superseded_are_not_shown_unasked()
    {
        var other = await ProjectAsync("Round invoice totals half to even");
        var project = await _memories.AddProjectAsync("till");
        await _memories.ObserveAsync(
            await _memories.AddSessionAsync(project),
            _memories.Draft("a", "Should invoice totals be rounded?", content => content with { Confidence = MemoryConfidence.Low }),
            _memories.Draft("b", "Superseded rounding of invoice totals"));
        await _memories.WriteAsync("UPDATE memory SET superseded_by = (SELECT min(id) FROM memory) WHERE observer_key = 'b' RETURNING id");

        Assert.Equal("", (await RunAsync(null, project, "invoice totals are rounded wrong")).Text);
        Assert.NotEqual("", (await RunAsync(null, other, "invoice totals are rounded wrong")).Text);
    }

    [Fact]
    public async Task At_most_the_limit_is_shown_within_budget_and_characters()
    {
        var titles = Enumerable.Range(1, 30).Select(number => $"Round invoice totals of region{number}a{number} by rule{number * 3}b");
        var project = await ProjectAsync([.. titles]);

        var few = await RunAsync(null, project, "how are invoice totals rounded in a region?", limit: 3);
        var small = await RunAsync(null, project, "how are invoice totals rounded in a region?", budget: 160);
        var narrow = await RunAsync(null, project, "how are invoice totals rounded in a region?", characters: 600);

        Assert.Equal(3, few.MemoryIds.Count);
        Assert.InRange(small.Tokens, 60, 160);
        Assert.InRange(narrow.Text.Length, 200, 600);
        Assert.Equal(TokenEstimate.Of(few.Text).Tokens, few.Tokens);
    }

    [Fact]
    public async Task The_receipt_says_which_words_were_held_and_which_prompt_asked()
    {
        var project = await ProjectAsync("Round invoice totals half to even");
        var session = await _memories.AddSessionAsync(project);
        var prompt = await _memories.AddEventAsync(session);

        await _memories.ForPrompt.RunAsync(Input(session, project, "invoice totals wrong") with { EventId = prompt }, Ct);

        Assert.Equal(1, await _memories.NumberAsync(
            """
            SELECT count(*) FROM receipt r JOIN receipt_memory m ON m.receipt_id = r.id
            WHERE r.event_id = $event AND r.trigger = 'prompt' AND m.reason = 'holds invoice, totals' AND m.score > 0.9
            """,
            ("$event", prompt)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("ok, thanks!")]
    [InlineData("\" OR title:* NOT ( NEAR")]
    [InlineData("\0\uD800 🎉🎉 ﷽ ")]
    [InlineData("add a test for this function and fix the bug")]
    public async Task A_prompt_that_names_nothing_brings_nothing_and_is_no_error(string prompt)
    {
        var project = await ProjectAsync("Add a test for the function and fix the bug", "Round invoice totals half to even");

        Assert.Equal("", (await RunAsync(null, project, prompt)).Text);
    }

    [Fact]
    public async Task Of_a_huge_pasted_prompt_both_ends_are_looked_at()
    {
        var project = await ProjectAsync("Round invoice totals half to even");
        var log = string.Concat(Enumerable.Range(0, 40_000).Select(number => $"{number:x} ok\n"));

        Assert.NotEqual("", (await RunAsync(null, project, $"Why are `invoice totals` wrong here?\n{log}")).Text);
        Assert.NotEqual("", (await RunAsync(null, project, $"{log}\nWhy are `invoice totals` wrong here?")).Text);
    }

    [Fact]
    public async Task The_name_of_the_project_alone_brings_nothing()
    {
        var project = await ProjectAsync("Shop front got a banner", "Shop till rounds totals");

        Assert.Equal("", (await RunAsync(null, project, "in shop, please paint the shop green")).Text);
    }

    [Fact]
    public async Task Ideographs_are_matched_by_pairs()
    {
        var project = await ProjectAsync("修复数据库连接超时", "改进日志轮转策略");

        var related = await RunAsync(null, project, "数据库连接又超时了，怎么办？");
        var unrelated = await RunAsync(null, project, "请帮我写一个排序函数");

        Assert.Contains("修复数据库连接超时", related.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("日志", related.Text, StringComparison.Ordinal);
        Assert.Equal("", unrelated.Text);
    }

    private async Task<long> ProjectAsync(params string[] titles)
    {
        var project = await _memories.AddProjectAsync("shop");
        var drafts = titles.Select((title, index) => _memories.Draft($"k{index}", title, content => content with { Narrative = "It was so." }));
        await _memories.ObserveAsync(await _memories.AddSessionAsync(project), [.. drafts]);
        return project;
    }

    private Task<Recollection> StartAsync(long session, long project, RecallTrigger trigger, int budget = 800) => _memories.AtStart.RunAsync(
        new StartRecallInput { SessionId = session, ProjectId = project, Trigger = trigger, TokenBudget = budget, CharacterLimit = 10_000 }, Ct);

    private Task<Recollection> RunAsync(long? session, long project, string prompt, int limit = 8, int budget = 800, int characters = 10_000) =>
        _memories.ForPrompt.RunAsync(Input(session, project, prompt) with { Limit = limit, TokenBudget = budget, CharacterLimit = characters }, Ct);

    private static PromptRecallInput Input(long? session, long project, string prompt) => new()
    {
        SessionId = session,
        ProjectId = project,
        ProjectLabel = "shop",
        Prompt = prompt,
        Limit = 8,
        TokenBudget = 800,
        CharacterLimit = 10_000,
    };
}
