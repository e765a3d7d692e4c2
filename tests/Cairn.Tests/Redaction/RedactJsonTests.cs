using System.Buffers;
using System.Text;
using System.Text.Json;
using Cairn.Core.Redaction;

namespace Cairn.Tests.Redaction;

public sealed class RedactJsonTests
{
    private readonly Redactor _redactor = new();

    [Theory]
    [InlineData("""{"a":1,"b":[true,null,"x",1.50e3],"c":{}}""", """{"a":1,"b":[true,null,"x",1.50e3],"c":{}}""")]
    [InlineData("""{"password":"a","token":5,"secret":null,"auth":true}""", """{"password":"[redacted]","token":"[redacted]","secret":null,"auth":true}""")]
    [InlineData("""{"api_keys":["a","b"],"apiKey":""}""", """{"api_keys":["[redacted]","[redacted]"],"apiKey":""}""")]
    [InlineData("""{"secrets":{"db":"a","deep":[{"x":1}]},"z":1}""", """{"secrets":{"db":"[redacted]","deep":[{"x":"[redacted]"}]},"z":1}""")]
    [InlineData("""{"auth":{"type":"basic","password":"a"}}""", """{"auth":{"type":"basic","password":"[redacted]"}}""")]
    [InlineData("""{"pwd":"/home/joe"}""", """{"pwd":"/home/joe"}""")]
    [InlineData("""{"pwd":"abc"}""", """{"pwd":"[redacted]"}""")]
    [InlineData("""["<private>x</private>","DB_PASSWORD=hunter2"]""", """["[private]","DB_PASSWORD=[redacted]"]""")]
    [InlineData("""{"<private>x</private>":1}""", """{"[private]":1}""")]
    [InlineData("\"plain\"", "\"plain\"")]
    [InlineData("7", "7")]
    public void Json_is_copied_with_its_secrets_gone(string source, string expected)
    {
        using var parsed = JsonDocument.Parse(source);
        Assert.Equal(expected, Write(target => _redactor.RedactJson(parsed.RootElement, target)));
        Assert.Equal(expected, FromReader(Encoding.UTF8.GetBytes(source)));
    }

    [Fact]
    public void Only_the_value_at_the_reader_is_copied()
    {
        var reader = new Utf8JsonReader("""{"first":{"password":"a"},"second":2}"""u8);
        reader.Read();
        reader.Read();
        var output = new ArrayBufferWriter<byte>();
        using (var target = new Utf8JsonWriter(output))
        {
            _redactor.RedactJson(ref reader, target);
        }

        Assert.Equal("""{"password":"[redacted]"}""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
        Assert.True(reader.Read());
        Assert.True(reader.ValueTextEquals("second"));
    }

    [Theory]
    [InlineData("""["cut \ud83d","\ude00 off","\ud83d\ude00","\u00e9\n\"\\\/"]""", "cut \uFFFD|\uFFFD off|\U0001F600|\u00e9\n\"\\/")]
    [InlineData("""["\ud83d DB_PASSWORD=hunter2","\ud83d\n\t\b\f\r\"\\\/é"]""", "\uFFFD DB_PASSWORD=[redacted]|\uFFFD\n\t\b\f\r\"\\/é")]
    public void Half_a_surrogate_pair_becomes_the_replacement_character(string source, string expected)
    {
        using var copied = JsonDocument.Parse(FromReader(Encoding.UTF8.GetBytes(source)));
        Assert.Equal(expected, string.Join('|', copied.RootElement.EnumerateArray().Select(item => item.GetString())));
    }

    [Fact]
    public void A_name_with_half_a_surrogate_pair_is_copied()
    {
        using var parsed = JsonDocument.Parse("""{"\ud83d password":"abc"}""");
        using var copied = JsonDocument.Parse(Write(target => _redactor.RedactJson(parsed.RootElement, target)));
        Assert.Equal("[redacted]", copied.RootElement.GetProperty("\uFFFD password").GetString());
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_replaced()
    {
        var source = new string('[', 100) + new string(']', 100);
        using var parsed = JsonDocument.Parse(source, new JsonDocumentOptions { MaxDepth = 200 });
        var expected = new string('[', Redactor.DeepestJson) + "\"[too deep]\"" + new string(']', Redactor.DeepestJson);
        Assert.Equal(expected, Write(target => _redactor.RedactJson(parsed.RootElement, target)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":")]
    [InlineData("[1,")]
    [InlineData("{a}")]
    [InlineData("\"\\x\"")]
    public void Broken_json_is_refused(string source) =>
        Assert.ThrowsAny<JsonException>(() => FromReader(Encoding.UTF8.GetBytes(source)));

    [Fact]
    public void A_value_in_many_segments_is_copied()
    {
        var source = Encoding.UTF8.GetBytes("""{"pass\u0077ord":"abc","text":"one two three DB_PASSWORD=hunter2","n":12345}""");
        var first = new Segment(source.AsMemory(0, 1));
        var last = first;
        for (var i = 1; i < source.Length; i++)
        {
            last = last.Append(source.AsMemory(i, 1));
        }

        var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(first, 0, last, 1));
        var output = new ArrayBufferWriter<byte>();
        using (var target = new Utf8JsonWriter(output))
        {
            _redactor.RedactJson(ref reader, target);
        }

        Assert.Equal(
            """{"password":"[redacted]","text":"one two three DB_PASSWORD=[redacted]","n":12345}""",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var target = new Utf8JsonWriter(output))
        {
            write(target);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private string FromReader(byte[] source) => Write(target =>
    {
        var reader = new Utf8JsonReader(source);
        _redactor.RedactJson(ref reader, target);
    });

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
