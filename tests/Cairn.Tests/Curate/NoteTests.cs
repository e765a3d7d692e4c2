using Cairn.Core;
using Cairn.Engine.Curate;
using Cairn.Engine.Recall;
using Cairn.Tests.Recall;

namespace Cairn.Tests.Curate;

public sealed class NoteTests : IDisposable
{
    private readonly MemoryFixture _memories = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _memories.Dispose();

    [Fact]
    public async Task The_first_line_of_a_note_is_its_title_and_the_rest_its_narrative()
    {
        var memory = await KeptAsync("Deploy on Tuesdays\r\n\r\nThe freeze begins on Wednesday.\nAsk Ada.", pin: true);

        Assert.Equal(("Deploy on Tuesdays", "The freeze begins on Wednesday.\nAsk Ada."), (memory.Content.Title, memory.Content.Narrative));
        Assert.Equal((MemoryKinds.Note, "user", MemoryConfidence.High), (memory.Content.Kind, memory.Content.Source, memory.Content.Confidence));
        Assert.True(memory.Pinned);
        Assert.Equal("shop", memory.Project);
        Assert.Equal(memory.Id, (await _memories.OnlyMemoryAsync()).Id);
    }

    [Fact]
    public async Task A_first_line_too_long_for_a_title_is_cut_between_words_and_kept_whole_below()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 40));

        var memory = await KeptAsync(text);

        Assert.InRange(memory.Content.Title.Length, 60, 80);
        Assert.EndsWith("word…", memory.Content.Title, StringComparison.Ordinal);
        Assert.Equal(text, memory.Content.Narrative);
    }

    [Fact]
    public async Task Secrets_are_removed_before_a_note_is_kept()
    {
        var note = new RememberNote(_memories.Memories, text => text.Replace("hunter2", "[redacted]", StringComparison.Ordinal), _memories.Time);

        var outcome = await note.RunAsync(new NoteInput("the password is hunter2", MemoryFixture.Project("shop"), null, false), Ct);

        Assert.Equal("the password is [redacted]", Assert.IsType<RememberOutcome.Kept>(outcome).Memory.Content.Title);
    }

    [Theory]
    [InlineData("   \n ", null, "nothing to remember")]
    [InlineData("text", "poem", "no kind")]
    [InlineData("text", "session_summary", "no kind")]
    public async Task What_cannot_be_a_note_is_refused_with_the_reason(string text, string? kind, string reason)
    {
        var outcome = await NoteAsync(text, kind, pin: false);

        Assert.Contains(reason, Assert.IsType<RememberOutcome.Refused>(outcome).Reason, StringComparison.Ordinal);
        Assert.Empty(await _memories.AllMemoriesAsync());
    }

    [Fact]
    public async Task A_note_over_the_limit_is_refused() =>
        Assert.IsType<RememberOutcome.Refused>(await NoteAsync(new string('x', RememberNote.LongestNote + 1), null, pin: false));

    [Fact]
    public async Task A_forgotten_note_is_gone_without_a_trace()
    {
        var memory = await KeptAsync("Zebrafish");

        Assert.True(await _memories.Memories.ForgetAsync(memory.Id, Ct));

        Assert.Equal(0, await _memories.NumberAsync("SELECT count(*) FROM memory"));
        Assert.Empty((await _memories.Search.RunAsync(new SearchInput { Query = "zebrafish", Limit = 5 }, Ct)).Hits);
        Assert.False(await _memories.Memories.ForgetAsync(4711, Ct));
    }

    [Fact]
    public async Task Memories_are_listed_newest_first_in_pages_by_project_and_kind()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            _memories.Time.Advance(TimeSpan.FromHours(1));
            await KeptAsync($"note {number}", kind: number == 3 ? MemoryKinds.Decision : null);
        }

        await NoteAsync("elsewhere", null, pin: false, project: "other");
        var project = await _memories.Memories.FindProjectAsync("shop", Ct);
        var filter = new MemoryFilter { ProjectId = project!.Id };

        var page = await _memories.Memories.ListAsync(filter, 1, 2, Ct);
        var decisions = await _memories.Memories.ListAsync(filter with { Kind = MemoryKinds.Decision }, 0, 9, Ct);
        var all = await _memories.Memories.ListAsync(new MemoryFilter(), 0, 9, Ct);

        Assert.Equal((5, ["note 4", "note 3"]), (page.Total, page.Items.Select(memory => memory.Content.Title)), TitlesEqual);
        Assert.Equal((1, ["note 3"]), (decisions.Total, decisions.Items.Select(memory => memory.Content.Title)), TitlesEqual);
        Assert.Equal((6, "elsewhere"), (all.Total, all.Items[0].Content.Title));
    }

    [Fact]
    public async Task Pinning_keeps_in_view_and_unpinning_lets_go()
    {
        var memory = await KeptAsync("Deploy on Tuesdays");

        Assert.True((await _memories.Memories.SetPinnedAsync(memory.Id, true, Ct))!.Pinned);
        Assert.False((await _memories.Memories.SetPinnedAsync(memory.Id, false, Ct))!.Pinned);
        Assert.Null(await _memories.Memories.SetPinnedAsync(4711, true, Ct));
    }

    [Fact]
    public async Task Many_are_forgotten_by_project_and_date_after_a_count()
    {
        foreach (var number in Enumerable.Range(1, 450))
        {
            await KeptAsync($"old {number}");
        }

        _memories.Time.Advance(TimeSpan.FromDays(1));
        var border = _memories.Time.GetUtcNow();
        await KeptAsync("young");
        var project = await _memories.Memories.FindProjectAsync("dir:/home/dev/shop", Ct);
        var forget = new ForgetMemories(_memories.Memories);
        var filter = new MemoryFilter { ProjectId = project!.Id, Before = border };

        Assert.Equal(new ForgetOutcome.Counted(450), await forget.RunAsync(new ForgetInput(filter, Preview: true), Ct));
        Assert.Equal(new ForgetOutcome.Forgotten(450), await forget.RunAsync(new ForgetInput(filter, Preview: false), Ct));
        Assert.Equal("young", (await _memories.OnlyMemoryAsync()).Content.Title);
        Assert.IsType<ForgetOutcome.Refused>(await forget.RunAsync(new ForgetInput(new MemoryFilter { Kind = "note" }, Preview: false), Ct));
    }

    [Fact]
    public async Task A_project_is_found_by_label_alias_and_identity()
    {
        await KeptAsync("x");
        var id = await _memories.NumberAsync("SELECT id FROM project");
        await _memories.WriteAsync("INSERT INTO project_alias (alias, project_id) VALUES ('the-shop', $id) RETURNING 1", ("$id", id));

        Assert.Equal(id, (await _memories.Memories.FindProjectAsync("shop", Ct))?.Id);
        Assert.Equal(id, (await _memories.Memories.FindProjectAsync("the-shop", Ct))?.Id);
        Assert.Equal(id, (await _memories.Memories.FindProjectAsync("dir:/home/dev/shop", Ct))?.Id);
        Assert.Null(await _memories.Memories.FindProjectAsync("nowhere", Ct));
    }

    private static bool TitlesEqual((long Total, IEnumerable<string> Titles) one, (long Total, IEnumerable<string> Titles) other) =>
        one.Total == other.Total && one.Titles.SequenceEqual(other.Titles);

    private async Task<Memory> KeptAsync(string text, string? kind = null, bool pin = false) =>
        Assert.IsType<RememberOutcome.Kept>(await NoteAsync(text, kind, pin)).Memory;

    private Task<RememberOutcome> NoteAsync(string text, string? kind, bool pin, string project = "shop") =>
        new RememberNote(_memories.Memories, text => text, _memories.Time)
            .RunAsync(new NoteInput(text, MemoryFixture.Project(project), kind, pin), Ct);
}
