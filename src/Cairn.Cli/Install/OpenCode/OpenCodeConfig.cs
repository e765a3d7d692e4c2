using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Core.Jsonc;

namespace Cairn.Cli.Install.OpenCode;

/// <summary>
/// The text of OpenCode's configuration, with our plugin put in or taken out; everything else in it stays as it is, byte for
/// byte.
/// </summary>
internal sealed class OpenCodeConfig
{
    private const string Plugins = "plugin";
    private const string Schema = "$schema";

    private readonly JsoncDocument _document;

    private OpenCodeConfig(JsoncDocument document) => _document = document;

    /// <summary>The bytes of the file.</summary>
    public byte[] Bytes => _document.ToBytes();

    /// <summary>The text, for showing.</summary>
    public string Text => TextOf(Bytes);

    /// <summary>The plugins that it lists, as they are written.</summary>
    public IReadOnlyList<string> Entries => [.. (_document.Find(Plugins)?.Items ?? []).Select(item => NameOf(item.Value)).OfType<string>()];

    /// <summary>True when it says nothing but which schema it follows, which OpenCode writes by itself; not even a comment.</summary>
    public bool IsEmpty
    {
        get
        {
            var rest = JsoncDocument.Parse(Bytes);
            rest.Remove(Schema);
            return string.Concat(TextOf(rest.ToBytes()).Where(letter => !char.IsWhiteSpace(letter))) == "{}";
        }
    }

    /// <summary>True when it has a list of plugins, an empty one too.</summary>
    public bool HasList => _document.Find(Plugins) is not null;

    /// <summary>Reads a configuration; a missing or empty one is an empty object.</summary>
    /// <exception cref="InstallRefusedException">It is not laid out as OpenCode's configuration is.</exception>
    public static OpenCodeConfig Parse(UserFile file)
    {
        if (string.IsNullOrWhiteSpace(TextOf(file.Bytes)))
        {
            return new(JsoncDocument.Parse("{\n  \"$schema\": \"https://opencode.ai/config.json\"\n}\n"));
        }

        try
        {
            var document = JsoncDocument.Parse(file.Bytes);
            return document.Root.Kind == JsonValueKind.Object && document.Find(Plugins) is null or { Kind: JsonValueKind.Array }
                ? new(document)
                : throw new InstallRefusedException(
                    $"{file.Path} is not laid out as OpenCode's configuration is: it must be one object, with a list in {Plugins}. It was left as it is and nothing was changed.");
        }
        catch (JsoncException problem)
        {
            throw new InstallRefusedException(
                $"{file.Path} is not valid JSON ({problem.Message}). It was left as it is and nothing was changed. Mend it and run the command again.");
        }
    }

    /// <summary>The text of a file's bytes, without its byte order mark.</summary>
    public static string TextOf(byte[]? bytes) => bytes is null ? "" : Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');

    /// <summary>With our plugin in the list, once.</summary>
    public OpenCodeConfig With(string entry)
    {
        if (Entries.Contains(entry))
        {
            return this;
        }

        var copy = Copy();
        var json = $"\"{JsonEncodedText.Encode(entry, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
        if (copy._document.Find(Plugins) is null)
        {
            copy._document.Set([Plugins], $"[{json}]");
        }
        else
        {
            copy._document.Append([Plugins], json);
        }

        return copy;
    }

    /// <summary>Without our plugin.</summary>
    /// <param name="entry">Our entry.</param>
    /// <param name="keepsList">True to leave an empty list behind: it was there before.</param>
    public OpenCodeConfig Without(string entry, bool keepsList)
    {
        var copy = Copy();
        while (copy._document.Find(Plugins) is { } list && IndexOf(list, entry) is var index and >= 0)
        {
            if (list.Items.Count == 1 && !keepsList)
            {
                copy._document.Remove(Plugins);
            }
            else
            {
                copy._document.Remove(Plugins, index);
            }
        }

        return copy;
    }

    private OpenCodeConfig Copy() => new(JsoncDocument.Parse(Bytes));

    private static int IndexOf(JsoncValue list, string entry)
    {
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (NameOf(list.Items[index].Value) == entry)
            {
                return index;
            }
        }

        return -1;
    }

    // A plugin is its name, or a list of its name and its options.
    private static string? NameOf(JsoncValue value) => value.Kind switch
    {
        JsonValueKind.String => value.Text,
        JsonValueKind.Array when value.Items is [var first, ..] && first.Value.Kind == JsonValueKind.String => first.Value.Text,
        _ => null,
    };
}
