using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Core.Jsonc;

namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>
/// The text of Claude Code's settings file, with our entries put in or taken out; everything else in it stays as it is,
/// byte for byte.
/// </summary>
internal sealed class ClaudeSettings
{
    private const string Plugins = "enabledPlugins";
    private const string Marketplaces = "extraKnownMarketplaces";
    private const string Hooks = "hooks";

    // The client leaves these behind empty when it takes our entries out; with nothing in them they say nothing.
    private static readonly string[] NothingWhenEmpty = [Plugins, Marketplaces, Hooks];

    private readonly JsoncDocument _document;

    private ClaudeSettings(JsoncDocument document) => _document = document;

    /// <summary>The bytes of the file.</summary>
    public byte[] Bytes => _document.ToBytes();

    /// <summary>The text, for showing.</summary>
    public string Text => TextOf(Bytes);

    /// <summary>True when Claude Code can read it: it takes no comments and no trailing commas.</summary>
    public bool IsStrict
    {
        get
        {
            try
            {
                using var strict = JsonDocument.Parse(Text);
                return true;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }

    /// <summary>True when it says nothing at all, not even in a comment.</summary>
    public bool IsEmpty => Comments().Count == 0 && Meaning(_document.Root).Count == 0;

    /// <summary>True when the user has switched all hooks off.</summary>
    public bool HooksAreOff => _document.Find("disableAllHooks")?.Kind == JsonValueKind.True;

    /// <summary>The directory that the marketplace of our name is loaded from; null when there is none.</summary>
    public string? MarketplaceDirectory => OurEntries.DirectoryOf(_document.Find(Marketplaces, ClaudeLayout.PluginName));

    /// <summary>Reads a settings file; a missing or empty one is an empty object.</summary>
    /// <exception cref="InstallRefusedException">It is not a JSON object, comments and trailing commas aside.</exception>
    public static ClaudeSettings Parse(UserFile file)
    {
        if (string.IsNullOrWhiteSpace(TextOf(file.Bytes)))
        {
            return new(JsoncDocument.Parse("{\n}\n"));
        }

        try
        {
            var document = JsoncDocument.Parse(file.Bytes);
            CheckShape(document, file.Path);
            return new(document);
        }
        catch (JsoncException problem)
        {
            throw new InstallRefusedException(
                $"{file.Path} is not valid JSON ({problem.Message}). It was left as it is and nothing was changed. "
                + "Mend it (Claude Code ignores such a file whole) and run the command again.");
        }
    }

    /// <summary>The text of a settings file's bytes, without its byte order mark.</summary>
    public static string TextOf(byte[]? bytes) => bytes is null ? "" : Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');

    /// <summary>With our marketplace and our plugin switched on.</summary>
    public ClaudeSettings WithPlugin(string directory) => Edit(document =>
    {
        var source = $$$"""{"source":{"source":"directory","path":"{{{JsonEncodedText.Encode(directory, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}}"}}""";
        document.Set([Marketplaces, ClaudeLayout.PluginName], source);
        document.Set([Plugins, ClaudeLayout.PluginId], "true");
    });

    /// <summary>With the entries of a plugin's hooks.json among the hooks.</summary>
    public ClaudeSettings WithHooks(byte[] hooksJson) => Edit(document =>
    {
        foreach (var (name, entry) in HookEntries.Of(hooksJson))
        {
            if (document.Find(Hooks, name) is null)
            {
                document.Set([Hooks, name], $"[{entry}]");
            }
            else
            {
                document.Append([Hooks, name], entry);
            }
        }
    });

    /// <summary>Without our entries; what they alone were in goes with them.</summary>
    public ClaudeSettings Without(OurEntries ours) => Edit(document =>
    {
        if (ours.IsMarketplace(document.Find(Marketplaces, ClaudeLayout.PluginName)))
        {
            RemoveWithEmpty(document, Marketplaces, ClaudeLayout.PluginName);
            RemoveWithEmpty(document, Plugins, ClaudeLayout.PluginId);
        }

        while (OurFirstHook(document, ours) is { } path)
        {
            document.Remove(path);
        }
    });

    /// <summary>True when both say the same, however they are written.</summary>
    public bool MeansTheSameAs(ClaudeSettings other)
    {
        var (mine, theirs) = (Meaning(_document.Root), Meaning(other._document.Root));
        return mine.Count == theirs.Count
            && mine.All(member => theirs.TryGetValue(member.Key, out var value) && JsoncDocument.SameValue(member.Value, value));
    }

    /// <summary>True when this is <paramref name="original"/> written anew, as the client does: it says the same and no comment came to it.</summary>
    public bool IsFormattedFrom(ClaudeSettings original) =>
        MeansTheSameAs(original) && Comments().IsSubsetOf(original.Comments());

    private static void CheckShape(JsoncDocument document, string path)
    {
        var asExpected = document.Root.Kind == JsonValueKind.Object
            && NothingWhenEmpty.All(name => document.Find(name) is null or { Kind: JsonValueKind.Object })
            && (document.Find(Hooks)?.Items ?? []).All(one => one.Value.Kind == JsonValueKind.Array);
        if (!asExpected)
        {
            throw new InstallRefusedException(
                $"{path} is not laid out as Claude Code's settings are: it must be one object, with objects in {Plugins}, {Marketplaces} and {Hooks}, "
                + "and an array for each event. It was left as it is and nothing was changed.");
        }
    }

    private static Dictionary<string, JsoncValue> Meaning(JsoncValue root) =>
        root.Items.GroupBy(item => item.Name!, item => item.Value, StringComparer.Ordinal)
            .Select(group => (Name: group.Key, Value: group.Last()))
            .Where(member => !(NothingWhenEmpty.Contains(member.Name) && member.Value is { Kind: JsonValueKind.Object, Items.Count: 0 }))
            .ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    private static void RemoveWithEmpty(JsoncDocument document, string container, string name)
    {
        if (document.Find(container) is { Items.Count: 1 } && document.Find(container, name) is not null)
        {
            document.Remove(container);
        }
        else
        {
            document.Remove(container, name);
        }
    }

    // The path to one hook of ours, or to the entry, the event or the member that it alone is in; null when none is left.
    private static JsoncStep[]? OurFirstHook(JsoncDocument document, OurEntries ours)
    {
        foreach (var one in document.Find(Hooks)?.Items ?? [])
        {
            for (var entry = 0; entry < one.Value.Items.Count; entry++)
            {
                var hooks = one.Value.Items[entry].Value[Hooks]?.Items ?? [];
                for (var hook = 0; hook < hooks.Count; hook++)
                {
                    if (ours.IsHook(hooks[hook].Value))
                    {
                        return hooks.Count > 1 ? [Hooks, one.Name!, entry, Hooks, hook]
                            : one.Value.Items.Count > 1 ? [Hooks, one.Name!, entry]
                            : document.Find(Hooks)!.Items.Count > 1 ? [Hooks, one.Name!]
                            : [Hooks];
                    }
                }
            }
        }

        return null;
    }

    private ClaudeSettings Edit(Action<JsoncDocument> edit)
    {
        var copy = JsoncDocument.Parse(Bytes);
        edit(copy);
        return new(copy);
    }

    private HashSet<string> Comments()
    {
        var comments = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(Text), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true, MaxDepth = 200 });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Comment)
            {
                comments.Add(reader.GetComment().Trim());
            }
        }

        return comments;
    }
}
