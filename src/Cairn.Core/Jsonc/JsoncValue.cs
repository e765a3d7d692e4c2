using System.Text.Json;

namespace Cairn.Core.Jsonc;

/// <summary>A value as it stands in a text.</summary>
public sealed class JsoncValue
{
    private readonly string _text;

    internal JsoncValue(string text, JsonValueKind kind, int start) => (_text, Kind, Start) = (text, kind, start);

    /// <summary>What it is.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>Its first character in the text.</summary>
    public int Start { get; }

    /// <summary>The first character behind it.</summary>
    public int End { get; internal set; }

    /// <summary>What an object or an array holds, in the order of the text; empty for every other kind.</summary>
    public IReadOnlyList<JsoncItem> Items { get; internal set; } = [];

    /// <summary>As written.</summary>
    public string Raw => _text[Start..End];

    /// <summary>The characters of a string; null for every other kind.</summary>
    public string? Text => Kind == JsonValueKind.String ? JsoncParser.Unescape(_text.AsSpan(Start + 1, End - Start - 2)) : null;

    /// <summary>The value one step further; of several members of one name the last, as readers of JSON have it; null when there is none.</summary>
    public JsoncValue? this[JsoncStep step] => ItemAt(step)?.Value;

    internal JsoncItem? ItemAt(JsoncStep step) =>
        step.Name is not null ? Kind == JsonValueKind.Object ? Items.LastOrDefault(item => item.Name == step.Name) : null
        : Kind == JsonValueKind.Array && step.Index < Items.Count ? Items[step.Index]
        : null;
}
