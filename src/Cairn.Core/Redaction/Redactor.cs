using System.Text.Json;

namespace Cairn.Core.Redaction;

/// <summary>
/// Takes out of text what must never be stored: what people marked as private, and what looks like a secret. Safe for use by
/// many threads at once; makes nothing on the heap where there is nothing to redact; never throws, whatever the text.
/// </summary>
public sealed class Redactor
{
    /// <summary>Stands where marked text was.</summary>
    public const string PrivateMark = "[private]";

    /// <summary>Stands where a secret was.</summary>
    public const string SecretMark = "[redacted]";

    /// <summary>Stands where a JSON value was nested deeper than <see cref="DeepestJson"/>.</summary>
    public const string DepthMark = "[too deep]";

    /// <summary>The deepest nesting of objects and arrays that is copied from JSON.</summary>
    public const int DeepestJson = 64;

    private readonly TaggedText _private = new("private", "no-memory", "no_memory");
    private readonly TaggedText _injected = new("cairn-memory");

    /// <summary>
    /// Replaces text between <c>&lt;private&gt;</c>, <c>&lt;no-memory&gt;</c> or <c>&lt;no_memory&gt;</c> tags (any case,
    /// nested; one left open reaches to the end) by <see cref="PrivateMark"/>, and secrets by <see cref="SecretMark"/>: tokens
    /// of known issuers, JSON web tokens, private key blocks, credentials in URLs, headers and connection strings, values
    /// under names that name a secret, and long runs of letters and digits that look drawn at random. The name stays readable. Doing it twice changes nothing.
    /// </summary>
    /// <returns>The same instance when there was nothing to redact.</returns>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Replace(text) ?? text;
    }

    /// <summary>
    /// Removes what Cairn itself put into a conversation: <c>&lt;cairn-memory …&gt;</c> fences with all that they hold; one left
    /// open reaches to the end.
    /// </summary>
    /// <returns>The same instance when there was none.</returns>
    public string StripInjected(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _injected.Replace(text, "") ?? text;
    }

    /// <summary>True when a property of this name holds a secret: <c>password</c>, <c>apiKey</c>, <c>CLIENT_SECRET</c>; not <c>max_tokens</c> or <c>author</c>.</summary>
    public static bool IsSecretKey(ReadOnlySpan<char> name) => SecretKeyName.Judge(name) != KeyStrength.None;

    /// <summary>
    /// Copies the value that the reader stands on (or is about to read) to <paramref name="target"/>, redacting every string and
    /// property name as <see cref="Redact"/> does and replacing strings and numbers under a secret's name by
    /// <see cref="SecretMark"/>. What is nested deeper than <see cref="DeepestJson"/> becomes <see cref="DepthMark"/>; halves of
    /// surrogate pairs become U+FFFD. Afterwards the reader stands on the last token of the value.
    /// </summary>
    /// <exception cref="JsonException">The text is no valid JSON, ends too early, or is deeper than the reader's own limit.</exception>
    public void RedactJson(ref Utf8JsonReader source, Utf8JsonWriter target)
    {
        ArgumentNullException.ThrowIfNull(target);
        new JsonRedaction(this, target).Copy(ref source);
    }

    /// <summary>As <see cref="RedactJson(ref Utf8JsonReader, Utf8JsonWriter)"/>, from a parsed value.</summary>
    public void RedactJson(JsonElement source, Utf8JsonWriter target)
    {
        ArgumentNullException.ThrowIfNull(target);
        new JsonRedaction(this, target).Copy(source);
    }

    /// <summary>The redacted text; null when there was nothing to redact.</summary>
    internal string? Replace(ReadOnlySpan<char> text)
    {
        var marked = _private.Replace(text, PrivateMark);
        return SecretScanner.Replace(marked is null ? text : marked, SecretMark) ?? marked;
    }
}
