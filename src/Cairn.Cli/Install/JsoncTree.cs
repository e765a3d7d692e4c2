using System.Text.Json;

namespace Cairn.Cli.Install;

/// <summary>One value in a JSON text with comments: where it stands in the bytes and what is in it.</summary>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte after its last.</param>
/// <param name="Children">Its members or items, in their order.</param>
internal sealed record JsoncNode(JsonValueKind Kind, int Start, int End, IReadOnlyList<JsoncChild> Children)
{
    /// <summary>The member of that name; null when there is none.</summary>
    public JsoncNode? this[string name] => Children.LastOrDefault(child => child.Name == name)?.Value;
}

/// <summary>A member of an object or an item of an array.</summary>
/// <param name="Name">The member's name; null for an item.</param>
/// <param name="Start">The first byte of its name, or of the item.</param>
/// <param name="Value">Its value.</param>
internal sealed record JsoncChild(string? Name, int Start, JsoncNode Value);

/// <summary>Reads where each value of a JSON text with comments and trailing commas stands.</summary>
internal static class JsoncTree
{
    /// <summary>Reads the one value of the text; no byte order mark.</summary>
    /// <exception cref="JsonException">It is no such text.</exception>
    public static JsoncNode Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        var root = Value(ref reader);
        reader.Read();
        return root;
    }

    /// <summary>The first byte from <paramref name="position"/> on that is neither white space nor in a comment.</summary>
    public static int SkipTrivia(ReadOnlySpan<byte> utf8, int position)
    {
        while (position < utf8.Length)
        {
            if (utf8[position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                position++;
            }
            else if (CommentEnd(utf8, position) is { } end)
            {
                position = end;
            }
            else
            {
                break;
            }
        }

        return position;
    }

    /// <summary>The byte after the comment that begins at <paramref name="position"/>, its line end not included; null when none begins there.</summary>
    public static int? CommentEnd(ReadOnlySpan<byte> utf8, int position)
    {
        var rest = utf8[position..];
        if (rest.StartsWith("//"u8))
        {
            var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
            return length < 0 ? utf8.Length : position + length;
        }

        return rest.StartsWith("/*"u8) ? position + rest[2..].IndexOf("*/"u8) + 4 : null;
    }

    private static JsoncNode Value(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<JsoncChild>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (name, nameStart) = (reader.GetString(), (int)reader.TokenStartIndex);
                    reader.Read();
                    members.Add(new(name, nameStart, Value(ref reader)));
                }

                return new(JsonValueKind.Object, start, (int)reader.BytesConsumed, members);
            case JsonTokenType.StartArray:
                var items = new List<JsoncChild>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(new(null, (int)reader.TokenStartIndex, Value(ref reader)));
                }

                return new(JsonValueKind.Array, start, (int)reader.BytesConsumed, items);
            default:
                return new(JsonValueKind.String, start, (int)reader.BytesConsumed, []);
        }
    }
}
