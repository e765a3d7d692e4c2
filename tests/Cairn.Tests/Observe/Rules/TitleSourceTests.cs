namespace Cairn.Tests.Observe.Rules;

/// <summary>Which text a title comes from, and how it is put.</summary>
public sealed class TitleSourceTests
{
    [Theory]
    [InlineData("Can you add a loading indicator to `shop list`, please?", "Added a loading indicator to shop list")]
    [InlineData("Let's adjust this to return the net price if a coupon exists, otherwise the gross price.", "Adjusted cart.js to return the net price if a coupon exists, otherwise the gross price")]
    [InlineData("Read docs/cart.md and then add a retry to the payment client and log it to `payment.log`", "Added a retry to the payment client and logged it to payment.log")]
    [InlineData("Generate a changelog in the repository for the 0.4.3 release I'm planning to do", "Generated a changelog in the repository for the 0.4.3 release")]
    public void A_request_that_was_fulfilled_is_told_as_done(string prompt, string title) =>
        Assert.StartsWith(title, new Script().Asks(prompt).Edits("src/cart.js").Says("Done.").Memory().Title, StringComparison.Ordinal);

    [Theory]
    [InlineData("A cart of 0.10 and 0.20 adds up to 0.30000000000000004. Decision: amounts are kept in integer cents. Please apply that.", "decision")]
    [InlineData("We've decided that amounts are kept in integer cents, apply that", "decision")]
    [InlineData("Keep amounts in integer cents", "change")]
    public void What_the_person_decided_is_a_decision(string prompt, string kind) =>
        Assert.Equal(kind, new Script().Asks(prompt).Edits("src/cart.js").Says("Amounts are integer cents everywhere now.").Memory().Kind);

    [Theory]
    [InlineData("I messed up branches, can you check again the last change, there was a conflict")]
    [InlineData("Fix the local branch")]
    [InlineData("Do we need to change the cart here?")]
    public void A_request_that_says_not_what_was_done_is_no_title(string prompt) =>
        Assert.Equal("Edited cart.js", new Script().Asks(prompt).Edits("src/cart.js").Says("All fixed.").Memory().Title);

    [Fact]
    public void What_was_announced_before_the_edit_is_told_as_done() =>
        Assert.Equal(
            "Removed the duplicate total line from printCart",
            new Script().Asks("hm, check that again").Says("I see. Let me remove the duplicate total line from `printCart`:").Edits("src/cart.js").Says("All fixed.").Memory().Title);

    [Fact]
    public void What_was_wrong_is_told_as_fixed() =>
        Assert.Equal(
            "Fixed: loadCart read the coupon before the prices were there",
            new Script().Asks("totals are off").Edits("src/cart.js").Says("**Problem:** `loadCart` read the coupon before the prices were there.").Memory().Title);

    [Theory]
    [InlineData("Done. The `discount` and `coupon` fields have been removed from `Cart`.", "Removed the discount and coupon fields from Cart")]
    [InlineData("The change at `src/cart.js:12` now calls `roundHalfUp` instead of `Math.floor`.", "src/cart.js now calls roundHalfUp instead of Math.floor")]
    public void A_sentence_without_a_doer_is_told_verb_first(string closing, string title) =>
        Assert.Equal(title, new Script().Asks("Please look at `Cart` in src/cart.js").Edits("src/cart.js").Says(closing).Memory().Title);

    [Fact]
    public void A_list_of_what_was_added_is_one_title() =>
        Assert.Equal(
            "Added Table of Contents, Requirements and a row for output_filter",
            new Script().Asks("Start with suggestions 1-3").Edits("README.md").Says("Done. I've added:\n\n1. **Table of Contents** - Links to all sections\n2. **Requirements** - Git version\n   - 2.40 or newer\n3. A new row for `output_filter`").Memory().Title);

    [Fact]
    public void One_word_that_stands_for_another_is_a_renaming() =>
        Assert.Equal("Renamed contentSb73 to builder (cart.js)", new Script().Asks("1").Edits("src/cart.js", "contentSb73.append(a)", "builder.append(a)").Says("Done.").Memory().Title);

    [Fact]
    public void Several_tests_of_one_thing_are_counted() =>
        Assert.Equal(
            "Added 3 tests of LoadCart (cart_test.go)",
            new Script().Asks("go on").Edits("cart_test.go", "x", "func TestLoadCart_Empty(t *testing.T) {}\nfunc TestLoadCart_Full(t *testing.T) {}\nfunc TestLoadCart_Closed(t *testing.T) {}").Says("Done.").Memory().Title);

    [Fact]
    public void A_commit_that_names_nothing_is_told_with_its_message() =>
        Assert.Equal(
            "Resolve audit issues: remove the unused auth0 dependency",
            new Script().Asks("Clean up").Edits("package.json").Commits("fix: resolve audit issues\n\n- Remove the unused auth0 dependency").Memory().Title);

    [Fact]
    public void The_turn_that_changed_most_gives_the_title() =>
        Assert.StartsWith(
            "Moved the rounding of prices from checkout.js",
            new Script().Asks("Tidy up src/cart.js").Edits("src/cart.js", new string('a', 900), new string('b', 900)).Says("Moved the rounding of prices from `checkout.js` to `src/cart.js`.")
                .Asks("that reads odd").Edits("src/cart.js", "totl", "total").Says("Fixed the spelling of total in `src/cart.js`.").Memory().Title,
            StringComparison.Ordinal);

    [Fact]
    public void A_new_request_about_the_same_file_is_a_memory_of_its_own() =>
        Assert.Equal(2, new Script()
            .Asks("Round prices in src/cart.js half up").Edits("src/cart.js").Says("Changed the rounding of prices in `src/cart.js` to half up.")
            .Asks("Add a log line to `loadCart` in src/cart.js for every expired coupon").Edits("src/cart.js").Says("Added a log line to `loadCart` for every expired coupon.").Memories().Count);
}
