using System.Buffers;

namespace Cairn.Core.Redaction;

/// <summary>
/// Finds the value that is given to a secret's name: <c>KEY=value</c>, <c>"key": "value"</c>, <c>--password value</c>,
/// <c>;Pwd=value;</c>, <c>?token=value</c>, <c>&lt;password&gt;value&lt;/password&gt;</c>, a header.
/// </summary>
internal static class Assignment
{
    /// <summary>Parts of names where the look begins; every secret name of more than one letter case or style holds one.</summary>
    public static readonly string[] Anchors =
    [
        "passw", "passphrase", "passcode", "pwd", "_pass", "secret", "token", "credential", "auth", "cookie", "_key", "-key", "apikey",
        "accesskey", "privatekey", "signingkey", "encryptionkey", "masterkey", "accountkey", "sharedkey", "servicekey",
    ];

    private const int LongestName = 64;
    private const int LongestGap = 32;
    private const int LongestValue = 4096;
    private const int LookBack = 256;

    private static readonly SearchValues<char> BareEnd = SearchValues.Create(" \t\r\n\"'`,;<>()[]{}|\\");
    private static readonly SearchValues<char> EnvironmentEnd = SearchValues.Create(" \t\r\n\"'`;|&\\");
    private static readonly SearchValues<char> QueryEnd = SearchValues.Create(" \t\r\n\"'`&#<>()[]{}|\\;");
    private static readonly SearchValues<char> ConnectionEnd = SearchValues.Create("\r\n\"'`;<>\\");

    private static readonly SearchValues<string> ConnectionWords = SearchValues.Create(
        ["server=", "data source=", "host=", "user id=", "uid=", "user=", "username=", "accountname=", "endpoint=", "database=", "initial catalog="],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> WordsAfterFlag = SearchValues.Create([" is ", " to ", " or "], StringComparison.Ordinal);

    private enum Joint
    {
        None,
        Equals,
        Colon,
        Space,
        Tag,
    }

    /// <summary>The value given to the name that stands around <paramref name="hit"/>, if that name is a secret's.</summary>
    public static Finding Find(ReadOnlySpan<char> text, int hit)
    {
        var (start, end) = NameAround(text, hit);
        var name = text[start..end];
        if (end - start > LongestName || SecretKeyName.Judge(name) is var strength && strength == KeyStrength.None)
        {
            return default;
        }

        var flag = start > 0 && name.Length > 2 && name[0] == '-' && name.TrimStart('-').Length > 0;
        var at = SkipClosing(text, end);
        var gap = SkipSpaces(text, at);
        var (joint, value) = ReadJoint(text, at, gap, name, strength);
        if (joint == Joint.Space && flag)
        {
            return FlagValue(text, value);
        }

        return joint switch
        {
            Joint.None => default,
            Joint.Tag => start > 0 && text[start - 1] == '<' ? TagValue(text, value) : default,
            Joint.Space => SpacedValue(text, start, name, value),
            _ => AssignedValue(text, start, name, strength, joint, gap == at, SkipSpaces(text, value)),
        };
    }

    private static (int Start, int End) NameAround(ReadOnlySpan<char> text, int hit)
    {
        var (start, end) = (hit, hit);
        while (start > 0 && hit - start <= LongestName && IsNamePart(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && end - hit <= LongestName && IsNamePart(text[end]))
        {
            end++;
        }

        return (start, end);
    }

    // Behind the name: its closing quote (escaped in JSON within JSON), the bracket of an index, the mark of an optional member.
    private static int SkipClosing(ReadOnlySpan<char> text, int at)
    {
        at += At(text, at) == '\\' && At(text, at + 1) is '"' or '\'' ? 1 : 0;
        at += At(text, at) is '"' or '\'' or '`' ? 1 : 0;
        at += At(text, at) is ']' or '?' ? 1 : 0;
        return at;
    }

    private static (Joint Joint, int Value) ReadJoint(ReadOnlySpan<char> text, int at, int gap, ReadOnlySpan<char> name, KeyStrength strength) =>
        (At(text, gap), At(text, gap + 1)) switch
        {
            ('=', '=' or '~') or (':', ':') => (Joint.None, 0),
            ('=', '>') => (Joint.Colon, gap + 2),
            (':', '=') => (Joint.Colon, gap + 2),
            ('=', _) => (Joint.Equals, gap + 1),
            (':', _) => (Joint.Colon, gap + 1),
            ('>', _) when gap == at && strength == KeyStrength.Strong => (Joint.Tag, gap + 1),
            _ when gap > at && IsNamePart(text[at - 1]) => (Joint.Space, gap),
            _ => (Joint.None, 0),
        };

    private static Finding AssignedValue(
        ReadOnlySpan<char> text, int start, ReadOnlySpan<char> name, KeyStrength strength, Joint joint, bool tight, int at)
    {
        var quote = QuoteAt(text, SkipAnnotation(text, at));
        if (quote.Length > 0)
        {
            return QuotedValue(text, quote, name, strength);
        }

        var scheme = SecretValue.SchemeLength(text.Slice(at, Math.Min(LongestGap, text.Length - at)));
        at += scheme;
        tight &= joint == Joint.Equals && at == text[..at].TrimEnd(' ').Length;
        var before = At(text, start - 1);
        if (tight && before is '?' or '&')
        {
            var query = Run(text, at, QueryEnd);
            return SecretValue.IsLiteralSecret(query, strength) ? new(at, at + query.Length) : default;
        }

        if (joint == Joint.Equals && strength == KeyStrength.Strong && InConnectionString(text, start))
        {
            var part = Run(text, at, ConnectionEnd);
            return SecretValue.IsLiteralSecret(part, strength) ? new(at, at + part.Length) : default;
        }

        var environment = (tight && IsScreaming(name)) || (tight && name[0] == '-');
        var value = Run(text, at, environment ? EnvironmentEnd : BareEnd);
        if (value.IsEmpty || (SecretKeyName.MayNameDirectory(name) && SecretValue.IsPath(value)))
        {
            return default;
        }

        var called = At(text, at + value.Length) is '(' or '[';
        var secret = environment ? SecretValue.IsLiteralSecret(value, strength)
            : !called && SecretValue.IsBareSecret(value, scheme > 0 ? KeyStrength.Strong : strength);
        return secret ? new(at, at + value.Length) : default;
    }

    private static Finding QuotedValue(ReadOnlySpan<char> text, Quote quote, ReadOnlySpan<char> name, KeyStrength strength)
    {
        var start = quote.Start + quote.Length;
        var end = quote.FindClosing(text, LongestValue);
        var value = text[start..end];
        if (quote.Interpolated && value.Contains('{'))
        {
            return default;
        }

        var scheme = SecretValue.SchemeLength(value);
        if (scheme > 0)
        {
            return SecretValue.LooksRandom(value[scheme..]) && SecretValue.IsQuotedSecret(value[scheme..], KeyStrength.Strong)
                ? new(start + scheme, end)
                : default;
        }

        return SecretValue.IsQuotedSecret(value, strength) && !(SecretKeyName.MayNameDirectory(name) && SecretValue.IsPath(value))
            ? new(start, end)
            : default;
    }

    private static Finding FlagValue(ReadOnlySpan<char> text, int at)
    {
        var quote = QuoteAt(text, at);
        if (quote.Length > 0)
        {
            return QuotedValue(text, quote, default, KeyStrength.Strong);
        }

        var value = Run(text, at, EnvironmentEnd);
        var code = value.IsEmpty || !(char.IsAsciiLetterOrDigit(value[0]) || value[0] is '_' or '!' or '#' or '@' or '+' or '/' or '%');
        var prose = !value.ContainsAnyInRange('0', '9')
            && (value.ContainsAny(",.)") || FollowsLikeProse(text, at + value.Length) || IsEverydayWord(value));
        return code || prose || !SecretValue.IsLiteralSecret(value, KeyStrength.Strong) ? default : new(at, at + value.Length);
    }

    // "password 'x'" of SQL, and "login x password y" of a .netrc file.
    private static Finding SpacedValue(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> name, int at)
    {
        if (!name.Equals("password", StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        if (At(text, at) == '\'')
        {
            return QuotedValue(text, QuoteAt(text, at), name, KeyStrength.Strong);
        }

        var before = text[Math.Max(0, start - LookBack)..start];
        var value = Run(text, at, EnvironmentEnd);
        return before.Contains("machine ", StringComparison.Ordinal)
            && before.Contains("login ", StringComparison.Ordinal)
            && SecretValue.IsLiteralSecret(value, KeyStrength.Strong)
            ? new(at, at + value.Length)
            : default;
    }

    private static Finding TagValue(ReadOnlySpan<char> text, int at)
    {
        var value = Run(text, at, BareEnd);
        return At(text, at + value.Length) == '<' && SecretValue.IsLiteralSecret(value, KeyStrength.Strong)
            ? new(at, at + value.Length)
            : default;
    }

    // "password: str = " of an annotated declaration: the value stands behind the type.
    private static int SkipAnnotation(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LongestGap && (char.IsAsciiLetter(text[end]) || text[end] is '.' or '|' or '?' or '&'))
        {
            end++;
        }

        var sign = SkipSpaces(text, end);
        var behind = SkipSpaces(text, sign + 1);
        return end > at && At(text, sign) == '=' && QuoteAt(text, behind).Length > 0 ? behind : at;
    }

    private static Quote QuoteAt(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (At(text, start) is 'b' or 'f' or 'r' or 'u' or 'L' or '@' or '$' && start - at < 2)
        {
            start++;
        }

        var escaped = At(text, start) == '\\';
        return At(text, start + (escaped ? 1 : 0)) is '"' or '\'' or '`'
            ? new(start, escaped ? 2 : 1, Interpolated: text[at..start].ContainsAny('f', '$'))
            : default;
    }

    private static bool InConnectionString(ReadOnlySpan<char> text, int start)
    {
        var before = text[Math.Max(0, start - LookBack)..start];
        before = before[(before.LastIndexOfAny('\r', '\n') + 1)..];
        return before.TrimEnd(' ').EndsWith(";", StringComparison.Ordinal) && before.ContainsAny(ConnectionWords);
    }

    private static bool FollowsLikeProse(ReadOnlySpan<char> text, int at) =>
        text.Slice(at, Math.Min(LongestGap, text.Length - at)).IndexOfAny(WordsAfterFlag) == 0;

    private static bool IsEverydayWord(ReadOnlySpan<char> value) =>
        value is "a" or "an" or "and" or "are" or "argument" or "arguments" or "as" or "at" or "be" or "but" or "by" or "can" or "flag" or "flags"
            or "for" or "from" or "has" or "if" or "in" or "instead" or "is" or "it" or "must" or "not" or "of" or "on" or "option" or "options"
            or "or" or "parameter" or "requires" or "set" or "should" or "so" or "that" or "the" or "to" or "value" or "via" or "was" or "when"
            or "which" or "will" or "with" or "without";

    private static bool IsScreaming(ReadOnlySpan<char> name) => !name.ContainsAnyInRange('a', 'z') && name.ContainsAnyInRange('A', 'Z');

    private static ReadOnlySpan<char> Run(ReadOnlySpan<char> text, int at, SearchValues<char> ends)
    {
        var rest = text.Slice(at, Math.Min(LongestValue, text.Length - at));
        return rest.IndexOfAny(ends) is var end and >= 0 ? rest[..end] : rest;
    }

    private static int SkipSpaces(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end - at < LongestGap && At(text, end) is ' ' or '\t')
        {
            end++;
        }

        return end;
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static char At(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length ? text[at] : '\0';
}
