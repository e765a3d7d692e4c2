using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests.Recordings;

/// <summary>A bug found, a failing test, a fix, a decision: the story that the demo tells.</summary>
internal static class DemoStory
{
    public static IReadOnlyList<string> Prompts { get; } =
    [
        "The test \"ten percent off the cart\" fails: it wants 36 and gets 32.4. Why? Please find the cause and fix it.",
        "A cart of 0.10 and 0.20 adds up to 0.30000000000000004. Decision: amounts are kept in integer cents, never floats, "
        + "and a percentage rounds half up to a whole cent. Please apply that everywhere.",
        "What is still open before we can ship the cart?",
    ];

    public static IReadOnlyList<(string Name, string Content)> Files { get; } =
    [
        ("package.json", "{ \"name\": \"shop\", \"type\": \"module\", \"scripts\": { \"test\": \"node --test\" } }\n"),
        ("discount.js", """
            // What is left of an amount after a percentage is taken off.
            export function discounted(amount, percent) {
              return amount - (amount * percent) / 100;
            }

            """),
        ("cart.js", """
            import { discounted } from './discount.js';

            // The sum that a customer pays.
            export function total(items, percent = 0) {
              let sum = 0;
              for (const item of items) {
                sum += discounted(item.price * item.quantity, percent);
              }
              return discounted(sum, percent);
            }

            """),
        ("cart.test.js", """
            import test from 'node:test';
            import assert from 'node:assert/strict';
            import { total } from './cart.js';

            test('an empty cart costs nothing', () => assert.equal(total([]), 0));

            test('ten percent off the cart', () => {
              assert.equal(total([{ price: 20, quantity: 2 }], 10), 36);
            });

            """),
        ("TODO.md", """
            - vouchers: may one be combined with a discount? (Mira decides)
            - shipping costs are not in total() yet

            """),
    ];

    public static IReadOnlyList<ModelScript> Scripts(string folder) =>
    [
        new ModelScript("ten percent off the cart",
            ModelTurn.SayAndCall("I run the test first, to see it fail.", ToolCall.Bash("node --test", "Run the tests")),
            ModelTurn.SayAndCall("It really gets 32.4, which is 40 less ten percent, twice.", ToolCall.Read($"{folder}/discount.js"), ToolCall.Read($"{folder}/cart.js")),
            ModelTurn.SayAndCall(
                "There it is: total() takes the discount off each line and then off the sum again.",
                ToolCall.Edit($"{folder}/cart.js", "sum += discounted(item.price * item.quantity, percent);", "sum += item.price * item.quantity;")),
            ModelTurn.Call(ToolCall.Bash("node --test", "Run the tests again")),
            ModelTurn.Call(ToolCall.Bash("git commit -qam 'Fix the discount taken twice in the cart total' && git log --oneline -1", "Commit the fix")),
            ModelTurn.Say(
                "Fixed. The discount was taken twice: total() in cart.js took it off every line and then once more off the sum, so 40 "
                + "became 36 and then 32.4. It is now taken once, off the sum; discount.js was right. Both tests pass.")),
        new ModelScript("integer cents",
            ModelTurn.SayAndCall(
                "First a test that holds the decision.",
                ToolCall.Read($"{folder}/cart.test.js"),
                ToolCall.Write($"{folder}/cart.test.js", CentsTest)),
            ModelTurn.Call(ToolCall.Bash("node --test", "Run the tests")),
            ModelTurn.SayAndCall(
                "As expected: 15 % of 1999 cents leaves a fraction. The rounding belongs into discount.js.",
                ToolCall.Edit($"{folder}/discount.js", DiscountBefore, DiscountAfter),
                ToolCall.Edit($"{folder}/cart.js", "// The sum that a customer pays.", "// The sum that a customer pays, in cents; item prices are cents too.")),
            ModelTurn.Call(ToolCall.Bash("node --test", "Run the tests again")),
            ModelTurn.Call(ToolCall.Bash("git commit -qam 'Keep amounts in integer cents and round percentages half up' && git log --oneline -1", "Commit")),
            ModelTurn.Say(
                "Applied. Amounts are integer cents everywhere; the only place where a fraction can arise is discounted() in discount.js, "
                + "which now rounds half up to a whole cent. The tests hold both: 10 + 20 is 30, and 15 % off 1999 is 1699. All pass.")),
        new ModelScript("still open",
            ModelTurn.Call(ToolCall.Bash("cat TODO.md && git status --short", "See what is noted as open")),
            ModelTurn.Say(
                "Two things are open: whether a voucher may be combined with a discount, which Mira decides, and shipping costs, which "
                + "total() does not include yet. Next step: add shipping to total() in cents. Nothing is uncommitted.")),
    ];

    private const string CentsTest = """
        import test from 'node:test';
        import assert from 'node:assert/strict';
        import { total } from './cart.js';

        // Amounts are integer cents.
        test('an empty cart costs nothing', () => assert.equal(total([]), 0));

        test('ten percent off the cart', () => {
          assert.equal(total([{ price: 2000, quantity: 2 }], 10), 3600);
        });

        test('small amounts add up exactly', () => {
          assert.equal(total([{ price: 10, quantity: 1 }, { price: 20, quantity: 1 }]), 30);
        });

        test('a percentage rounds half up to a whole cent', () => {
          assert.equal(total([{ price: 1999, quantity: 1 }], 15), 1699);
        });

        """;

    private const string DiscountBefore = """
        // What is left of an amount after a percentage is taken off.
        export function discounted(amount, percent) {
          return amount - (amount * percent) / 100;
        }
        """;

    private const string DiscountAfter = """
        // What is left of an amount of cents after a percentage is taken off, rounded half up to a whole cent.
        export function discounted(cents, percent) {
          return Math.round(cents - (cents * percent) / 100);
        }
        """;
}
