using System.Buffers;

namespace Cairn.Core.Redaction;

/// <summary>Judges whether what stands behind a secret's name is the secret itself, or code, a type, a placeholder.</summary>
internal static class SecretValue
{
    private static readonly SearchValues<char> MaskCharacters = SearchValues.Create("*xX.•#-_?");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Harmless =
        ("true false null nil none undefined void string str text bytes byte number int integer bool boolean object any unknown never " +
         "uint8array uint16array uint32array int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 bytes32 base64 base64url base32 " +
         "utf8 utf16 sha1 sha256 sha384 sha512 md5 bcrypt scrypt argon2 argon2i argon2id pbkdf2 oauth oauth2 ed25519 secp256k1 rs256 hs256 " +
         "es256 x509 aes256 varchar2 nvarchar2 required optional redacted private hidden masked password passwd token secret basic bearer " +
         "digest yes no on off default empty todo changed unchanged")
        .Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] Schemes = ["Bearer", "Basic", "Token", "ApiKey", "Digest", "Negotiate"];

    /// <summary>True when a quoted string under a name of this strength is a secret.</summary>
    public static bool IsQuotedSecret(ReadOnlySpan<char> value, KeyStrength strength) =>
        !IsPlaceholder(value)
        && (strength == KeyStrength.Strong ? !IsProse(value) : value.Length >= 8 && LooksRandom(value) && !value.Contains(' '));

    /// <summary>True when a bare word under a name of this strength is a secret, where it could as well be code.</summary>
    public static bool IsBareSecret(ReadOnlySpan<char> value, KeyStrength strength) =>
        value.Length >= (strength == KeyStrength.Strong ? 6 : 12)
        && !IsPlaceholder(value)
        && LooksRandom(value)
        && !IsCode(value);

    /// <summary>True when a bare word is a secret in a place where no code can stand: an environment file, a query, a connection string.</summary>
    public static bool IsLiteralSecret(ReadOnlySpan<char> value, KeyStrength strength) =>
        !IsPlaceholder(value)
        && !IsCall(value)
        && (strength == KeyStrength.Strong || value.Length >= 6);

    /// <summary>True when it could only have been made by a machine or by a careful person: letters with digits, or a long wild mix of cases.</summary>
    public static bool LooksRandom(ReadOnlySpan<char> value)
    {
        var upper = value.ContainsAnyInRange('A', 'Z');
        var lower = value.ContainsAnyInRange('a', 'z');
        return value.ContainsAnyInRange('0', '9') ? upper || lower || value.Length >= 8 : upper && lower && value.Length >= 20 && IsWild(value);
    }

    /// <summary>True for an absolute path.</summary>
    public static bool IsPath(ReadOnlySpan<char> value) =>
        value is ['/', ..] or ['~', '/', ..] or ['.'] or ['.', '/', ..] or [_, ':', '\\', ..] or [_, ':', '/', ..] or ['\\', '\\', ..];

    /// <summary>Length of an authentication scheme and the spaces behind it at the start of a header's value; 0 when there is none.</summary>
    public static int SchemeLength(ReadOnlySpan<char> value)
    {
        foreach (var scheme in Schemes)
        {
            if (value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                var rest = value[scheme.Length..];
                var credentials = rest.TrimStart(' ');
                return credentials.Length < rest.Length ? value.Length - credentials.Length : 0;
            }
        }

        return 0;
    }

    private static bool IsPlaceholder(ReadOnlySpan<char> value) =>
        value.IsEmpty
        || IsEnclosed(value)
        || value.StartsWith("[redacted]", StringComparison.Ordinal)
        || value.StartsWith("[private]", StringComparison.Ordinal)
        || IsReference(value)
        || Harmless.Contains(value)
        || value.StartsWith("your", StringComparison.OrdinalIgnoreCase)
        || value.Contains("-your-", StringComparison.OrdinalIgnoreCase)
        || value.EndsWith("...", StringComparison.Ordinal)
        || value.EndsWith("\u2026", StringComparison.Ordinal)
        || !value.ContainsAnyExcept(MaskCharacters);

    private static bool IsEnclosed(ReadOnlySpan<char> value) => value is ['<', .., '>'] or ['{', .., '}'] or ['[', .., ']'];

    // $NAME, ${NAME}, $(command), %NAME%, %s, {{ name }}
    private static bool IsReference(ReadOnlySpan<char> value) => value switch
    {
        ['$', '{' or '(', ..] or ['%', 's' or 'd' or 'v' or 'q'] or ['#', '{', ..] => true,
        ['$', .. var name] => IsName(name),
        ['%', .. var name, '%'] => IsName(name),
        _ => value.Contains("{{", StringComparison.Ordinal) || value.Contains("${", StringComparison.Ordinal),
    };

    private static bool IsName(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or ':'))
            {
                return false;
            }
        }

        return value.IsEmpty || !char.IsAsciiDigit(value[0]);
    }

    private static bool IsProse(ReadOnlySpan<char> value) => value.Contains(' ') && !value.ContainsAnyInRange('0', '9');

    private static bool IsCall(ReadOnlySpan<char> value) => value.IndexOf('(') is var open and > 0 && IsName(value[..open]);

    // "config.password2", "os.environ/KEY2", "AzureCredentialV2Options": names that code is made of have few digits, and humps.
    private static bool IsCode(ReadOnlySpan<char> value) =>
        IsName(value) && DigitsOf(value) <= 3 && (value.Contains('.') || (value.ContainsAnyInRange('A', 'Z') && value.Length >= 8 && !IsWild(value)));

    // In a random text the kind of character changes at six of ten places; in a name of several words at three.
    private static bool IsWild(ReadOnlySpan<char> value)
    {
        var changes = 0;
        for (var i = 1; i < value.Length; i++)
        {
            changes += KindOf(value[i]) != KindOf(value[i - 1]) ? 1 : 0;
        }

        return changes * 10 >= (value.Length - 1) * 4;

        static int KindOf(char c) => char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : 2;
    }

    private static int DigitsOf(ReadOnlySpan<char> value)
    {
        var digits = 0;
        foreach (var c in value)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits;
    }
}
