using Cairn.Core.Jsonc;

namespace Cairn.Tests.Jsonc;

public sealed class JsoncEditTests
{
    [Theory]
    [InlineData("{}", "{\n  \"new\": [\n    1\n  ]\n}")]
    [InlineData("{\n    \"a\": 1\n}\n", "{\n    \"a\": 1,\n    \"new\": [\n        1\n    ]\n}\n")]
    [InlineData("{\n\t\"a\": 1,\n}", "{\n\t\"a\": 1,\n\t\"new\": [\n\t\t1\n\t],\n}")]
    [InlineData("{\r\n  \"a\": 1 // one\r\n  // end\r\n}", "{\r\n  \"a\": 1, // one\r\n  \"new\": [\r\n    1\r\n  ]\r\n  // end\r\n}")]
    [InlineData("{\n  \"a\": 1, // one  \n}", "{\n  \"a\": 1, // one\n  \"new\": [\n    1\n  ],  \n}")]
    [InlineData("{\"a\":1}", "{\"a\":1,\"new\":[1]}")]
    [InlineData("{ \"a\": 1 }", "{ \"a\": 1, \"new\": [1] }")]
    [InlineData("{ \"a\": 1, }", "{ \"a\": 1, \"new\": [1], }")]
    [InlineData("{\n  // nothing yet\n}", "{\n  // nothing yet\n  \"new\": [\n    1\n  ]\n}")]
    [InlineData("{ /* nothing */ }", "{ /* nothing */ \"new\": [1] }")]
    [InlineData("\uFEFF// top\n{}\n", "\uFEFF// top\n{\n  \"new\": [\n    1\n  ]\n}\n")]
    public void A_member_is_put_in_as_its_neighbours_are_written_and_taken_out_again(string text, string expected)
    {
        var document = JsoncDocument.Parse(text);
        Assert.Equal(1, document.Set(["new"], "[1]"));
        Assert.Equal(expected, document.ToString());
        Assert.True(document.Remove("new"));
        Assert.Equal(text, document.ToString());
    }

    [Theory]
    [InlineData("{\n  \"hooks\": {}\n}", "{\n  \"hooks\": {\n    \"Stop\": [\n      {\n        \"n\": 1\n      }\n    ]\n  }\n}")]
    [InlineData("{\"x\":1}", "{\"x\":1,\"hooks\":{\"Stop\":[{\"n\":1}]}}")]
    [InlineData("{\"hooks\":{}}", "{\"hooks\":{\"Stop\":[{\"n\":1}]}}")]
    [InlineData("{\n}", "{\n  \"hooks\": {\n    \"Stop\": [\n      {\n        \"n\": 1\n      }\n    ]\n  }\n\n}")]
    public void Objects_missing_on_the_way_are_made_and_taken_out_again(string text, string expected)
    {
        JsoncStep[] path = ["hooks", "Stop"];
        var document = JsoncDocument.Parse(text);
        var made = document.Set(path, """[{"n":1}]""");
        Assert.Equal(expected, document.ToString());
        Assert.True(document.Remove(path.AsSpan(0, made)));
        Assert.Equal(text, document.ToString());
    }

    [Theory]
    [InlineData("[]", "[\n  {\n    \"a\": 1\n  }\n]")]
    [InlineData("[1, 2]", "[1, 2, {\"a\": 1}]")]
    [InlineData("[\n  1\n]", "[\n  1,\n  {\n    \"a\": 1\n  }\n]")]
    [InlineData("[[], [\n  3]]", "[[], [\n  3], {\"a\": 1}]")]
    public void An_item_is_put_at_the_end_of_an_array_and_taken_out_again(string text, string expected)
    {
        var document = JsoncDocument.Parse(text);
        var index = document.Append([], """{"a":1}""");
        Assert.Equal(expected, document.ToString());
        Assert.True(document.Remove(index));
        Assert.Equal(text, document.ToString());
    }

    [Theory]
    [InlineData("{ \"a\": 1, \"b\": 2 }", "a", "{ \"b\": 2 }")]
    [InlineData("[1, 2]", 0, "[2]")]
    [InlineData("[1, 2]", 1, "[1]")]
    [InlineData("{\n  \"a\": 1,\n  // about b\n  \"b\": 2,\n  \"c\": 3\n}", "b", "{\n  \"a\": 1,\n  // about b\n  \"c\": 3\n}")]
    [InlineData("{\n  \"a\": 1, // one\n  \"b\": 2\n}", "b", "{\n  \"a\": 1 // one\n}")]
    [InlineData("[ // c\n 1, 2 ]", 0, "[ // c\n 2 ]")]
    [InlineData("[ // c\n 1 ]", 0, "[ // c\n ]")]
    [InlineData("{\"a\":1 /* x */ , \"b\":2}", "a", "{ /* x */ \"b\":2}")]
    [InlineData("{\"a\":1,\"a\":2}", "a", "{\"a\":1}")]
    public void What_is_taken_out_leaves_the_rest_as_it_was(string text, object step, string expected)
    {
        var document = JsoncDocument.Parse(text);
        Assert.True(document.Remove(step is string name ? name : (int)step));
        Assert.Equal(expected, document.ToString());
    }

    [Theory]
    [InlineData("{ \"a\": 1 /* one */ }", "true", "{ \"a\": true /* one */ }")]
    [InlineData("{\n  \"a\": \"x\", // c\n}", "[1, {\"b\":\"\\u00e9\"} /* gone */]", "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"\\u00e9\"\n    }\n  ], // c\n}")]
    [InlineData("{\"a\":{\"b\":1}}", "{ \"c\" : [ ] }", "{\"a\":{\"c\":[]}}")]
    public void A_value_is_put_in_the_place_of_another(string text, string value, string expected)
    {
        var document = JsoncDocument.Parse(text);
        Assert.Equal(0, document.Set(["a"], value));
        Assert.Equal(expected, document.ToString());
    }

    [Fact]
    public void Hooks_are_merged_among_foreign_ones()
    {
        var text = """
            {
              // mine
              "model": "opus",
              "hooks": {
                "PostToolUse": [
                  { "hooks": [{ "type": "command", "command": "mine" }] } // keep
                ],
                "Stop": []
              },
            }
            """;
        var document = JsoncDocument.Parse(text);
        var entry = """{"hooks":[{"type":"command","command":"cairn"}]}""";
        var first = document.Append(["hooks", "PostToolUse"], entry);
        var second = document.Append(["hooks", "Stop"], entry);
        document.Set(["hooks", "SessionEnd"], $"[{entry}]");
        Assert.Equal("mine", document.Find("hooks", "PostToolUse", 0, "hooks", 0, "command")!.Text);
        Assert.Equal("cairn", document.Find("hooks", "PostToolUse", 1, "hooks", 0, "command")!.Text);
        Assert.Contains("} ] }, // keep".Replace("} ] }", "}] }", StringComparison.Ordinal), document.ToString(), StringComparison.Ordinal);

        Assert.True(document.Remove("hooks", "PostToolUse", first));
        Assert.True(document.Remove("hooks", "SessionEnd"));
        Assert.True(document.Remove("hooks", "Stop", second));
        Assert.Equal(text, document.ToString());
    }

    [Fact]
    public void A_name_is_escaped()
    {
        var document = JsoncDocument.Parse("{}");
        document.Set(["a\"\\\n", "b"], "1");
        Assert.Equal("1", document.Find("a\"\\\n", "b")!.Raw);
    }

    [Fact]
    public void What_has_no_place_is_refused_and_nothing_is_changed()
    {
        var document = JsoncDocument.Parse("""{"a":[1]}""");
        Assert.Throws<InvalidOperationException>(() => document.Set(["a", "b"], "1"));
        Assert.Throws<InvalidOperationException>(() => document.Set(["a", 7], "1"));
        Assert.Throws<InvalidOperationException>(() => document.Set(["b", 0], "1"));
        Assert.Throws<InvalidOperationException>(() => document.Append(["b"], "1"));
        Assert.Throws<JsoncException>(() => document.Set(["b"], "oops"));
        Assert.Throws<JsoncException>(() => document.Set(["b", "c"], "1} // "));
        Assert.Throws<ArgumentException>(() => document.Remove());
        Assert.False(document.Remove("b"));
        Assert.False(document.Remove("a", 1));
        Assert.Equal("""{"a":[1]}""", document.ToString());
    }
}
