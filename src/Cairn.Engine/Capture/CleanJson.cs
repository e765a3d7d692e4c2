using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Core.Redaction;

namespace Cairn.Engine.Capture;

/// <summary>A tool's input as it may be stored: redacted, and valid JSON whatever was cut from it.</summary>
internal static class CleanJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string json, Redactor redactor, int limit)
    {
        using var document = JsonDocument.Parse(json);
        var buffer = new ArrayBufferWriter<byte>(json.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            redactor.RedactJson(document.RootElement, writer);
        }

        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        return text.Length <= limit ? text : Cut(text, limit);
    }

    private static string Cut(string json, int limit)
    {
        using var document = JsonDocument.Parse(json);
        for (var longest = limit / 4; longest >= 16; longest /= 4)
        {
            var buffer = new ArrayBufferWriter<byte>(limit);
            using (var writer = new Utf8JsonWriter(buffer, Plain))
            {
                Copy(document.RootElement, writer, longest);
            }

            if (buffer.WrittenCount <= limit * 2)
            {
                return Encoding.UTF8.GetString(buffer.WrittenSpan);
            }
        }

        return "{}";
    }

    private static void Copy(JsonElement value, Utf8JsonWriter writer, int longest)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Copy(property.Value, writer, longest);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Copy(item, writer, longest);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(TextCut.InTheMiddle(value.GetString()!, longest));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
