using System.Text;
using System.Text.Json;
using Cairn.Core.Jsonc;

namespace Cairn.Tests.Jsonc;

public sealed class JsoncParseTests
{
    [Fact]
    public void Values_are_found_with_their_places()
    {
        var text = "\uFEFF// top\n{ \"a\": [1, -2.5e+3, /* x */ \"t\\u0041\\n\\\"\", true, false, null,], \"b\": {}, }\n// end";
        var document = JsoncDocument.Parse(text);
        Assert.Equal(JsonValueKind.Object, document.Root.Kind);
        Assert.Equal("-2.5e+3", document.Find("a", 1)!.Raw);
        Assert.Equal("tA\n\"", document.Find("a", 2)!.Text);
        Assert.Equal(
            [JsonValueKind.Number, JsonValueKind.Number, JsonValueKind.String, JsonValueKind.True, JsonValueKind.False, JsonValueKind.Null],
            document.Find("a")!.Items.Select(item => item.Value.Kind));
        Assert.Equal("{}", text[document.Find("b")!.Start..document.Find("b")!.End]);
        Assert.Null(document.Find("a", 6));
        Assert.Null(document.Find("a", "b"));
        Assert.Null(document.Find("c"));
        Assert.Equal(text, document.ToString());
    }

    [Fact]
    public void Of_two_members_of_one_name_the_last_counts() => Assert.Equal("2", JsoncDocument.Parse("""{"a":1,"a":2}""").Find("a")!.Raw);

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData(" // only words", 1, 15)]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3)]
    [InlineData("{\r\n  \"a\" 1 }", 2, 7)]
    [InlineData("{ a: 1 }", 1, 3)]
    [InlineData("{ \"a\": }", 1, 8)]
    [InlineData("{ \"a\": 1", 1, 9)]
    [InlineData("{", 1, 2)]
    [InlineData("[1, , 2]", 1, 5)]
    [InlineData("[,]", 1, 2)]
    [InlineData("[1", 1, 3)]
    [InlineData("{} {}", 1, 4)]
    [InlineData("\uFEFF{} x", 1, 4)]
    [InlineData("[\"a]", 1, 2)]
    [InlineData("[\"a\nb\"]", 1, 4)]
    [InlineData("[\"\\x\"]", 1, 3)]
    [InlineData("[\"\\u12\"]", 1, 3)]
    [InlineData("[\"\\", 1, 3)]
    [InlineData("[01]", 1, 2)]
    [InlineData("[1.]", 1, 2)]
    [InlineData("[-]", 1, 2)]
    [InlineData("[1e]", 1, 2)]
    [InlineData("[.5]", 1, 2)]
    [InlineData("[True]", 1, 2)]
    [InlineData("[undefined]", 1, 2)]
    [InlineData("{}\n/* open", 2, 1)]
    [InlineData("{ / }", 1, 3)]
    [InlineData("{'a':1}", 1, 2)]
    [InlineData("\0", 1, 1)]
    public void What_is_no_json_is_refused_with_the_place(string text, int line, int column)
    {
        var fault = Assert.Throws<JsoncException>(() => JsoncDocument.Parse(text));
        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.StartsWith($"line {line}, column {column}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_deep_nesting_is_refused()
    {
        JsoncDocument.Parse(new string('[', 128) + new string(']', 128));
        Assert.Throws<JsoncException>(() => JsoncDocument.Parse(new string('[', 100_000)));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() => Assert.Throws<JsoncException>(() => JsoncDocument.Parse([(byte)'"', 0xC3, (byte)'"']));

    [Fact]
    public void Bytes_are_given_back_as_they_were()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("{\r\n\t\"é\": \"\U0001F600\" // ü\r\n}\r\n")];
        Assert.Equal(bytes, JsoncDocument.Parse(bytes).ToBytes());
    }

    [Theory]
    [InlineData("""{"a":1,"b":[true,null]}""", """{ "b": [true, null,], /* c */ "a": 1.0 }""", true)]
    [InlineData("\"\\u0041\"", "\"A\"", true)]
    [InlineData("1e2", "100", true)]
    [InlineData("1e400", "2e400", true)]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("[1]", "[1,1]", false)]
    [InlineData("""{"a":1}""", """{"b":1}""", false)]
    [InlineData("""{"a":1}""", """{"a":1,"b":1}""", false)]
    [InlineData("true", "false", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("{}", "[]", false)]
    public void Values_are_compared_by_what_they_say(string one, string other, bool same) => Assert.Equal(same, JsoncDocument.SameValue(one, other));
}
