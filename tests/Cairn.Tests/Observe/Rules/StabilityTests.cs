using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Core;

namespace Cairn.Tests.Observe.Rules;

/// <summary>What holds for whatever session is observed.</summary>
public sealed class StabilityTests
{
    private static readonly JsonSerializerOptions Json = new() { TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };

    private static Script Long()
    {
        var script = new Script();
        for (var i = 0; i < 12; i++)
        {
            script.Asks($"Please repair the rounding of module{i} in src/module{i}.js, it is wrong for negative prices")
                .Reads($"src/module{i}.js").Fails("npm test", $"AssertionError: expected {i} but got {i + 1}")
                .Edits($"src/module{i}.js", "x", $"function round{i}() {{}}").Runs("npm test", "ok").Says($"Fixed the rounding in `module{i}.js`: negative prices no longer go up.");
            if (i % 3 == 0)
            {
                script.Asks("commit it").Commits($"Round negative prices of module {i} down", $"abcdef{i:00}");
            }
        }

        return script.Calls("TodoWrite", new JsonObject { ["todos"] = new JsonArray(new JsonObject { ["content"] = "Round taxes too", ["status"] = "pending" }) }, "ok");
    }

    [Fact]
    public void The_same_events_give_the_same_bytes() =>
        Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(Long().Drafts(), Json), JsonSerializer.SerializeToUtf8Bytes(Long().Drafts(), Json));

    [Fact]
    public void Like_sentences_about_different_files_stay_apart() => Assert.Equal(12, Long().Memories().Count);

    [Fact]
    public void A_key_stays_while_the_session_grows()
    {
        var script = Long();
        var keys = script.Drafts().Select(draft => draft.Key).ToHashSet();

        for (var length = 1; length < script.Events.Count; length += 4)
        {
            Assert.Subset(keys, script.Drafts(length).Select(draft => draft.Key).ToHashSet());
        }
    }

    [Fact]
    public void Every_memory_rests_on_events_names_relative_files_and_has_a_short_title()
    {
        var script = Long();
        var ids = script.Events.Select(happened => happened.Id).ToHashSet();

        Assert.All(script.Drafts().Select(draft => draft.Content), memory =>
        {
            Assert.NotEmpty(memory.Evidence);
            Assert.All(memory.Evidence, id => Assert.Contains(id, ids));
            Assert.Equal(memory.Evidence.Order(), memory.Evidence);
            Assert.All(memory.FilesModified.Concat(memory.FilesRead), file => Assert.False(Path.IsPathRooted(file) || file.Contains("..", StringComparison.Ordinal)));
            Assert.InRange(new StringInfo(memory.Title).LengthInTextElements, 1, 80);
            Assert.InRange(memory.Facts.Count, 0, 8);
            Assert.Contains(memory.Kind, MemoryKinds.All);
        });
    }

    [Fact]
    public void Closing_texts_add_words_but_no_memories()
    {
        var silent = new Script();
        silent.Asks("Repair the rounding of prices").Fails("npm test", "AssertionError: expected 90 but got 100").Edits("src/cart.js").Runs("npm test", "ok");
        var spoken = new Script();
        spoken.Asks("Repair the rounding of prices").Fails("npm test", "AssertionError: expected 90 but got 100").Edits("src/cart.js").Runs("npm test", "ok")
            .Says("Fixed the rounding of prices in `src/cart.js`: the discount was taken off twice.");

        Assert.Equal(spoken.Drafts().Select(draft => draft.Key), silent.Drafts().Select(draft => draft.Key));
        Assert.Equal(spoken.Memory().FilesModified, silent.Memory().FilesModified);
        Assert.Equal(MemoryKinds.Bugfix, silent.Memory().Kind);
    }

    [Fact]
    public void The_summary_says_what_was_asked_done_and_left_open()
    {
        var summary = Long().Summary();

        Assert.Equal(MemoryKinds.SessionSummary, summary.Kind);
        Assert.Contains(summary.Facts, fact => fact.StartsWith("Request: Repair the rounding of module0", StringComparison.Ordinal));
        Assert.Contains(summary.Facts, fact => fact.StartsWith("Completed: ", StringComparison.Ordinal));
        Assert.Contains("Next: Round taxes too", summary.Facts);
        Assert.Contains("Done: ", summary.Narrative);
    }
}
