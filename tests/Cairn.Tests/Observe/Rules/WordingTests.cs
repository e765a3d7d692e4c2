using System.Globalization;
using System.Text.Json.Nodes;
using Cairn.Core;
using Cairn.Engine.Observe.Rules;

namespace Cairn.Tests.Observe.Rules;

/// <summary>Titles and facts from what was said.</summary>
public sealed class WordingTests
{
    [Fact]
    public void The_sentence_that_says_what_was_done_is_the_title()
    {
        var memory = new Script().Asks("The cart ignores coupons, please repair it").Edits("src/cart.js").Says(
            "Done! Let me know if you need more.\n\nI've fixed the coupon lookup in `src/cart.js`, which compared codes case-sensitively.\n\nAll tests pass.").Memory();

        Assert.Equal("Fixed the coupon lookup in src/cart.js, which compared codes case-sensitively", memory.Title);
        Assert.Equal("closing-text", memory.Source);
        Assert.Equal(MemoryConfidence.Medium, memory.Confidence);
        Assert.Equal("The cart ignores coupons, please repair it", memory.Subtitle);
    }

    [Fact]
    public void A_claim_that_the_answer_refutes_is_not_the_title()
    {
        var memories = new Script().Asks("`loadCart` in src/cart.js runs without a timeout").Reads("src/cart.js").Says(
            "That is not the case. `loadCart` passes an `AbortSignal.timeout(5000)` to fetch because the gateway hangs when the shop is busy, "
            + "and the caller in `checkout.js` never overrides it. Without the signal the request would wait for the socket.").Memories();

        Assert.DoesNotContain(memories, memory => memory.Title.Contains("without a timeout", StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_that_the_person_contradicts_is_not_the_title()
    {
        var memory = new Script().Asks("Repair the discount in src/cart.js").Edits("src/cart.js").Says("Fixed the discount in `src/cart.js` by rounding up.")
            .Asks("no, it is still wrong").Edits("src/cart.js").Says("Removed the second subtraction of the discount in `src/cart.js`.").Memory();

        Assert.Equal("Removed the second subtraction of the discount in src/cart.js", memory.Title);
    }

    [Fact]
    public void A_change_that_was_asked_for_and_not_made_is_no_memory() =>
        Assert.Empty(new Script().Asks("Add a dark mode to the shop").Reads("src/cart.js").Says("Before I start, which palette should I use? There are two in the design notes.").Memories());

    [Fact]
    public void An_answer_with_a_cause_is_a_discovery()
    {
        var memory = new Script().Asks("Why does `load_config` ignore the local file?").Reads("config.py").Says(
            "`load_config` ignores the local file because it returns before `merge_sources()` runs. The order is defined in `config.py`: the shared file is read "
            + "first, and the local one only when `APP_ENV` is `dev`, so production never sees it.").Memory();

        Assert.Equal(MemoryKinds.Discovery, memory.Kind);
        Assert.Equal("load_config ignores the local file because it returns before merge_sources() runs", memory.Title);
    }

    [Fact]
    public void Two_requests_about_different_files_are_two_memories() =>
        Assert.Equal(2, new Script()
            .Asks("Round prices in src/cart.js half up").Edits("src/cart.js").Says("Changed the rounding of prices in `src/cart.js` to half up.")
            .Asks("Reject expired coupons in src/coupon.js").Edits("src/coupon.js").Says("Added an expiry check to `src/coupon.js`.").Memories().Count);

    [Fact]
    public void A_follow_up_about_the_same_file_is_the_same_memory() =>
        Assert.Single(new Script()
            .Asks("Round prices in src/cart.js half up").Edits("src/cart.js").Says("Changed the rounding of prices in `src/cart.js` to half up.")
            .Asks("no, I'd rather have it the other way").Edits("src/cart.js").Says("Done.").Memories());

    [Fact]
    public void The_plan_that_was_ordered_is_the_title()
    {
        var memory = new Script().Asks("Implement the following plan:\n\n# Plan: Exact prices in the cart\n\nUse integers.").Edits("src/cart.js").Says("All done.").Memory();

        Assert.Equal("Exact prices in the cart", memory.Title);
        Assert.Equal("plan", memory.Source);
    }

    [Fact]
    public void An_accepted_plan_is_a_decision_until_it_is_carried_out()
    {
        var memory = new Script().Asks("How could prices become exact?").Calls("ExitPlanMode", new JsonObject { ["plan"] = "# Keep prices as integers\n\nStore cents." }, "User has approved your plan").Memory();

        Assert.Equal("Plan: Keep prices as integers", memory.Title);
        Assert.Equal(MemoryKinds.Decision, memory.Kind);
    }

    [Fact]
    public void What_the_person_chose_is_a_decision()
    {
        var memory = new Script().Asks("Think about where to keep carts").Calls(
            "AskUserQuestion", new JsonObject { ["questions"] = new JsonArray() }, "User has answered your questions: \"Where should carts be kept?\"=\"Redis\". You can now continue.").Memory();

        Assert.Equal("Where should carts be kept? → Redis", memory.Title);
        Assert.Equal(MemoryKinds.Decision, memory.Kind);
    }

    [Fact]
    public void A_task_of_the_agents_list_is_a_title_when_nothing_better_was_said() =>
        Assert.Equal("Add expiry check to coupons", new Script().Asks("go").Calls(
            "TaskCreate", new JsonObject { ["subject"] = "Add expiry check to coupons" }, "Task #1 created").Edits("src/coupon.js").Says("Done.").Memory().Title);

    [Theory]
    [InlineData("Die Anmeldung schlägt fehl, wenn das Passwort Umlaute enthält. Bitte behebe den Fehler in `auth.py`.", "Erledigt. Das Passwort wird in `hash_password()` jetzt vor dem Hashen als UTF-8 kodiert, dadurch funktionieren Umlaute.", "Das Passwort wird in hash_password() jetzt vor dem Hashen als UTF-8 kodiert")]
    [InlineData("Corrige el error: `load_cart` ignora los cupones del usuario", "Listo. La función `load_cart` ahora lee los cupones del usuario antes de calcular el total.", "La función load_cart ahora lee los cupones del usuario")]
    [InlineData("ajoute une option --verbose à la commande build", "C'est fait. La commande `build` accepte maintenant `--verbose` et affiche chaque étape de la compilation.", "La commande build accepte maintenant --verbose")]
    [InlineData("修复 `parser.ts` 中解析空文件时崩溃的问题", "已修复。`parseFile()` 现在在文件为空时返回空数组，不再抛出异常。", "parseFile() 现在在文件为空时返回空数组，不再抛出异常")]
    public void Other_languages_work(string prompt, string closing, string title) =>
        Assert.StartsWith(title, new Script().Asks(prompt).Edits("src/work.py").Says(closing).Memory().Title, StringComparison.Ordinal);

    [Theory]
    [InlineData("Added a retry to the payment client (it used to give up after the first timeout of the gateway in front of the payment provider)", "Added a retry to the payment client")]
    [InlineData("Replaced the synchronous loader of the product catalogue with a streaming one because the old one kept everything in memory", "Replaced the synchronous loader of the product catalogue with a streaming one")]
    [InlineData("Changed `src/a/b/c/cart.js:12-40` to round half up", "Changed cart.js to round half up")]
    [InlineData("Read /home/ana/settings.json at start", "Read ~/settings.json at start")]
    [InlineData("updated the cart", "Updated the cart")]
    [InlineData("loadCart() now retries", "loadCart() now retries")]
    public void A_title_is_one_short_line(string sentence, string title) =>
        Assert.Equal(title, TitleText.From(sentence, new ProjectPaths("/home/ana/shop")));

    [Fact]
    public void A_title_is_cut_by_what_people_see_as_characters()
    {
        var title = TitleText.From(string.Concat(Enumerable.Repeat("👩‍💻é ", 90)), new ProjectPaths(""));

        Assert.InRange(new StringInfo(title).LengthInTextElements, 2, 120);
        Assert.DoesNotContain("\uFFFD", title);
    }

    [Fact]
    public void A_sentence_whose_but_would_be_cut_off_loses_to_another()
    {
        var memory = new Script().Asks("Make the cart of the shop quick again").Edits("src/cart.js").Says(
            "Added a cache for the totals of the carts that people left open over the weekend and never, but it is off.\n\nAdded a cache for cart totals in `src/cart.js`.").Memory();

        Assert.Equal("Added a cache for cart totals in src/cart.js", memory.Title);
    }
}
