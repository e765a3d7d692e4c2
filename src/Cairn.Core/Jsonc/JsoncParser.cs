using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cairn.Core.Jsonc;

/// <summary>Reads a whole text into values that know where they stand.</summary>
internal sealed class JsoncParser(string text)
{
    // Far beyond any settings file, far below what a stack holds.
    private const int Deepest = 128;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-.0123456789eE");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$");

    private int _at;
    private JsoncTrivia _trivia;

    /// <summary>The one value of the text.</summary>
    /// <exception cref="JsoncException">The text is no JSON.</exception>
    public JsoncValue Parse()
    {
        _at = text is ['\uFEFF', ..] ? 1 : 0;
        SkipTrivia();
        var root = ReadValue(depth: 0);
        SkipTrivia();
        return _at == text.Length ? root : throw Fault("something follows the end of the value", _at);
    }

    /// <summary>The characters that stand for the inside of a string, which has been parsed before.</summary>
    public static string Unescape(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\')
            {
                text.Append(raw[at]);
                continue;
            }

            at++;
            if (raw[at] == 'u')
            {
                text.Append((char)ushort.Parse(raw.Slice(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                at += 4;
                continue;
            }

            text.Append(raw[at] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var c => c });
        }

        return text.ToString();
    }

    private JsoncValue ReadValue(int depth)
    {
        if (_at == text.Length)
        {
            throw Fault("the text ends where a value is expected", _at);
        }

        return text[_at] switch
        {
            '{' => ReadContainer(JsonValueKind.Object, '}', depth),
            '[' => ReadContainer(JsonValueKind.Array, ']', depth),
            '"' => ReadString(),
            '-' or (>= '0' and <= '9') => ReadNumber(),
            _ => ReadWord(),
        };
    }

    private JsoncValue ReadContainer(JsonValueKind kind, char close, int depth)
    {
        if (depth == Deepest)
        {
            throw Fault($"nested deeper than {Deepest}", _at);
        }

        var value = new JsoncValue(text, kind, _at++);
        var items = new List<JsoncItem>();
        SkipTrivia();
        while (Peek() != close)
        {
            if (items is [.., { Comma: < 0 }])
            {
                throw Fault(_at == text.Length ? $"the text ends before '{close}'" : $"expected ',' or '{close}'", _at);
            }

            items.Add(ReadItem(kind, depth));
            SkipTrivia();
            if (Peek() == ',')
            {
                items[^1].Comma = _at++;
                SkipTrivia();
            }
        }

        _at++;
        value.Items = items;
        value.End = _at;
        return value;
    }

    private JsoncItem ReadItem(JsonValueKind kind, int depth)
    {
        var (start, afterLineComment) = (_at, _trivia.LineComment);
        string? name = null;
        if (kind == JsonValueKind.Object)
        {
            if (Peek() != '"')
            {
                throw Fault(_at == text.Length ? "the text ends before '}'" : "expected a name in double quotes or '}'", _at);
            }

            name = ReadString().Text;
            SkipTrivia();
            if (Peek() != ':')
            {
                throw Fault("expected ':' behind the name", _at);
            }

            _at++;
            SkipTrivia();
        }

        return new() { Name = name, Start = start, Value = ReadValue(depth + 1), AfterLineComment = afterLineComment };
    }

    private JsoncValue ReadString()
    {
        var value = new JsoncValue(text, JsonValueKind.String, _at++);
        for (; Peek() != '"'; _at++)
        {
            if (_at == text.Length)
            {
                throw Fault("the string is never closed", value.Start);
            }

            if (text[_at] < ' ')
            {
                throw Fault("a control character in a string must be escaped", _at);
            }

            if (text[_at] == '\\')
            {
                SkipEscape();
            }
        }

        value.End = ++_at;
        return value;
    }

    private void SkipEscape()
    {
        var start = _at++;
        var known = Peek() switch
        {
            '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't' => true,
            'u' => text.Length - _at > 4 && !text.AsSpan(_at + 1, 4).ContainsAnyExcept(HexDigits),
            _ => false,
        };
        _at += !known ? throw Fault("not an escape of JSON", start) : text[_at] == 'u' ? 4 : 0;
    }

    private JsoncValue ReadNumber()
    {
        var run = Run(NumberCharacters);
        return IsNumber(text.AsSpan(_at, run)) ? Take(JsonValueKind.Number, run) : throw Fault("not a number of JSON", _at);
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        text = text[(text[0] == '-' ? 1 : 0)..];
        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        text = text[whole..];
        if (text is ['.', .. var fraction])
        {
            var digits = Digits(fraction);
            text = digits == 0 ? text : fraction[digits..];
        }

        if (text is ['e' or 'E', .. var exponent])
        {
            exponent = exponent[(exponent is ['+' or '-', ..] ? 1 : 0)..];
            var digits = Digits(exponent);
            text = digits == 0 ? text : exponent[digits..];
        }

        return text.IsEmpty;

        static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;
    }

    private JsoncValue ReadWord()
    {
        var run = Run(WordCharacters);
        return text.AsSpan(_at, run) switch
        {
            "true" => Take(JsonValueKind.True, run),
            "false" => Take(JsonValueKind.False, run),
            "null" => Take(JsonValueKind.Null, run),
            _ => throw Fault("not a value of JSON", _at),
        };
    }

    private JsoncValue Take(JsonValueKind kind, int length)
    {
        var value = new JsoncValue(text, kind, _at);
        value.End = _at += length;
        return value;
    }

    private int Run(SearchValues<char> characters) =>
        text.AsSpan(_at).IndexOfAnyExcept(characters) is var end and >= 0 ? end : text.Length - _at;

    private char Peek() => _at < text.Length ? text[_at] : '\0';

    private void SkipTrivia()
    {
        _trivia = JsoncTrivia.Read(text, _at);
        _at = _trivia.Unclosed < 0 ? _trivia.End : throw Fault("the comment is never closed", _trivia.Unclosed);
    }

    private JsoncException Fault(string problem, int at)
    {
        var before = text.AsSpan(0, at);
        var line = before.Count('\n') + 1;
        return new(problem, line, at - before.LastIndexOf('\n') - (line == 1 && text is ['\uFEFF', ..] ? 1 : 0));
    }
}
