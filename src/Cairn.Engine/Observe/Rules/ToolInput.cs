using System.Text.Json;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Reads the input of a tool call leniently: what is missing or of another type is empty.</summary>
internal readonly struct ToolInput
{
    private readonly JsonElement _element;

    private ToolInput(JsonElement element) => _element = element;

    /// <summary>The input of a call; an empty one when it is not a JSON object.</summary>
    public static ToolInput Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new ToolInput(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>A text property; null when there is none.</summary>
    public string? Text(string name) =>
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The first text property of those names.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The objects of an array property; none when there is no such array.</summary>
    public List<ToolInput> Items(string name) =>
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => new ToolInput(item))]
            : [];

    /// <summary>The text properties of an object property, in order.</summary>
    public List<(string Name, string Text)> Entries(string name) =>
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? [.. value.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String).Select(entry => (entry.Name, entry.Value.GetString()!))]
            : [];
}
