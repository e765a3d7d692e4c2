using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Core.Files;
using Cairn.Core.Jsonc;

namespace Cairn.Core.Configuration;

/// <summary>Changes the settings file as its owner would: comments, order and everything else stay as they are.</summary>
public sealed class SettingsEditor
{
    private static readonly byte[] NewFile = "{}\n"u8.ToArray();

    private readonly string _path;
    private readonly JsoncDocument _document;

    private SettingsEditor(string path, JsoncDocument document) => (_path, _document) = (path, document);

    /// <summary>Opens the file; a missing or empty one counts as one without overrides.</summary>
    /// <exception cref="JsoncException">It is broken, or no JSON object: nothing is changed in such a file.</exception>
    /// <exception cref="IOException">It cannot be read; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static SettingsEditor Open(string path)
    {
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var document = JsoncDocument.Parse(bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty ? NewFile : bytes);
        return document.Root.Kind == JsonValueKind.Object
            ? new(path, document)
            : throw new JsoncException("it must hold one JSON object", 1, 1);
    }

    /// <summary>Overrides a setting. Where the file has it already, under whatever name, that place is changed.</summary>
    /// <param name="setting">Which.</param>
    /// <param name="text">A value that its rule accepts.</param>
    public void Set(Setting setting, string text)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var places = Places(setting);
        var place = places.FirstOrDefault(place => IsCanonical(place, setting)) ?? [setting.Key];
        _document.Set(place, ToJson(setting, text));
        foreach (var other in places.Where(other => !other.SequenceEqual(place)))
        {
            Remove(other);
        }
    }

    /// <summary>Takes an override out, under whatever names the file has it.</summary>
    /// <returns>False when there was none.</returns>
    public bool Unset(Setting setting)
    {
        var places = Places(setting);
        places.ForEach(Remove);
        return places.Count > 0;
    }

    /// <summary>Writes the file, 0600 where it is new.</summary>
    /// <exception cref="IOException">It cannot be written; also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Save() => SafeFile.WriteAtomically(_path, _document.ToBytes(), SafeFile.OwnerOnlyFile);

    private static bool IsCanonical(JsoncStep[] place, Setting setting) =>
        string.Equals(string.Join('.', place), setting.Key, StringComparison.OrdinalIgnoreCase);

    // An object that this leaves empty stays: it is someone's heading.
    private void Remove(JsoncStep[] place)
    {
        while (_document.Remove(place))
        {
            // A name may stand there more than once; the last one counts, so all have to go.
        }
    }

    // Wherever a member's names, joined by dots, are one of the setting's.
    private List<JsoncStep[]> Places(Setting setting)
    {
        var places = new List<JsoncStep[]>();
        Collect(_document.Root, []);
        return places;

        void Collect(JsoncValue value, JsoncStep[] way)
        {
            foreach (var name in value.Items.Select(item => item.Name!).Distinct(StringComparer.Ordinal))
            {
                JsoncStep[] place = [.. way, name];
                if (value[name] is { Kind: JsonValueKind.Object } inner)
                {
                    Collect(inner, place);
                }
                else if (setting.Names.Contains(string.Join('.', place), StringComparer.OrdinalIgnoreCase))
                {
                    places.Add(place);
                }
            }
        }
    }

    private static string ToJson(Setting setting, string text) => setting switch
    {
        Setting<int> number => number.Parse(text).ToString(CultureInfo.InvariantCulture),
        Setting<bool> choice => choice.Parse(text) ? "true" : "false",
        Setting<IReadOnlyList<string>> list => $"[{string.Join(", ", list.Parse(text).Select(Quote))}]",
        Setting<string> word => Quote(word.Parse(text)),
        _ => Quote(text),
    };

    private static string Quote(string text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStringValue(text);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
