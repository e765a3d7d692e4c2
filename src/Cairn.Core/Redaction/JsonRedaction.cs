using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cairn.Core.Redaction;

/// <summary>Copies one JSON value, redacting on the way.</summary>
internal sealed class JsonRedaction(Redactor redactor, Utf8JsonWriter target)
{
    private const int StackLimit = 512;

    // A shorter name can be neither a token nor hold a marked text; most names are shorter.
    private const int LeastTellingName = 14;

    /// <summary>What a name above has said about the values below.</summary>
    private enum Below
    {
        Plain = 0,

        /// <summary>As <see cref="SecretItems"/>, unless it is a path: <c>pwd</c> as often names a directory.</summary>
        SecretUnlessPath,

        /// <summary>The value itself, or the items of an array, are secret.</summary>
        SecretItems,

        /// <summary>Everything is secret, members of objects too.</summary>
        SecretTree,
    }

    /// <summary>Copies a parsed value.</summary>
    public void Copy(JsonElement source)
    {
        // Read again as text: strings in it need not be valid UTF-16, and an element gives those out only as text.
        var options = new JsonReaderOptions
        {
            MaxDepth = int.MaxValue,
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        };
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(source), options);
        Copy(ref reader);
    }

    /// <summary>Copies the value at the reader.</summary>
    public void Copy(ref Utf8JsonReader source)
    {
        if (source.TokenType is JsonTokenType.None or JsonTokenType.PropertyName)
        {
            Advance(ref source);
        }

        Span<Below> levels = stackalloc Below[Redactor.DeepestJson + 1];
        var depth = 0;
        var below = Below.Plain;
        do
        {
            switch (source.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray when depth == Redactor.DeepestJson:
                    source.Skip();
                    target.WriteStringValue(Redactor.DepthMark);
                    break;
                case JsonTokenType.StartObject:
                    target.WriteStartObject();
                    levels[++depth] = below == Below.SecretTree ? below : Below.Plain;
                    break;
                case JsonTokenType.StartArray:
                    target.WriteStartArray();
                    levels[++depth] = below;
                    break;
                case JsonTokenType.EndObject:
                    target.WriteEndObject();
                    depth--;
                    break;
                case JsonTokenType.EndArray:
                    target.WriteEndArray();
                    depth--;
                    break;
                case JsonTokenType.PropertyName:
                    below = CopyName(ref source, levels[depth]);
                    continue;
                default:
                    CopyScalar(ref source, below);
                    break;
            }

            below = levels[depth];
        }
        while (depth > 0 && Advance(ref source));
    }

    private static bool Advance(ref Utf8JsonReader source) =>
        source.Read() ? true : throw new JsonException("The JSON text ends before its value does.");

    private Below CopyName(ref Utf8JsonReader source, Below around)
    {
        var buffer = Rent(source, stackalloc char[StackLimit], out var rented);
        var name = buffer[..Read(in source, buffer)];
        if (name.Length >= LeastTellingName && redactor.Replace(name) is { } redacted)
        {
            target.WritePropertyName(redacted);
        }
        else
        {
            target.WritePropertyName(name);
        }

        var below = around == Below.SecretTree ? around : SecretKeyName.Judge(name) switch
        {
            KeyStrength.Strong when SecretKeyName.MayNameDirectory(name) => Below.SecretUnlessPath,
            KeyStrength.Strong => Below.SecretTree,
            KeyStrength.Weak => Below.SecretItems,
            _ => Below.Plain,
        };
        Return(rented);
        return below;
    }

    private void CopyScalar(ref Utf8JsonReader source, Below below)
    {
        switch (source.TokenType)
        {
            case JsonTokenType.String:
                CopyString(ref source, below);
                break;
            case JsonTokenType.Number when below != Below.Plain:
                target.WriteStringValue(Redactor.SecretMark);
                break;
            case JsonTokenType.Number:
                target.WriteRawValue(source.HasValueSequence ? source.ValueSequence.ToArray() : source.ValueSpan, skipInputValidation: true);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                target.WriteBooleanValue(source.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.Null:
                target.WriteNullValue();
                break;
        }
    }

    private void CopyString(ref Utf8JsonReader source, Below below)
    {
        var buffer = Rent(source, stackalloc char[StackLimit], out var rented);
        var value = buffer[..Read(in source, buffer)];
        if (below != Below.Plain && value.Length > 0 && !(below == Below.SecretUnlessPath && SecretValue.IsPath(value)))
        {
            target.WriteStringValue(Redactor.SecretMark);
        }
        else if (redactor.Replace(value) is { } redacted)
        {
            target.WriteStringValue(redacted);
        }
        else
        {
            target.WriteStringValue(value);
        }

        Return(rented);
    }

    private static int Read(ref readonly Utf8JsonReader source, scoped Span<char> buffer)
    {
        try
        {
            return source.CopyString(buffer);
        }
        catch (InvalidOperationException)
        {
            return JsonText.Unescape(source.HasValueSequence ? source.ValueSequence.ToArray() : source.ValueSpan, buffer);
        }
    }

    private static Span<char> Rent(in Utf8JsonReader source, Span<char> small, out char[]? rented)
    {
        var length = source.HasValueSequence ? checked((int)source.ValueSequence.Length) : source.ValueSpan.Length;
        rented = length <= small.Length ? null : ArrayPool<char>.Shared.Rent(length);
        return rented is null ? small : rented;
    }

    private static void Return(char[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }
}
