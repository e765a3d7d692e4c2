using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Lists of strings as they stand in a column: a JSON array.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class StringArrayJson : JsonSerializerContext
{
    private static readonly StringArrayJson Readable = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(IReadOnlyList<string> values) =>
        values.Count == 0 ? "[]" : JsonSerializer.Serialize([.. values], Readable.StringArray);

    public static IReadOnlyList<string> Read(string json) =>
        json == "[]" ? [] : JsonSerializer.Deserialize(json, Readable.StringArray) ?? [];
}
