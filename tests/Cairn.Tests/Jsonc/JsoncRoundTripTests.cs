using System.Text;
using System.Text.Json;
using Cairn.Core.Jsonc;

namespace Cairn.Tests.Jsonc;

/// <summary>Random documents in every way of writing them: what was put in comes out without a trace, in any order.</summary>
public sealed class JsoncRoundTripTests
{
    private static readonly string[] Values = ["1", "null", "\"x\"", "{}", "[]", "[1,{\"b\":[]}]", "{\"hooks\":[{\"type\":\"command\"}]}"];

    [Fact]
    public void What_was_put_in_comes_out_without_a_trace()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = new RandomDocument(random).Write();
            var document = JsoncDocument.Parse(text);
            var path = Containers(document.Root, []).ElementAt(random.Next(Containers(document.Root, []).Count()));
            var isArray = document.Find(path)!.Kind == JsonValueKind.Array;
            var before = document.Find(path)!.Items.Count;
            var count = random.Next(1, 4);
            for (var i = 0; i < count; i++)
            {
                var value = Values[random.Next(Values.Length)];
                if (isArray)
                {
                    Assert.Equal(before + i, document.Append(path, value));
                }
                else
                {
                    Assert.Equal(path.Length + 1, document.Set([.. path, $"new {i}"], value));
                }

                var inserted = document.Find(path)!.Items[before + i].Value;
                Assert.True(JsoncDocument.SameValue(value, inserted.Raw), $"seed {seed}\n{text}\n{document}");
            }

            for (; count > 0; count--)
            {
                Assert.True(document.Remove([.. path, document.Find(path)!.Items[before + random.Next(count)] is var item && isArray
                    ? IndexOf(document.Find(path)!, item)
                    : item.Name!]));
            }

            Assert.True(text == document.ToString(), $"seed {seed}\n{Show(text)}\n{Show(document.ToString())}");
        }
    }

    [Fact]
    public void Taking_out_anything_leaves_the_rest_and_its_comments()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var text = new RandomDocument(random).Write();
            var document = JsoncDocument.Parse(text);
            var containers = Containers(document.Root, []).Where(path => document.Find(path)!.Items.Count > 0).ToArray();
            if (containers.Length == 0)
            {
                continue;
            }

            var path = containers[random.Next(containers.Length)];
            var container = document.Find(path)!;
            var item = container.Items[random.Next(container.Items.Count)];
            var rest = container.Items.Where(other => other != item).Select(other => other.Value.Raw).ToArray();
            var index = IndexOf(container, item);
            Assert.True(document.Remove([.. path, item.Name is null ? index : item.Name]));
            Assert.Equal(rest, document.Find(path)!.Items.Select(other => other.Value.Raw));
            Assert.Equal(
                Comments(text[..item.Start]) + Comments(text[item.Value.End..]),
                Comments(document.ToString()));
        }
    }

    [Fact]
    public void Broken_text_is_refused_and_never_anything_else()
    {
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder(new RandomDocument(random).Write());
            for (var damage = random.Next(1, 4); damage > 0 && text.Length > 0; damage--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, 1),
                    1 => text.Insert(at, "{}[],:\"\\/*\n\0x1"[random.Next(14)]),
                    _ => text.Remove(at, text.Length - at),
                };
            }

            try
            {
                JsoncDocument.Parse(text.ToString());
            }
            catch (JsoncException fault)
            {
                Assert.True(fault.Line >= 1 && fault.Column >= 1);
            }
        }
    }

    private static IEnumerable<JsoncStep[]> Containers(JsoncValue value, JsoncStep[] path)
    {
        if (value.Kind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            yield break;
        }

        yield return path;
        for (var i = 0; i < value.Items.Count; i++)
        {
            foreach (var below in Containers(value.Items[i].Value, [.. path, value.Items[i].Name is { } name ? name : i]))
            {
                yield return below;
            }
        }
    }

    private static int IndexOf(JsoncValue container, JsoncItem item) => container.Items.ToList().IndexOf(item);

    // Comments of the random documents hold a number each, strings hold none.
    private static string Comments(string text) =>
        string.Concat(text.Split("#").Skip(1).Select(part => "#" + new string([.. part.TakeWhile(char.IsAsciiDigit)])));

    private static string Show(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace(' ', '·');

    private sealed class RandomDocument(Random random)
    {
        private readonly StringBuilder _text = new();
        private readonly string _newLine = random.Next(2) == 0 ? "\n" : "\r\n";
        private readonly bool _lines = random.Next(3) > 0;
        private readonly bool _comments = random.Next(2) == 0;
        private readonly bool _commas = random.Next(3) == 0;
        private int _comment;
        private int _name;

        public string Write()
        {
            _text.Append(random.Next(6) == 0 ? "\uFEFF" : "");
            Trivia();
            Container(depth: 0);
            Trivia();
            return _text.ToString();
        }

        private void Container(int depth)
        {
            var isObject = random.Next(2) == 0;
            _text.Append(isObject ? '{' : '[');
            Trivia();
            var count = random.Next(4);
            for (var i = 0; i < count; i++)
            {
                if (isObject)
                {
                    _text.Append($"\"m{_name++}\"");
                    Trivia(4);
                    _text.Append(':');
                    Trivia(2);
                }

                Value(depth + 1);
                Trivia(3);
                if (i < count - 1 || (_commas && random.Next(2) == 0))
                {
                    _text.Append(',');
                    Trivia();
                }
            }

            _text.Append(isObject ? '}' : ']');
        }

        private void Value(int depth)
        {
            if (depth < 4 && random.Next(2) == 0)
            {
                Container(depth);
            }
            else
            {
                _text.Append(((string[])["1", "-0.5e3", "true", "null", "\"a // b /* c */ \\\" {\""])[random.Next(5)]);
            }
        }

        private void Trivia(int seldom = 1)
        {
            if (random.Next(seldom) > 0)
            {
                return;
            }

            for (var count = random.Next(4); count > 0; count--)
            {
                switch (random.Next(6))
                {
                    case 0 when _comments && _lines:
                        _text.Append($"// c#{_comment++}{(random.Next(3) == 0 ? "  " : "")}{_newLine}");
                        break;
                    case 1 when _comments:
                        _text.Append($"/* c#{_comment++}{(_lines && random.Next(3) == 0 ? _newLine : "")} */");
                        break;
                    case 2 or 3 when _lines:
                        _text.Append(_newLine).Append(' ', 2 * random.Next(3));
                        break;
                    default:
                        _text.Append(random.Next(4) == 0 ? '\t' : ' ');
                        break;
                }
            }
        }
    }
}
