using Cairn.Core;
using Cairn.Engine.Recall;

namespace Cairn.Tests.Recall;

public sealed class RecallAtStartTests : IDisposable
{
    private readonly MemoryFixture _memories = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _memories.Dispose();

    [Fact]
    public async Task Where_nothing_is_known_nothing_is_said_and_a_receipt_says_why()
    {
        var project = await _memories.AddProjectAsync("shop");
        var session = await _memories.AddSessionAsync(project);

        var card = await RunAsync(session, project);

        Assert.Equal(("", "", 0), (card.Text, card.PersonLine, card.Tokens));
        Assert.Equal(1, await _memories.NumberAsync(
            "SELECT count(*) FROM receipt WHERE outcome = 'nothing known' AND trigger = 'session-startup' AND session_id = $session AND tokens = 0",
            ("$session", session)));
        Assert.Equal("", (await RunAsync(session, null)).Text);
    }

    [Fact]
    public async Task The_next_session_gets_the_last_outcome_open_ends_pinned_and_recent_memories()
    {
        var (project, _) = await WorkedProjectAsync();
        var session = await _memories.AddSessionAsync(project);

        var card = await RunAsync(session, project);

        Assert.StartsWith($"<cairn-memory receipt=\"{card.ReceiptId}\" nonce=\"", card.Text, StringComparison.Ordinal);
        Assert.EndsWith("</cairn-memory>\n", card.Text, StringComparison.Ordinal);
        var lines = card.Text.Split('\n');
        Assert.Contains("not instructions", lines[1], StringComparison.Ordinal);
        Assert.Matches(@"^Last session: #\d+ · 2026-01-02 · session_summary · Mend the till$", lines[2]);
        Assert.Contains("  Totals are right again.", lines);
        Assert.Contains("  Next: refund test", lines);
        Assert.Contains(lines, line => line.EndsWith("decision · Pinned rule", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("bugfix · Round totals once", StringComparison.Ordinal));
        Assert.Contains("  Every line was rounded.", lines);
        Assert.DoesNotContain("Only a question", card.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", card.Text, StringComparison.Ordinal);
        Assert.Contains("cairn search", card.Text, StringComparison.Ordinal);
        Assert.Contains($"3 memories of shop for the agent ({card.Tokens} tokens)", card.PersonLine, StringComparison.Ordinal);
        Assert.Contains("cairn open", card.PersonLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_named_like_its_best_memory_neither_hides_it_nor_says_it_again()
    {
        var project = await _memories.AddProjectAsync("shop");
        await _memories.ObserveAsync(
            await _memories.AddSessionAsync(project),
            _memories.Draft("a", "Round totals once", content => content with { Narrative = "Every line was rounded." }),
            _memories.Draft("s", "Round totals once", content => content with
            {
                Kind = MemoryKinds.SessionSummary,
                Subtitle = "Totals are off by a cent",
                Narrative = "Asked: Totals are off by a cent. Done: Round totals once.",
                Facts = ["Request: Totals are off by a cent", "Completed: Round totals once"],
            }));
        var session = await _memories.AddSessionAsync(project);

        var card = await RunAsync(session, project);
        var resumed = await RunAsync(session, project, RecallTrigger.SessionResume);

        var lines = card.Text.Split('\n');
        Assert.Equal("  Request: Totals are off by a cent", lines[3]);
        Assert.Equal("Recent:", lines[4]);
        Assert.EndsWith("Round totals once", lines[5], StringComparison.Ordinal);
        Assert.Equal("  Every line was rounded.", lines[6]);
        Assert.Equal("", resumed.Text);
    }

    [Fact]
    public async Task The_receipt_names_what_was_shown_in_order_with_reasons()
    {
        var (project, _) = await WorkedProjectAsync();
        var session = await _memories.AddSessionAsync(project);

        var card = await RunAsync(session, project);

        var receipt = await _memories.NumberAsync(
            "SELECT id FROM receipt WHERE public_id = $id AND outcome = 'shown' AND tokens = $tokens AND characters = $characters",
            ("$id", card.ReceiptId.ToString()), ("$tokens", card.Tokens), ("$characters", card.Text.Length));
        var shown = await _memories.Database.ReadAsync(
            reader => reader.Query("SELECT memory_id, reason FROM receipt_memory WHERE receipt_id = $id ORDER BY position", row => (row.GetInt64(0), row.GetString(1)), ("$id", receipt)), Ct);
        Assert.Equal(card.MemoryIds, shown.Select(item => item.Item1));
        Assert.Equal(["last session", "pinned", "recent"], shown.Select(item => item.Item2));
    }

    [Theory]
    [InlineData(130)]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(800)]
    public async Task The_card_stays_within_its_budget_and_the_agents_limit(int budget)
    {
        var project = await ManyMemoriesAsync(60, "Ein sehr langer Satz über 数据库连接超时 und 日本語のテキスト im Titel");
        var session = await _memories.AddSessionAsync(project);

        var card = await RunAsync(session, project, budget: budget);
        var narrow = await RunAsync(session: null, project, limit: 500);

        Assert.Equal(TokenEstimate.Of(card.Text).Tokens, card.Tokens);
        Assert.InRange(card.Tokens, 50, budget);
        Assert.InRange(narrow.Text.Length, 300, 500);
    }

    [Fact]
    public async Task A_budget_that_holds_nothing_says_nothing()
    {
        var project = await ManyMemoriesAsync(3, "title");

        Assert.Equal("", (await RunAsync(null, project, budget: 20)).Text);
    }

    [Fact]
    public async Task A_resumed_session_gets_only_what_it_was_not_shown()
    {
        var (project, _) = await WorkedProjectAsync();
        var session = await _memories.AddSessionAsync(project);
        var first = await RunAsync(session, project);
        var again = await RunAsync(session, project, RecallTrigger.SessionResume);
        await _memories.ObserveAsync(session, _memories.Draft("own", "My own work"));
        var own = await RunAsync(session, project, RecallTrigger.SessionResume);

        _memories.Time.Advance(TimeSpan.FromHours(1));
        await _memories.ObserveAsync(await _memories.AddSessionAsync(project), _memories.Draft("new", "Work of another session"));
        var after = await RunAsync(session, project, RecallTrigger.SessionResume);

        Assert.Equal(3, first.MemoryIds.Count);
        Assert.Equal(("", ""), (again.Text, again.PersonLine));
        Assert.Equal("", own.Text);
        Assert.Contains("Work of another session", after.Text, StringComparison.Ordinal);
        Assert.Single(after.MemoryIds);
    }

    [Fact]
    public async Task A_compacted_session_gets_the_card_again_and_then_not_once_more()
    {
        var (project, _) = await WorkedProjectAsync();
        var session = await _memories.AddSessionAsync(project);
        var first = await RunAsync(session, project);
        await _memories.ObserveAsync(session, _memories.Draft("own", "My own work before"));

        _memories.Time.Advance(TimeSpan.FromHours(1));
        var compacted = await RunAsync(session, project, RecallTrigger.SessionCompact);
        var resumed = await RunAsync(session, project, RecallTrigger.SessionResume);

        Assert.All(first.MemoryIds, id => Assert.Contains(id, compacted.MemoryIds));
        Assert.Contains("My own work before", compacted.Text, StringComparison.Ordinal);
        Assert.Equal("", resumed.Text);
    }

    [Fact]
    public async Task A_preview_leaves_no_receipt_and_hides_nothing_later()
    {
        var (project, _) = await WorkedProjectAsync();
        var session = await _memories.AddSessionAsync(project);

        var preview = await RunAsync(session, project, preview: true);
        var real = await RunAsync(session, project);

        Assert.Null(preview.ReceiptId);
        Assert.Equal(preview.MemoryIds, real.MemoryIds);
        Assert.Equal(1, await _memories.NumberAsync("SELECT count(*) FROM receipt"));
    }

    [Theory]
    [InlineData("startup", RecallTrigger.SessionStartup)]
    [InlineData("resume", RecallTrigger.SessionResume)]
    [InlineData("clear", RecallTrigger.SessionClear)]
    [InlineData("compact", RecallTrigger.SessionCompact)]
    [InlineData("teleport", RecallTrigger.SessionStartup)]
    [InlineData(null, RecallTrigger.SessionStartup)]
    public void An_agents_word_for_a_start_is_understood(string? source, RecallTrigger trigger) =>
        Assert.Equal(trigger, StartRecallInput.TriggerOf(source));

    private async Task<(long Project, long Session)> WorkedProjectAsync()
    {
        var project = await _memories.AddProjectAsync("shop");
        var session = await _memories.AddSessionAsync(project);
        await _memories.ObserveAsync(
            session,
            _memories.Draft("a", "Round totals once", content => content with { Narrative = "Every line was rounded." }),
            _memories.Draft("b", "Pinned rule", content => content with { Kind = MemoryKinds.Decision }),
            _memories.Draft("c", "Only a question", content => content with { Confidence = MemoryConfidence.Low }),
            _memories.Draft("s", "Mend the till", content => content with
            {
                Kind = MemoryKinds.SessionSummary,
                Narrative = "Totals are right again.",
                Facts = ["Learned: cents", "Next: refund test"],
            }));
        var pinned = (await _memories.AllMemoriesAsync()).Single(memory => memory.Content.Title == "Pinned rule");
        await _memories.Memories.SetPinnedAsync(pinned.Id, true, Ct);
        var other = await _memories.AddSessionAsync(await _memories.AddProjectAsync("other"));
        await _memories.ObserveAsync(other, _memories.Draft("x", "Elsewhere"));
        return (project, session);
    }

    private async Task<long> ManyMemoriesAsync(int count, string title)
    {
        var project = await _memories.AddProjectAsync("shop");
        var drafts = Enumerable.Range(1, count)
            .Select(number => _memories.Draft($"k{number}", $"{title} {number} part{number * 7}x{number}", content => content with { Narrative = string.Join(' ', Enumerable.Repeat("Satz.", 60)) }));
        await _memories.ObserveAsync(await _memories.AddSessionAsync(project), [.. drafts]);
        return project;
    }

    private Task<Recollection> RunAsync(
        long? session, long? project, RecallTrigger trigger = RecallTrigger.SessionStartup, int budget = 800, int limit = 10_000, bool preview = false) =>
        _memories.AtStart.RunAsync(
            new StartRecallInput
            {
                SessionId = session,
                ProjectId = project,
                Trigger = trigger,
                TokenBudget = budget,
                CharacterLimit = limit,
                Preview = preview,
            },
            Ct);
}
