using System.Text;
using Cairn.Core.Redaction;

namespace Cairn.Tests.Redaction;

public sealed class RedactionFuzzTests
{
    private static readonly string[] Pieces =
    [
        "<private>", "</private>", "<PRIVATE x=1>", "<private", "<no-memory>", "</no_memory>", "<cairn-memory>", "[redacted]", "[private]",
        "password", "token", "_pass", "api_key", "auth", "pwd", "Authorization", "Bearer ", "Basic ", "machine ", "login ", "Server=", "--", "-",
        "-----BEGIN ", "PRIVATE KEY", "-----", "-----END ", "://", "@", "https", "eyJ", "eyJhbGciOiJIUzI1", ".", "gh" + "p_", "s" + "k-", "AKI" + "A",
        "abcdefghijklmnop", "ABCDEFGH12345678", "Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9", "=", ":", "==", ":=", "=>", "\"", "'", "`", "\\\"", "\\", " ",
        "\t", "\n", "\r\n", "?", "&", "&sig=", ";", "<", ">", "(", ")", "[", "]", "{", "}", "$", "${", "%", "\0", "\uD83D", "\uDE00", "é", "密码",
        "\u202E", "İ", "ſ", "K",
    ];

    private readonly Redactor _redactor = new();

    [Fact]
    public void Any_text_is_redacted_without_a_fault_and_redacting_again_changes_nothing()
    {
        var random = new Random(20260102);
        for (var round = 0; round < 60_000; round++)
        {
            var text = Text(random);
            var once = _redactor.Redact(text);
            var twice = _redactor.Redact(once);
            Assert.True(ReferenceEquals(once, twice), $"round {round}\n{text}\n{once}\n{twice}");
            _redactor.StripInjected(text);
        }
    }

    [Theory]
    [InlineData("token", 100_000)]
    [InlineData("<private ", 50_000)]
    [InlineData("password=\"", 50_000)]
    [InlineData("-----BEGIN PRIVATE KEY-----", 20_000)]
    [InlineData("https://a:", 50_000)]
    [InlineData("eyJ", 100_000)]
    [InlineData("pwd=;", 100_000)]
    public void Long_repetitions_take_no_more_than_linear_time(string piece, int times)
    {
        // Quadratic work on these would take minutes; the test run's own time limit is what fails then.
        var text = string.Concat(Enumerable.Repeat(piece, times));
        Assert.NotEmpty(_redactor.Redact(text));
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, 25); count > 0; count--)
        {
            if (random.Next(12) == 0)
            {
                text.Append((char)random.Next(0x10000));
            }
            else
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }
        }

        return text.ToString();
    }
}
