using System.Text.Json.Nodes;
using Cairn.Core;

namespace Cairn.Tests.Observe.Rules;

/// <summary>What happened is known without anybody saying it.</summary>
public sealed class EvidenceTests
{
    private const string Failure = """
        FAIL src/cart.test.js
          ● total › takes the discount off
            expect(received).toBe(expected)

            Expected: 90
            Received: 100
        """;

    [Fact]
    public void A_failing_test_that_passes_after_an_edit_is_a_bugfix_though_nobody_says_so()
    {
        var memory = new Script().Asks("npm test is red, please fix it").Fails("npm test", Failure).Reads("src/cart.js")
            .Edits("src/cart.js", "return sum", "return sum - discount").Runs("npm test 2>&1 | tail -20", "Tests: 3 passed").Memory();

        Assert.Equal("Fixed failing npm test: expected 90 but got 100 (cart.js)", memory.Title);
        Assert.Equal(MemoryKinds.Bugfix, memory.Kind);
        Assert.Contains("`npm test` failed with \"expected 90 but got 100\" (total › takes the discount off), then passed", memory.Facts);
        Assert.Equal(["src/cart.js"], memory.FilesModified);
        Assert.Equal(["src/cart.js"], memory.FilesRead);
        Assert.Equal([100, 101, 103, 104], memory.Evidence);
    }

    [Theory]
    [InlineData("pytest tests/test_cart.py", "E       AssertionError: assert 100 == 90\nFAILED tests/test_cart.py::test_total", "assert 100 == 90")]
    [InlineData("go test ./cart", "--- FAIL: TestTotal (0.00s)\n    cart_test.go:12: total = 100, want 90", "total = 100, want 90")]
    [InlineData("cargo test", "thread 'total' panicked at src/cart.rs:5:5:\nassertion `left == right` failed", "assertion")]
    [InlineData("dotnet build", "src/Cart.cs(3,5): error CS1002: ; expected", "error CS1002: ; expected")]
    [InlineData("node src/report.js", "TypeError: Cannot read properties of undefined (reading 'total')", "Cannot read properties of undefined")]
    public void The_line_that_says_what_was_wrong_is_found(string command, string output, string expected)
    {
        var memory = new Script().Asks("make it work").Fails(command, output).Edits("src/cart.js").Runs(command, "ok").Memory();

        Assert.Contains(expected, memory.Title + string.Join(' ', memory.Facts));
        Assert.Equal(MemoryKinds.Bugfix, memory.Kind);
    }

    [Fact]
    public void Red_in_one_turn_and_green_in_the_next_is_one_piece_of_work()
    {
        var memory = new Script().Asks("Run the whole test suite and tell me what is broken").Fails("npm test", Failure).Says("One test fails.")
            .Asks("Then repair the discount in the cart and show me it passes").Edits("src/cart.js").Runs("npm test", "3 passed").Memory();

        Assert.Equal(MemoryKinds.Bugfix, memory.Kind);
        Assert.Contains("expected 90 but got 100", string.Join(' ', memory.Facts));
    }

    [Fact]
    public void A_test_that_only_passes_mends_nothing() =>
        Assert.NotEqual(MemoryKinds.Bugfix, new Script().Asks("Show the total in the cart").Edits("src/cart.js").Runs("npm test", "3 passed").Memory().Kind);

    [Fact]
    public void A_test_that_still_fails_is_an_open_end()
    {
        var script = new Script().Asks("Take the discount off in src/cart.js").Edits("src/cart.js").Fails("npm test", Failure);

        Assert.Contains("`npm test` still failed at the last run: expected 90 but got 100", script.Memory().Facts);
        Assert.Contains("Next: `npm test` still fails: expected 90 but got 100", script.Summary().Facts);
    }

    [Fact]
    public void Edits_of_which_nobody_speaks_are_told_by_the_names_that_they_declare() =>
        Assert.Equal(
            "Renamed oldTotal to applyDiscount (cart.js)",
            new Script().Asks("go on").Edits("src/cart.js", "function oldTotal(x) {}", "function applyDiscount(x) {}").Memory().Title);

    [Fact]
    public void Edits_without_any_words_are_kept_at_low_confidence()
    {
        var memory = new Script().Asks("ok").Edits("src/cart.js").Edits("src/coupon.js").Memory();

        Assert.Equal("Edited cart.js and coupon.js", memory.Title);
        Assert.Equal(MemoryConfidence.Low, memory.Confidence);
    }

    [Fact]
    public void Edits_without_any_words_join_the_memory_of_the_same_file()
    {
        var memory = new Script().Asks("Round prices").Edits("src/cart.js").Commits("Round prices half up").Says("Committed.")
            .Asks("hmm").Edits("src/cart.js").Edits("src/coupon.js").Memory();

        Assert.Equal("Round prices half up", memory.Title);
        Assert.Equal(["src/cart.js", "src/coupon.js"], memory.FilesModified);
    }

    [Fact]
    public void A_subagents_edits_count_and_its_prompt_does_not()
    {
        var script = new Script().Asks("Let the reviewer repair `src/cart.js`").Reads("src/tax.js", subagent: "a1").Edits("src/cart.js", subagent: "a1").Says("Fixed the rounding in `src/cart.js`.");

        Assert.Equal(["src/cart.js"], script.Memory().FilesModified);
        Assert.Equal(["src/tax.js"], script.Memory().FilesRead);
    }

    [Fact]
    public void Files_outside_the_project_and_failed_edits_are_no_edits() =>
        Assert.Empty(new Script().Asks("Change my shell settings").Edits("/home/ana/.zshrc").Edits("/home/ana/shop/../other/x.js")
            .Calls("Edit", new JsonObject { ["file_path"] = Script.Root + "/src/cart.js" }, "String to replace not found", failed: true).Memories());

    [Theory]
    [InlineData("/home/ana/shop/.claude/worktrees/blue/src/cart.js")]
    [InlineData("/home/ana/shop/.worktrees/blue/src/cart.js")]
    [InlineData("/home/ana/shop/src/cart.js")]
    public void A_worktrees_file_is_the_projects_file(string path) =>
        Assert.Equal(["src/cart.js"], new Script().Asks("Round it").Edits(path).Memory().FilesModified);

    [Theory]
    [InlineData("git status", "clean")]
    [InlineData("ls", "src")]
    public void A_turn_that_left_nothing_makes_none(string command, string output) =>
        Assert.Empty(new Script().Asks("hi, what is in here?").Runs(command, output).Says("Hello! There is a src folder.").Drafts());

    [Fact]
    public void An_interrupted_turn_without_result_makes_none() =>
        Assert.Empty(new Script().Asks("Rewrite the cart in `src/cart.js` from scratch").Reads("src/cart.js").Asks("[Request interrupted by user]").Drafts());

    [Fact]
    public void Malformed_and_hostile_events_are_survived()
    {
        var noise = string.Concat(Enumerable.Repeat("a_a-[(`*--", 20_000));
        var script = new Script().Asks(noise).Calls("Bash", new JsonObject { ["command"] = noise }, noise, failed: true)
            .Calls("Edit", new JsonObject { ["file_path"] = 7 }, "").Edits("src/cart.js", noise, noise).Says(noise);

        Assert.All(script.Memories(), memory => Assert.Equal(["src/cart.js"], memory.FilesModified));
    }
}
