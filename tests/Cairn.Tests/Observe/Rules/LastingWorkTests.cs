namespace Cairn.Tests.Observe.Rules;

/// <summary>What did not last is not told as done.</summary>
public sealed class LastingWorkTests
{
    [Theory]
    [InlineData("git checkout -- src/cart.js", "")]
    [InlineData("git restore src/cart.js", "")]
    [InlineData("git restore .", "")]
    [InlineData("git reset --hard", "HEAD is now at 1234567 Round prices")]
    [InlineData("cd /home/ana/shop && git stash", "Saved working directory and index state WIP on main: 1234567 Round prices")]
    public void Changes_that_were_thrown_away_make_no_memory(string command, string output) =>
        Assert.Empty(Changed().Asks("no, forget it").Runs(command, output).Says("Done.").Memories());

    [Theory]
    [InlineData("git restore --staged src/cart.js", "")]
    [InlineData("git checkout -- src/tax.js", "")]
    [InlineData("git checkout main", "Switched to branch 'main'")]
    [InlineData("git stash list", "")]
    [InlineData("git stash && npm test; git stash pop", "Saved working directory and index state WIP on main: 1234567 x\nDropped refs/stash@{0}")]
    public void Changes_that_are_still_there_are_told(string command, string output) =>
        Assert.Single(Changed().Asks("and now look at the rest").Runs(command, output).Says("Done.").Memories());

    [Fact]
    public void Changes_that_could_not_be_taken_out_of_the_stash_again_make_no_memory() =>
        Assert.Empty(Changed().Asks("is it the same on main?")
            .Fails("git stash && npm test; git stash pop", "Saved working directory and index state WIP on main: 1234567 x\nerror: Your local changes would be overwritten by merge. Aborting")
            .Runs("git stash drop", "Dropped refs/stash@{0}").Memories());

    [Fact]
    public void A_committed_change_outlives_a_reset() =>
        Assert.Equal("Round prices half up", Changed().Commits("Round prices half up").Asks("clean up").Runs("git reset --hard", "HEAD is now at 1234567").Memory().Title);

    [Fact]
    public void A_commit_that_was_reverted_makes_no_memory() =>
        Assert.Empty(Changed().Commits("Round prices half up").Asks("that was wrong").Runs("git revert --no-edit HEAD", "[main 7654321] Revert").Memories());

    [Fact]
    public void A_reset_to_long_ago_takes_all_commits_of_the_session_with_it() =>
        Assert.Empty(Changed().Commits("Round prices half up").Asks("start over").Runs("git reset --hard HEAD~99999999999", "HEAD is now at 1234567").Memories());

    [Fact]
    public void A_file_that_was_made_and_deleted_again_makes_no_memory() =>
        Assert.Empty(new Script().Asks("Write a file about geese").Writes("docs/geese.md", "# Geese\n\nGeese are birds.").Says("Created `docs/geese.md` with an overview of geese.")
            .Asks("delete it").Runs("rm docs/geese.md", "").Says("Deleted.").Memories());

    [Fact]
    public void An_edit_that_was_taken_back_by_hand_makes_no_memory() =>
        Assert.Empty(new Script().Asks("Round prices in `src/cart.js` half up").Edits("src/cart.js", "floor(x)", "round(x)").Says("Changed the rounding in `src/cart.js` to half up.")
            .Asks("put it back").Edits("src/cart.js", "round(x)", "floor(x)").Says("Done.").Memories());

    [Fact]
    public void A_file_to_try_something_with_makes_no_memory() =>
        Assert.Empty(new Script().Asks("write to test-agent.txt \"hello\" only").Writes("test-agent.txt", "hello").Says("Wrote `test-agent.txt` with the text hello.").Memories());

    private static Script Changed() =>
        new Script().Asks("Round prices in `src/cart.js` half up").Edits("src/cart.js").Says("Changed the rounding of prices in `src/cart.js` to half up.");
}
