using System.Text.Json;

namespace Cairn.Core.Configuration;

/// <summary>What the settings file says: the overrides, and what is wrong with it.</summary>
public sealed class SettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private SettingsFile(IReadOnlyDictionary<string, string> values, IReadOnlyList<string> problems) => (Values, Problems) = (values, problems);

    /// <summary>No overrides.</summary>
    public static SettingsFile Empty { get; } = new(new Dictionary<string, string>(), []);

    /// <summary>Text of each override by the name that the file uses, nested objects joined by dots; names in any case.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>What could not be used, in sentences fit to show: a file that is no JSON, a name that is no setting, a value out of its rule.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Reads the file; a missing one is <see cref="Empty"/>, a broken one has no overrides and a problem. Never changes the file.</summary>
    public static SettingsFile Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllBytes(path)) : Empty;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Broken($"{path} cannot be read ({problem.GetType().Name}); the defaults are used.");
        }
    }

    /// <summary>Reads the text of a settings file: JSON with comments and trailing commas.</summary>
    public static SettingsFile Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
            using var document = JsonDocument.Parse(text, Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Broken("settings.json must hold one JSON object; the defaults are used.");
            }

            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            Collect(document.RootElement, "", values);
            return new(values, [.. values.SelectMany(ProblemsOf)]);
        }
        catch (JsonException problem)
        {
            return Broken($"settings.json is not valid JSON (line {problem.LineNumber + 1}); the defaults are used and the file is left as it is.");
        }
    }

    private static SettingsFile Broken(string problem) => new(new Dictionary<string, string>(), [problem]);

    private static void Collect(JsonElement element, string prefix, Dictionary<string, string> values)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Collect(property.Value, name + ".", values);
            }
            else
            {
                values[name] = TextOf(property.Value);
            }
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(TextOf)),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static IEnumerable<string> ProblemsOf(KeyValuePair<string, string> entry)
    {
        if (Settings.Find(entry.Key) is not { } setting)
        {
            yield return $"{entry.Key} is not a setting; see 'cairn config list'.";
        }
        else if (setting.Problem(entry.Value) is { } problem)
        {
            yield return $"{problem} The default ({setting.DefaultText}) is used.";
        }
    }
}
