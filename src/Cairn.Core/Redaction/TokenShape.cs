using System.Buffers;

namespace Cairn.Core.Redaction;

/// <summary>What the tokens of one issuer look like: a prefix of their own and then so many characters of an alphabet.</summary>
internal sealed class TokenShape
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    private static readonly SearchValues<char> Upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ" + Digits);
    private static readonly SearchValues<char> Hex = SearchValues.Create("abcdef" + Digits);
    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create(Letters + Digits);
    private static readonly SearchValues<char> Word = SearchValues.Create(Letters + Digits + "_-");
    private static readonly SearchValues<char> Dotted = SearchValues.Create(Letters + Digits + "_-.");
    private static readonly SearchValues<char> Path = SearchValues.Create(Letters + Digits + "_-/+=");

    private static readonly TokenShape[] All =
    [
        .. From("AKIA ASIA ABIA ACCA", Upper, 16, 16),
        .. From("ghp_ gho_ ghu_ ghs_ ghr_", Alphanumeric, 16),
        .. From("github_pat_", Word, 20),
        .. From("glpat- gldt- glrt- glptt- glcbt-", Word, 16),
        .. From("xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxe. xapp-", Dotted, 10),
        .. From("sk-ant- sk-proj- sk-svcacct- sk-or-", Word, 24),
        .. From("sk- pypi-", Word, 20, mixed: true),
        .. From("AIza", Word, 30, 45),
        .. From("sk_live_ sk_test_ rk_live_ rk_test_ whsec_", Path, 16),
        .. From("npm_ hf_ gsk_ secret_ lin_api_ pplx- xai-", Alphanumeric, 30),
        .. From("dop_v1_ doo_v1_ dor_v1_ shpat_ shpss_ shpca_", Hex, 30),
        .. From("dapi", Hex, 32, 32),
        .. From("dckr_pat_ nvapi- GOCSPX- tskey-", Word, 20),
        .. From("SG.", Dotted, 40, 80),
        .. From("hvs. hvb.", Word, 24),
        .. From("ya29.", Word, 20),
        .. From("AGE-SECRET-KEY-1", Upper, 50),
        .. From("hooks.slack.com/services/ discord.com/api/webhooks/ discordapp.com/api/webhooks/", Path, 20),
    ];

    private static readonly string[] Shared = ["xox", "sk-", "sk_", "rk_", "shp", "glpat"];

    private static readonly TokenShape[][] ByFirst = IndexByFirst();

    private readonly string _prefix;
    private readonly SearchValues<char> _alphabet;
    private readonly int _least;
    private readonly int _most;
    private readonly bool _mixed;

    private TokenShape(string prefix, SearchValues<char> alphabet, int least, int most, bool mixed) =>
        (_prefix, _alphabet, _least, _most, _mixed) = (prefix, alphabet, least, most, mixed);

    /// <summary>Literals of which one begins every token; prefixes that begin alike share one.</summary>
    public static IReadOnlyList<string> Anchors { get; } =
    [
        .. All.Select(shape => shape._prefix).Where(prefix => !Shared.Any(shared => prefix.StartsWith(shared, StringComparison.Ordinal))),
        .. Shared,
    ];

    /// <summary>The token that begins at <paramref name="at"/>, if one does.</summary>
    public static Finding Find(ReadOnlySpan<char> text, int at)
    {
        if (text[at] < ByFirst.Length && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])))
        {
            foreach (var shape in ByFirst[text[at]])
            {
                if (shape.LengthAt(text[at..]) is var length and > 0)
                {
                    return new(at, at + length);
                }
            }
        }

        return default;
    }

    private int LengthAt(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return 0;
        }

        var rest = text[_prefix.Length..];
        var length = rest.IndexOfAnyExcept(_alphabet) is var end and >= 0 ? end : rest.Length;
        return length < _least || length > _most || (_mixed && !LooksIssued(rest[..length])) ? 0 : _prefix.Length + length;
    }

    // "sk-" and "pypi-" also begin style classes and package names; those have hyphens, and no capitals with digits.
    private static bool LooksIssued(ReadOnlySpan<char> rest) =>
        rest.ContainsAnyInRange('0', '9')
        && (rest.ContainsAnyInRange('A', 'Z') || (rest.Length >= 32 && !rest.ContainsAny('-', '_')));

    private static TokenShape[][] IndexByFirst()
    {
        var index = new TokenShape[128][];
        for (var first = 0; first < index.Length; first++)
        {
            index[first] = Array.FindAll(All, shape => shape._prefix[0] == first);
        }

        return index;
    }

    private static IEnumerable<TokenShape> From(
        string prefixes, SearchValues<char> alphabet, int least, int most = int.MaxValue, bool mixed = false) =>
        prefixes.Split(' ').Select(prefix => new TokenShape(prefix, alphabet, least, most, mixed));
}
