using System.Text;
using System.Text.Json;

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

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    // The client leaves these behind empty when it takes our entries out; with nothing in them they say nothing.
    private static readonly string[] NothingWhenEmpty = [Plugins, Marketplaces, Hooks];

    private readonly byte[] _mark;
    private readonly byte[] _body;

    private ClaudeSettings(byte[] mark, byte[] body) => (_mark, _body) = (mark, body);

    /// <summary>The bytes of the file.</summary>
    public byte[] Bytes => [.. _mark, .. _body];

    /// <summary>The text, for showing.</summary>
    public string Text => Encoding.UTF8.GetString(_body);

    /// <summary>True when Claude Code can read it: it takes no comments and no trailing commas.</summary>
    public bool IsStrict
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(_body);
                return true;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }

    /// <summary>True when it says nothing at all, not even in a comment.</summary>
    public bool IsEmpty
    {
        get
        {
            using var document = JsonDocument.Parse(_body, Lenient);
            return Comments().Count == 0 && !Meaningful(document.RootElement).Any();
        }
    }

    /// <summary>True when the user has switched all hooks off.</summary>
    public bool HooksAreOff
    {
        get
        {
            using var document = JsonDocument.Parse(_body, Lenient);
            return document.RootElement.TryGetProperty("disableAllHooks", out var off) && off.ValueKind == JsonValueKind.True;
        }
    }

    /// <summary>The directory that the marketplace of our name is loaded from; null when there is none.</summary>
    public string? MarketplaceDirectory
    {
        get
        {
            using var document = JsonDocument.Parse(_body, Lenient);
            return document.RootElement.TryGetProperty(Marketplaces, out var all)
                && all.ValueKind == JsonValueKind.Object
                && all.TryGetProperty(ClaudeLayout.PluginName, out var ours)
                ? OurEntries.DirectoryOf(ours)
                : null;
        }
    }

    /// <summary>Reads a settings file; a missing or empty one is an empty object.</summary>
    /// <exception cref="InstallRefusedException">It is not a JSON object, comments and trailing commas aside.</exception>
    public static ClaudeSettings Parse(UserFile file)
    {
        var bytes = file.Bytes ?? [];
        byte[] mark = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[..3] : [];
        var body = bytes[mark.Length..];
        if (body.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return new(mark, "{\n}\n"u8.ToArray());
        }

        try
        {
            using var document = JsonDocument.Parse(body, Lenient);
            CheckShape(document.RootElement, file.Path);
            return new(mark, body);
        }
        catch (JsonException problem)
        {
            throw new InstallRefusedException(
                $"{file.Path} is not valid JSON (line {problem.LineNumber + 1}). It was left as it is and nothing was changed. "
                + "Mend it (Claude Code ignores such a file whole) and run the command again.");
        }
    }

    /// <summary>The text of a settings file's bytes, without its byte order mark.</summary>
    public static string TextOf(byte[]? bytes) => bytes is null ? "" : Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');

    /// <summary>With our marketplace and our plugin switched on.</summary>
    public ClaudeSettings WithPlugin(string directory) => Edit(text =>
    {
        var source = $$$"""{"source":{"source":"directory","path":"{{{JsonEncodedText.Encode(directory)}}}"}}""";
        AddTo(text, Marketplaces, ClaudeLayout.PluginName, source);
        AddTo(text, Plugins, ClaudeLayout.PluginId, "true");
    });

    /// <summary>With the entries of a plugin's hooks.json among the hooks.</summary>
    public ClaudeSettings WithHooks(byte[] hooksJson) => Edit(text =>
    {
        foreach (var (name, entry) in HookEntries.Of(hooksJson))
        {
            if (text.Root[Hooks]?[name] is { } entries)
            {
                text.Add(entries, null, entry);
            }
            else
            {
                AddTo(text, Hooks, name, $"[{entry}]");
            }
        }
    });

    /// <summary>Without our entries; what they alone were in goes with them.</summary>
    public ClaudeSettings Without(OurEntries ours) => Edit(text =>
    {
        if (text.Root[Marketplaces] is { } marketplaces
            && marketplaces.Children.FirstOrDefault(child => child.Name == ClaudeLayout.PluginName) is { } ourMarketplace
            && Matches(text, ourMarketplace.Value, ours.IsMarketplace))
        {
            text.Remove(marketplaces, ourMarketplace);
            RemoveIfEmpty(text, Marketplaces);
            if (text.Root[Plugins] is { } plugins && plugins.Children.FirstOrDefault(child => child.Name == ClaudeLayout.PluginId) is { } plugin)
            {
                text.Remove(plugins, plugin);
                RemoveIfEmpty(text, Plugins);
            }
        }

        while (TryRemoveHook(text, ours))
        {
        }
    });

    /// <summary>True when both say the same, however they are written.</summary>
    public bool MeansTheSameAs(ClaudeSettings other)
    {
        using var left = JsonDocument.Parse(_body, Lenient);
        using var right = JsonDocument.Parse(other._body, Lenient);
        var (mine, theirs) = (Meaningful(left.RootElement).ToList(), Meaningful(right.RootElement).ToList());
        return mine.Count == theirs.Count
            && mine.All(member => right.RootElement.TryGetProperty(member.Name, out var value) && JsonElement.DeepEquals(member.Value, value));
    }

    /// <summary>True when this is <paramref name="original"/> written anew, as the client does: it says the same and no comment came to it.</summary>
    public bool IsFormattedFrom(ClaudeSettings original) =>
        MeansTheSameAs(original) && Comments().All(original.Comments().Contains);

    private static void CheckShape(JsonElement root, string path)
    {
        var asExpected = root.ValueKind == JsonValueKind.Object
            && IsAbsentOr(root, Plugins, JsonValueKind.Object)
            && IsAbsentOr(root, Marketplaces, JsonValueKind.Object)
            && IsAbsentOr(root, Hooks, JsonValueKind.Object)
            && (!root.TryGetProperty(Hooks, out var hooks) || hooks.EnumerateObject().All(one => one.Value.ValueKind == JsonValueKind.Array));
        if (!asExpected)
        {
            throw new InstallRefusedException(
                $"{path} is not laid out as Claude Code's settings are: it must be one object, with objects in {Plugins}, {Marketplaces} and {Hooks}, "
                + "and an array for each event. It was left as it is and nothing was changed.");
        }
    }

    private static bool IsAbsentOr(JsonElement root, string name, JsonValueKind kind) =>
        !root.TryGetProperty(name, out var value) || value.ValueKind == kind;

    private static IEnumerable<JsonProperty> Meaningful(JsonElement root) =>
        root.EnumerateObject().Where(member =>
            !(NothingWhenEmpty.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object && !member.Value.EnumerateObject().Any()));

    // Puts a member into an object of the root that may not be there yet.
    private static void AddTo(JsoncEditor text, string name, string member, string json)
    {
        if (text.Root[name] is { } container)
        {
            text.Add(container, member, json);
        }
        else
        {
            text.Add(text.Root, name, $"{{{JsonName(member)}:{json}}}");
        }
    }

    private static string JsonName(string name) => $"\"{JsonEncodedText.Encode(name)}\"";

    private static void RemoveIfEmpty(JsoncEditor text, string name)
    {
        if (text.Root.Children.FirstOrDefault(child => child.Name == name) is { Value.Children.Count: 0 } empty)
        {
            text.Remove(text.Root, empty);
        }
    }

    // Takes out one hook of ours with the entry, the event and the member that it alone was in; false when none is left.
    private static bool TryRemoveHook(JsoncEditor text, OurEntries ours)
    {
        var root = text.Root;
        foreach (var (events, one, entry, hooks, hook) in
            from events in root.Children
            where events.Name == Hooks
            from one in events.Value.Children
            from entry in one.Value.Children
            from hooks in entry.Value.Children
            where hooks.Name == Hooks
            from hook in hooks.Value.Children
            where Matches(text, hook.Value, ours.IsHook)
            select (events, one, entry, hooks, hook))
        {
            if (hooks.Value.Children.Count > 1)
            {
                text.Remove(hooks.Value, hook);
            }
            else if (one.Value.Children.Count > 1)
            {
                text.Remove(one.Value, entry);
            }
            else if (events.Value.Children.Count > 1)
            {
                text.Remove(events.Value, one);
            }
            else
            {
                text.Remove(root, events);
            }

            return true;
        }

        return false;
    }

    private static bool Matches(JsoncEditor text, JsoncNode node, Func<JsonElement, bool> predicate)
    {
        using var document = JsonDocument.Parse(text.Text.AsMemory(node.Start, node.End - node.Start), Lenient);
        return predicate(document.RootElement);
    }

    private ClaudeSettings Edit(Action<JsoncEditor> edit)
    {
        var text = new JsoncEditor(_body);
        edit(text);
        return new(_mark, text.Text);
    }

    private HashSet<string> Comments()
    {
        var comments = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(_body, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true });
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
