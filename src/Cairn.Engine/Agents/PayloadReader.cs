using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Cairn.Engine.Agents;

/// <summary>Reads JSON that a stranger wrote: bad UTF-8, lone surrogates, NULs and wrong types become what can be kept of them.</summary>
internal static class PayloadReader
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 64 };

    /// <summary>Parses one object; null with the reason when the bytes are none.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, out string reason)
    {
        reason = "";
        if (utf8.Span.Trim(" \r\n\t"u8).IsEmpty)
        {
            reason = "the input is empty";
            return null;
        }

        try
        {
            var text = Utf8.IsValid(utf8.Span) ? utf8 : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8.Span));
            var document = JsonDocument.Parse(text, Limits);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            reason = "the input is not a JSON object";
        }
        catch (JsonException problem)
        {
            reason = $"the input is not valid JSON, or nested deeper than 64 levels (line {problem.LineNumber + 1}, byte {problem.BytePositionInLine})";
        }

        return null;
    }

    /// <summary>A string property; null when it is missing or no string.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.Text() : null;

    /// <summary>The value as text when it is a string; null otherwise. A NUL becomes U+FFFD: databases and terminals end a text there.</summary>
    public static string? Text(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            var text = value.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
        }
        catch (InvalidOperationException)
        {
            // An escape for half of a surrogate pair: keep the text as it was written.
            return value.GetRawText().Trim('"');
        }
    }

    /// <summary>True when the property is <c>true</c>; false when it is anything else.</summary>
    public static bool Flag(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A whole number; null when it is missing or no number.</summary>
    public static long? Number(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Abs(number) < 1e15
            ? (long)number
            : null;

    /// <summary>A property that is an object or array; null when it is anything else.</summary>
    public static JsonElement? Part(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? value
            : null;
}
