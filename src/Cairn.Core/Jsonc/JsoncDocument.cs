using System.Text;
using System.Text.Json;

namespace Cairn.Core.Jsonc;

/// <summary>
/// A settings file as text: JSON with comments and trailing commas, which people write and programs change. Every change
/// touches as few characters as it can and imitates the indentation, line ends and commas around it; taking out what was put
/// in gives back the same bytes. Not safe for use by several threads at once.
/// </summary>
public sealed class JsoncDocument
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private string _text;

    private JsoncDocument(string text)
    {
        _text = text;
        Root = new JsoncParser(text).Parse();
    }

    /// <summary>The value of the whole text. Values from before a change no longer fit the text.</summary>
    public JsoncValue Root { get; private set; }

    /// <summary>Reads a text, a byte order mark in front allowed.</summary>
    /// <exception cref="JsoncException">It is no JSON (an empty text is none), or is nested deeper than 128.</exception>
    public static JsoncDocument Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="JsoncException">They are no JSON, or no UTF-8: those could not be given back as they were.</exception>
    public static JsoncDocument Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return new(StrictUtf8.GetString(utf8));
        }
        catch (DecoderFallbackException)
        {
            throw new JsoncException("the file is not UTF-8", 1, 1);
        }
    }

    /// <summary>The value that a path leads to; the root for an empty path; null when there is none.</summary>
    public JsoncValue? Find(params ReadOnlySpan<JsoncStep> path)
    {
        var value = Root;
        foreach (var step in path)
        {
            if (value[step] is not { } next)
            {
                return null;
            }

            value = next;
        }

        return value;
    }

    /// <summary>Puts a value where a path leads. Objects that are missing on the way are made.</summary>
    /// <param name="path">Names of members, and indices of items that are there.</param>
    /// <param name="json">The value as JSON.</param>
    /// <returns>
    /// How many steps of the path lead to what is new, so that <see cref="Remove"/> with as many takes it out again; 0 when
    /// another value was replaced.
    /// </returns>
    /// <exception cref="JsoncException"><paramref name="json"/> is no JSON.</exception>
    /// <exception cref="InvalidOperationException">The path leads through something that is no object, or to an item that is not there.</exception>
    public int Set(ReadOnlySpan<JsoncStep> path, string json)
    {
        var there = 0;
        var value = Root;
        while (there < path.Length && value[path[there]] is { } next)
        {
            (value, there) = (next, there + 1);
        }

        if (there == path.Length)
        {
            Change(JsoncEdit.Replace(_text, Style, value, Parse(json).Root));
            return 0;
        }

        if (value.Kind != JsonValueKind.Object || path[there].Name is not { } name)
        {
            throw new InvalidOperationException($"There is no place for '{path[there]}' in {value.Kind}.");
        }

        Insert(path[..there], value, name, Parse(Nest(path[(there + 1)..], json)).Root);
        return there + 1;
    }

    /// <summary>Puts a value at the end of an array.</summary>
    /// <param name="path">Leads to the array.</param>
    /// <param name="json">The value as JSON.</param>
    /// <returns>The index of the new item.</returns>
    /// <exception cref="JsoncException"><paramref name="json"/> is no JSON.</exception>
    /// <exception cref="InvalidOperationException">The path leads to no array.</exception>
    public int Append(ReadOnlySpan<JsoncStep> path, string json)
    {
        if (Find(path) is not { Kind: JsonValueKind.Array } array)
        {
            throw new InvalidOperationException("The path leads to no array.");
        }

        Insert(path, array, name: null, Parse(json).Root);
        return array.Items.Count;
    }

    /// <summary>Takes out what a path leads to, with its comma. Comments around it stay.</summary>
    /// <returns>False when there is nothing at the path.</returns>
    /// <exception cref="ArgumentException">The path is empty: the root can't be taken out.</exception>
    public bool Remove(params ReadOnlySpan<JsoncStep> path)
    {
        if (path.IsEmpty)
        {
            throw new ArgumentException("The root can't be removed.", nameof(path));
        }

        if (Find(path[..^1]) is not { } container || container.ItemAt(path[^1]) is not { } item)
        {
            return false;
        }

        Change(JsoncEdit.Remove(_text, container, container.Items.ToList().IndexOf(item)));
        return true;
    }

    /// <summary>True when two values say the same, however written: members in any order, numbers by what they amount to.</summary>
    public static bool SameValue(JsoncValue one, JsoncValue other) => JsoncEquality.Same(one, other);

    /// <summary>As <see cref="SameValue(JsoncValue, JsoncValue)"/>, of two texts.</summary>
    /// <exception cref="JsoncException">One of them is no JSON.</exception>
    public static bool SameValue(string one, string other) => SameValue(Parse(one).Root, Parse(other).Root);

    /// <summary>The text as UTF-8, with its byte order mark if it has one.</summary>
    public byte[] ToBytes() => StrictUtf8.GetBytes(_text);

    /// <summary>The text.</summary>
    public override string ToString() => _text;

    private JsoncStyle Style => JsoncStyle.Of(_text, Root);

    private static string Nest(ReadOnlySpan<JsoncStep> path, string json)
    {
        var style = new JsoncStyle("\n", "", "");
        for (var i = path.Length - 1; i >= 0; i--)
        {
            var name = path[i].Name ?? throw new InvalidOperationException($"There is no array for the item {path[i]}.");
            json = "{" + style.WriteName(name) + json + "\n}";
        }

        return json;
    }

    private void Insert(ReadOnlySpan<JsoncStep> path, JsoncValue container, string? name, JsoncValue value)
    {
        var style = Style;
        var label = name is null ? "" : style.WriteName(name);
        var inline = path.Length > 0
            && Find(path[..^1]) is { } parent
            && JsoncStyle.LineStart(_text, parent.Items[0].Start) is null;
        Change(JsoncEdit.Insert(_text, style, container, inline, indent => label + style.Write(value, indent)));
    }

    private void Change(string text)
    {
        Root = new JsoncParser(text).Parse();
        _text = text;
    }
}
