using System.Buffers;
using System.Text;

namespace Cairn.Core.Redaction;

/// <summary>
/// Finds secrets in one pass: jumps (vectorised) from one telling literal to the next and looks closely only there. Every
/// look is bounded, so the time is linear in the length of the text whatever it holds.
/// </summary>
internal static class SecretScanner
{
    private const string KeyBlock = "-----BEGIN ";
    private const string KeyBlockEnd = "-----END ";
    private const string Authority = "://";
    private const string Jwt = "eyJ";
    private const string Bearer = "bearer ";

    // "SECRET=x": nothing that we know is shorter.
    private const int LeastText = 8;
    private const int LongestKeyBlock = 32 * 1024;
    private const int LongestAuthority = 512;
    private const int LeastBearer = 16;
    private const int LeastJwtPart = 10;

    private static readonly AnchorSearch Shapes = new([KeyBlock, Authority, Jwt, .. TokenShape.Anchors], StringComparison.Ordinal);

    private static readonly AnchorSearch Names = new(
        [Bearer, "&sig=", "?sig=", "x-amz-signature=", .. Assignment.Anchors], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private static readonly SearchValues<char> Credentials =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~+/=");

    private static readonly SearchValues<char> KeyBody =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\\ \t\r\n:,-");

    private static readonly SearchValues<char> AuthorityEnd = SearchValues.Create("/?#\\ \t\r\n\"'`<>|,;()[]");

    /// <summary>Puts <paramref name="replacement"/> in the place of every secret; null when there is none.</summary>
    public static string? Replace(ReadOnlySpan<char> text, string replacement)
    {
        if (text.Length < LeastText)
        {
            return null;
        }

        StringBuilder? output = null;
        Span<int> shapes = stackalloc int[Shapes.Count];
        Span<int> names = stackalloc int[Names.Count];
        shapes.Fill(-1);
        names.Fill(-1);
        var (copied, at) = (0, 0);
        var wild = WildRun.Find(text, 0);
        while (true)
        {
            if (wild.Found && wild.Start < copied)
            {
                wild = WildRun.Find(text, copied);
            }

            var shape = Shapes.Next(text, at, shapes);
            var name = Names.Next(text, at, names);
            at = Math.Min(shape, Math.Min(name, wild.Found ? wild.Start : int.MaxValue));
            if (at == int.MaxValue)
            {
                break;
            }

            var secret = shape == at ? FindShape(text, at) : default;
            secret = !secret.Found && name == at ? FindNamed(text, at) : secret;
            if (wild.Found && at == wild.Start)
            {
                // A pattern knows better where a secret begins and ends; without one the run itself is the secret.
                secret = secret.Found ? secret : wild;
                wild = WildRun.Find(text, wild.End);
            }

            if (!secret.Found || secret.Start < copied)
            {
                at++;
                continue;
            }

            output = (output ?? new StringBuilder(text.Length)).Append(text[copied..secret.Start]).Append(replacement);
            copied = at = secret.End;
        }

        return output?.Append(text[copied..]).ToString();
    }

    private static Finding FindShape(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        ':' => FindUrlCredentials(text, at),
        '-' => FindKeyBlock(text, at),
        'e' => FindJwt(text, at),
        _ => TokenShape.Find(text, at),
    };

    private static Finding FindNamed(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '&' or '?' or 'x' or 'X' => FindSignature(text, at),
        'b' or 'B' => FindBearer(text, at),
        _ => Assignment.Find(text, at),
    };

    private static Finding FindKeyBlock(ReadOnlySpan<char> text, int at)
    {
        var rest = text.Slice(at, Math.Min(LongestKeyBlock, text.Length - at));
        var title = rest[KeyBlock.Length..];
        var titleEnd = title.IndexOf("-----", StringComparison.Ordinal);
        if (titleEnd is < 0 or > 64 || !title[..titleEnd].Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return default;
        }

        var body = KeyBlock.Length + titleEnd + 5;
        var end = rest[body..].IndexOf(KeyBlockEnd, StringComparison.Ordinal);
        if (end < 0)
        {
            var run = rest[body..].IndexOfAnyExcept(KeyBody);
            return new(at, at + (run < 0 ? rest.Length : body + run));
        }

        var closing = body + end + KeyBlockEnd.Length;
        var dashes = rest.Slice(closing, Math.Min(80, rest.Length - closing)).IndexOf("-----", StringComparison.Ordinal);
        return new(at, at + closing + (dashes < 0 ? 0 : dashes + 5));
    }

    private static Finding FindUrlCredentials(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            return default;
        }

        var start = at + Authority.Length;
        var authority = text.Slice(start, Math.Min(LongestAuthority, text.Length - start));
        authority = authority.IndexOfAny(AuthorityEnd) is var end and >= 0 ? authority[..end] : authority;
        var host = authority.LastIndexOf('@');
        var colon = host > 0 ? authority[..host].IndexOf(':') : -1;
        return colon >= 0 && SecretValue.IsLiteralSecret(authority[(colon + 1)..host], KeyStrength.Strong)
            && !authority[..host].ContainsAny("{}")
            ? new(start, start + host)
            : default;
    }

    private static Finding FindSignature(ReadOnlySpan<char> text, int at)
    {
        var sign = text.Slice(at, Math.Min(24, text.Length - at)).IndexOf('=');
        if (sign < 0)
        {
            return default;
        }

        var start = at + sign + 1;
        var length = RunOf(text[start..], Credentials, "%");
        return length >= LeastBearer ? new(start, start + length) : default;
    }

    private static Finding FindJwt(ReadOnlySpan<char> text, int at)
    {
        if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            return default;
        }

        var header = RunOf(text[at..], Base64Url);
        var end = at + header;
        var parts = 0;
        while (end < text.Length && text[end] == '.')
        {
            var part = RunOf(text[(end + 1)..], Base64Url);
            if (parts == 0 && part < LeastJwtPart)
            {
                break;
            }

            end += part + 1;
            parts++;
        }

        return header >= LeastJwtPart && parts > 0 ? new(at, end) : default;
    }

    private static Finding FindBearer(ReadOnlySpan<char> text, int at)
    {
        var start = at + Bearer.Length;
        var length = RunOf(text[start..], Credentials);
        return length >= LeastBearer && text.Slice(start, length).ContainsAnyInRange('0', '9') && SecretValue.LooksRandom(text.Slice(start, length))
            ? new(start, start + length)
            : default;
    }

    private static int RunOf(ReadOnlySpan<char> text, SearchValues<char> alphabet, string also = "")
    {
        var length = 0;
        while (true)
        {
            length += text[length..].IndexOfAnyExcept(alphabet) is var end and >= 0 ? end : text.Length - length;
            if (length == text.Length || !also.Contains(text[length]))
            {
                return length;
            }

            length++;
        }
    }
}
