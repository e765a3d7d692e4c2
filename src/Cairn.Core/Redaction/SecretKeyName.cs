namespace Cairn.Core.Redaction;

/// <summary>Judges a name (<c>apiKey</c>, <c>DB_PASSWORD</c>, <c>client-secret</c>) by the words that it is made of.</summary>
internal static class SecretKeyName
{
    // More words than any real name has; of a longer one the last ones count.
    private const int MostWords = 12;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Secrets = Words(
        "password passwords passwd pwd passphrase passcode secret secrets credential credentials authorization apikey apikeys " +
        "accesskey secretkey privatekey authkey authtoken accesstoken refreshtoken sessiontoken bearertoken clientsecret");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> KeyOwners = Words(
        "api access private secret signing encryption decryption master account shared service webhook deploy subscription auth ssh");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> PassOwners = Words(
        "db database user smtp imap mail email admin root redis mysql mariadb pg postgres postgresql mongo mongodb rabbitmq ftp ssh " +
        "http proxy login my key keystore store");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> TokenOwners = Words(
        "access auth authentication refresh id bearer api bot github gh gitlab slack discord telegram npm node pypi hf vault oauth jwt " +
        "session security secret personal private deploy user admin service account registry cargo sonar codecov sentry csrf xsrf");

    // "nextPageToken", "cancellationToken", "prompt_token": tokens that open nothing.
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> OtherTokens = Words(
        "next page continuation pagination paging cancellation cancel syntax stop start end special design lexer parser max min prompt " +
        "input output completion cached unk pad bos eos mask per first last current prev previous sync total text word string number " +
        "operator change close open left right");

    // A name that ends so speaks about the secret and does not hold it: "token_count", "password_file".
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Descriptions = Words(
        "count counts counter type types name names id ids length len limit limits budget usage url urls uri uris endpoint endpoints path " +
        "paths file files dir directory folder field fields label hint policy policies expiry expires expiration expired ttl age required " +
        "optional enabled disabled valid invalid validator validation regex pattern prefix suffix index kind class version format size min max " +
        "algorithm algo provider providers manager store stores helper placeholder input inputs error errors message status state mode " +
        "method methods scheme schema test tests at in on ref refs reference env var variable factory handler service client strength " +
        "rotation reset rule rules column position source scope scopes range ranges title text description");

    // "is_secret", "has_password": a question has a yes or a no for its answer.
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Questions = Words(
        "is are has have had needs need requires require required allow allows enable enables disable show hide forgot reset change no " +
        "use uses with without should can supports skip");

    /// <summary>How surely <paramref name="name"/> names a secret; linear in its length.</summary>
    public static KeyStrength Judge(ReadOnlySpan<char> name)
    {
        Span<Range> words = stackalloc Range[MostWords];
        words = words[..Split(name, words)];
        if (words.IsEmpty || Descriptions.Contains(name[words[^1]]) || (words.Length > 1 && Questions.Contains(name[words[0]])))
        {
            return KeyStrength.None;
        }

        var strongest = KeyStrength.None;
        for (var i = 0; i < words.Length; i++)
        {
            var previous = i > 0 ? name[words[i - 1]] : default;
            var strength = JudgeWord(name[words[i]], previous, last: i == words.Length - 1);
            strongest = strength > strongest ? strength : strongest;
        }

        return strongest;
    }

    /// <summary>True for <c>pwd</c>, which as often names the working directory.</summary>
    public static bool MayNameDirectory(ReadOnlySpan<char> name) => name.EndsWith("pwd", StringComparison.OrdinalIgnoreCase);

    private static KeyStrength JudgeWord(ReadOnlySpan<char> word, ReadOnlySpan<char> previous, bool last)
    {
        if (Secrets.Contains(word) || word.EndsWith("password", StringComparison.OrdinalIgnoreCase))
        {
            return KeyStrength.Strong;
        }

        if (Is(word, "key") || Is(word, "keys"))
        {
            return KeyOwners.Contains(previous) ? KeyStrength.Strong : KeyStrength.None;
        }

        if (!last)
        {
            return KeyStrength.None;
        }

        if (Is(word, "token"))
        {
            return OtherTokens.Contains(previous) ? KeyStrength.None
                : TokenOwners.Contains(previous) ? KeyStrength.Strong
                : KeyStrength.Weak;
        }

        return Is(word, "auth") || Is(word, "cookie") ? KeyStrength.Weak
            : Is(word, "pass") && PassOwners.Contains(previous) ? KeyStrength.Strong
            : KeyStrength.None;
    }

    /// <summary>Splits at everything that is no letter and at camel-case humps (<c>APIKey</c> is <c>API</c>, <c>Key</c>).</summary>
    private static int Split(ReadOnlySpan<char> name, Span<Range> words)
    {
        var count = 0;
        for (var i = 0; i < name.Length;)
        {
            if (!char.IsAsciiLetter(name[i]))
            {
                i++;
                continue;
            }

            var start = i++;
            while (i < name.Length && char.IsAsciiLetter(name[i]) && !StartsHump(name, i))
            {
                i++;
            }

            if (count == words.Length)
            {
                words[1..].CopyTo(words);
                count--;
            }

            words[count++] = start..i;
        }

        return count;
    }

    private static bool StartsHump(ReadOnlySpan<char> name, int i) =>
        char.IsAsciiLetterUpper(name[i])
        && (char.IsAsciiLetterLower(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));

    private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(string words) =>
        words.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
