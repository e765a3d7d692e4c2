using Cairn.Core;
using Cairn.Engine.Observe;
using Cairn.Engine.Recall;
using Cairn.Tests.Recall;

namespace Cairn.Tests.Curate;

public sealed class ObservedMemoryTests : IDisposable
{
    private readonly MemoryFixture _memories = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _memories.Dispose();

    [Fact]
    public async Task What_an_observer_proposes_is_stored_with_files_evidence_and_words()
    {
        var (session, _) = await SessionAsync();
        var first = await _memories.AddEventAsync(session);
        var second = await _memories.AddEventAsync(session);

        var outcome = await _memories.ObserveAsync(session, _memories.Draft("u1", "Fix the parser", content => content with
        {
            Subtitle = "asked",
            Narrative = "why",
            Facts = ["one", "zwei"],
            Concepts = ["gotcha"],
            FilesRead = ["b.cs", "a.cs"],
            FilesModified = ["c.cs"],
            Evidence = [second, first, 999],
        }));

        Assert.Equal(new ObservationOutcome.Stored(1, 0, 0, 0), outcome);
        var memory = await _memories.OnlyMemoryAsync();
        Assert.Equal(("Fix the parser", "asked", "why"), (memory.Content.Title, memory.Content.Subtitle, memory.Content.Narrative));
        Assert.Equal(["one", "zwei"], memory.Content.Facts);
        Assert.Equal(["b.cs", "a.cs"], memory.Content.FilesRead);
        Assert.Equal(["c.cs"], memory.Content.FilesModified);
        Assert.Equal([first, second], memory.Content.Evidence);
        Assert.Equal((session, "shop", MemoryConfidence.High), (memory.SessionId, memory.Project, memory.Content.Confidence));
        Assert.Equal([memory.Id], await FindAsync("zwei"));
    }

    [Fact]
    public async Task Observing_the_same_again_writes_nothing()
    {
        var (session, _) = await SessionAsync();
        var link = await _memories.AddEventAsync(session);
        var draft = _memories.Draft("u1", "Fix the parser", content => content with { Evidence = [link], FilesRead = ["a", "a"] });
        await _memories.ObserveAsync(session, draft);
        var before = await _memories.OnlyMemoryAsync();

        _memories.Time.Advance(TimeSpan.FromMinutes(5));
        var outcome = await _memories.ObserveAsync(session, draft);

        Assert.Equal(new ObservationOutcome.Stored(0, 0, 1, 0), outcome);
        Assert.Equal(before.UpdatedAt, (await _memories.OnlyMemoryAsync()).UpdatedAt);
    }

    [Fact]
    public async Task A_changed_draft_changes_the_memory_and_what_it_is_found_by()
    {
        var (session, _) = await SessionAsync();
        await _memories.ObserveAsync(session, _memories.Draft("u1", "Fix the tokenizer"));
        var before = await _memories.OnlyMemoryAsync();

        _memories.Time.Advance(TimeSpan.FromMinutes(5));
        var outcome = await _memories.ObserveAsync(session, _memories.Draft("u1", "Fix the scanner"));

        Assert.Equal(new ObservationOutcome.Stored(0, 1, 0, 0), outcome);
        var after = await _memories.OnlyMemoryAsync();
        Assert.Equal((before.Id, before.PublicId, "Fix the scanner"), (after.Id, after.PublicId, after.Content.Title));
        Assert.True(after.UpdatedAt > before.UpdatedAt);
        Assert.Empty(await FindAsync("tokenizer"));
        Assert.Equal([after.Id], await FindAsync("scanner"));
    }

    [Fact]
    public async Task A_draft_that_is_no_longer_proposed_goes_and_its_number_is_not_given_again()
    {
        var (session, _) = await SessionAsync();
        await _memories.ObserveAsync(session, _memories.Draft("u1", "Kept"), _memories.Draft("u2", "Dropped", content => content with { FilesRead = ["a"] }));
        var dropped = (await _memories.AllMemoriesAsync()).Single(memory => memory.Content.Title == "Dropped");

        var outcome = await _memories.ObserveAsync(session, _memories.Draft("u1", "Kept"));
        await _memories.ObserveAsync(session, _memories.Draft("u1", "Kept"), _memories.Draft("u3", "New"));

        Assert.Equal(new ObservationOutcome.Stored(0, 0, 1, 1), outcome);
        Assert.Empty(await FindAsync("dropped"));
        Assert.DoesNotContain(await _memories.AllMemoriesAsync(), memory => memory.Id == dropped.Id);
    }

    [Fact]
    public async Task What_a_person_pinned_or_edited_outlives_the_observer()
    {
        var (session, _) = await SessionAsync();
        await _memories.ObserveAsync(session, _memories.Draft("pinned", "Pinned one"), _memories.Draft("edited", "Machine's words"));
        var all = await _memories.AllMemoriesAsync();
        await _memories.Memories.SetPinnedAsync(all.Single(memory => memory.Content.Title == "Pinned one").Id, true, Ct);
        await _memories.WriteAsync("UPDATE memory SET title = 'Human words', edited_at_ms = 1 WHERE observer_key = 'edited' RETURNING id");

        await _memories.ObserveAsync(session, _memories.Draft("edited", "Machine's other words"));
        await _memories.ObserveAsync(session);

        var titles = (await _memories.AllMemoriesAsync()).Select(memory => (memory.Content.Title, memory.Pinned)).Order();
        Assert.Equal([("Human words", false), ("Pinned one", true)], titles);
    }

    [Fact]
    public async Task A_forgotten_memory_leaves_no_words_and_does_not_come_back()
    {
        var (session, _) = await SessionAsync();
        var draft = _memories.Draft("u1", "Zebrafish secret", content => content with
        {
            Narrative = "zebrafish",
            Facts = ["zebrafish"],
            Concepts = ["zebrafish"],
            Subtitle = "zebrafish",
            FilesRead = ["zebrafish.cs"],
        });
        await _memories.ObserveAsync(session, draft);
        var memory = await _memories.OnlyMemoryAsync();

        Assert.True(await _memories.Memories.ForgetAsync(memory.Id, Ct));
        Assert.False(await _memories.Memories.ForgetAsync(memory.Id, Ct));
        await _memories.ObserveAsync(session, draft);
        await _memories.ObserveAsync(session);
        await _memories.ObserveAsync(session, draft);

        Assert.Empty(await _memories.AllMemoriesAsync());
        Assert.Empty(await FindAsync("zebrafish"));
        Assert.Null(await _memories.Memories.FindAsync(memory.Id, Ct));
        Assert.Equal(0, await _memories.NumberAsync("""
            SELECT count(*) FROM memory
            WHERE title || subtitle || narrative || facts || concepts || metadata LIKE '%zebrafish%'
            """));
        Assert.Equal(0, await _memories.NumberAsync("SELECT count(*) FROM memory_file"));
        Assert.Equal(1, await _memories.NumberAsync("SELECT count(*) FROM memory WHERE deleted_at_ms IS NOT NULL"));
    }

    [Fact]
    public async Task What_was_forgotten_is_not_in_the_database_file_either()
    {
        var (session, project) = await SessionAsync();
        await _memories.ObserveAsync(session, _memories.Draft("u1", "Zebrafish invoice", content => content with
        {
            Narrative = string.Join(' ', Enumerable.Repeat("zebrafish invoice totals", 400)),
            FilesRead = ["zebrafish.cs"],
        }));
        var memory = await _memories.OnlyMemoryAsync();
        var shown = await _memories.ForPrompt.RunAsync(
            new PromptRecallInput
            {
                SessionId = null,
                ProjectId = project,
                ProjectLabel = "shop",
                Prompt = "zebrafish invoice",
                Limit = 8,
                TokenBudget = 800,
                CharacterLimit = 10_000,
            },
            Ct);
        Assert.NotEmpty(shown.Text);
        Assert.Contains("zebrafish", _memories.CloseAndReadFile(), StringComparison.OrdinalIgnoreCase);

        using var reopened = _memories.Reopen();
        Assert.True(await reopened.Memories.ForgetAsync(memory.Id, Ct));

        Assert.DoesNotContain("zebrafish", reopened.CloseAndReadFile(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_batch_is_completed_with_its_memories_and_only_by_who_holds_it()
    {
        var (session, _) = await SessionAsync();
        var batch = await _memories.AddClaimedBatchAsync(session);

        var first = await _memories.Observed.ReplaceAsync(session, "rules", [_memories.Draft("u1", "Once")], batch, Ct);
        var second = await _memories.Observed.ReplaceAsync(session, "rules", [], batch, Ct);

        Assert.IsType<ObservationOutcome.Stored>(first);
        Assert.IsType<ObservationOutcome.LeaseLost>(second);
        Assert.Single(await _memories.AllMemoriesAsync());
        Assert.Equal(1, await _memories.NumberAsync(
            "SELECT count(*) FROM batch WHERE id = $id AND state = 'completed' AND lease_until_ms IS NULL", ("$id", batch)));
    }

    private async Task<(long Session, long Project)> SessionAsync()
    {
        var project = await _memories.AddProjectAsync("shop");
        return (await _memories.AddSessionAsync(project), project);
    }

    private async Task<IEnumerable<long>> FindAsync(string query) =>
        (await _memories.Search.RunAsync(new SearchInput { Query = query, Limit = 20 }, Ct)).Hits.Select(hit => hit.Memory.Id);
}
