using Cairn.Core;

namespace Cairn.Tests.Observe.Rules;

/// <summary>What git confirmed beats what was said.</summary>
public sealed class CommitTests
{
    private static Script Work() => new Script().Asks("The cart rounds prices the wrong way, please look at it").Edits("src/cart.js");

    [Fact]
    public void The_subject_of_a_commit_is_the_title()
    {
        var memory = Work().Commits("fix: round prices half up").Says("Done.").Memory();

        Assert.Equal("Round prices half up", memory.Title);
        Assert.Equal(MemoryKinds.Bugfix, memory.Kind);
        Assert.Equal("commit", memory.Source);
        Assert.Equal(MemoryConfidence.High, memory.Confidence);
        Assert.Contains("Commit 1a2b3c4", memory.Facts);
        Assert.Equal(["src/cart.js"], memory.FilesModified);
    }

    [Fact]
    public void A_message_in_a_here_document_gives_title_and_body_without_trailers()
    {
        var command = """
            git add src && git commit -m "$(cat <<'EOF'
            Round prices half up

            The old code cut the fraction, so a discount of 10% lost a cent.

            Co-Authored-By: Somebody <somebody@example.com>
            EOF
            )"
            """;
        var memory = Work().Runs(command, "[main 77aa88b] Round prices half up\n 1 file changed").Memory();

        Assert.Equal("Round prices half up", memory.Title);
        Assert.Contains("cut the fraction", memory.Narrative);
        Assert.DoesNotContain("Somebody", memory.Narrative + string.Join(' ', memory.Facts));
    }

    [Fact]
    public void Amending_replaces_the_commit_before()
    {
        var memory = Work().Commits("Round prices").Runs("git commit --amend -m 'Round prices half up'", "[main 99999aa] Round prices half up").Memory();

        Assert.Equal("Round prices half up", memory.Title);
        Assert.Contains("Commit 99999aa", memory.Facts);
    }

    [Fact]
    public void A_commit_that_failed_is_no_commit() =>
        Assert.DoesNotContain(Work().Fails("git commit -m 'Round prices half up'", "husky - pre-commit hook failed").Memories(), memory => memory.Source == "commit");

    [Fact]
    public void A_commit_of_nothing_is_no_commit() =>
        Assert.DoesNotContain(Work().Runs("git commit -m 'Round prices half up'", "nothing to commit, working tree clean").Memories(), memory => memory.Source == "commit");

    [Fact]
    public void A_merge_is_not_a_title() =>
        Assert.DoesNotContain(Work().Commits("Merge branch 'main' into cart").Memories(), memory => memory.Source == "commit");

    [Fact]
    public void A_chore_without_a_body_is_not_a_title() =>
        Assert.DoesNotContain(Work().Commits("Address review comments").Memories(), memory => memory.Source == "commit");

    [Fact]
    public void A_chore_with_a_body_is_titled_by_it() =>
        Assert.Equal(
            "Validate the coupon before it is applied to the cart",
            Work().Commits("Address review feedback\n\n- Validate the coupon before it is applied to the cart\n- Remove a comment").Memory().Title);

    [Fact]
    public void Several_commits_of_one_request_are_several_memories_with_lasting_keys()
    {
        var script = Work().Commits("Round prices half up", "aaaaaa1").Edits("src/coupon.js").Commits("Reject expired coupons", "bbbbbb2");

        Assert.Equal(["unit:100", "unit:100:2", "summary"], script.Drafts().Select(draft => draft.Key));
    }

    [Fact]
    public void Go_on_and_commit_belongs_to_the_work_before_it()
    {
        var memory = Work().Says("The rounding is changed in src/cart.js.").Asks("ok, commit this").Commits("Round prices half up").Memory();

        Assert.Equal("Round prices half up", memory.Title);
        Assert.Equal(["src/cart.js"], memory.FilesModified);
    }

    [Fact]
    public void A_pull_request_names_the_session()
    {
        var script = Work().Commits("Round prices half up").Runs("gh pr create --title \"Make prices exact\" --body \"x\"", "https://github.com/ana/shop/pull/7");

        Assert.Equal("Make prices exact", script.Summary().Title);
    }

    [Fact]
    public void A_pull_request_titles_work_without_a_commit() =>
        Assert.Equal("Make prices exact", Work().Runs("gh pr create --title 'Make prices exact' --body x", "https://github.com/ana/shop/pull/7").Memory().Title);
}
