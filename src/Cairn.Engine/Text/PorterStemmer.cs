namespace Cairn.Engine.Text;

/// <summary>Removes the endings of English words by M. F. Porter's rules of 1980: <c>rounding</c>, <c>rounds</c>, <c>rounded</c> → <c>round</c>.</summary>
internal static class PorterStemmer
{
    private const int LongestWord = 64;

    // Endings that are replaced where at least one vowel-consonant pair stands before them.
    private static readonly (string Ending, string By)[] Doubles =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
        ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
        ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
        ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ];

    private static readonly (string Ending, string By)[] Singles =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    // Endings that are removed where two pairs stand before them.
    private static readonly string[] Last =
    [
        "ement", "ment", "ance", "ence", "able", "ible", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
        "al", "er", "ic", "ou",
    ];

    /// <summary>The stem of a lower-case word; words that are not plain a to z, shorter than 3 or longer than 64 letters stay as they are.</summary>
    public static string Stem(string word)
    {
        if (word.Length is < 3 or > LongestWord || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
        {
            return word;
        }

        var stem = Plurals(word);
        stem = PastAndGerund(stem);
        if (stem.EndsWith('y') && HasVowel(stem.AsSpan(0, stem.Length - 1)))
        {
            stem = string.Concat(stem.AsSpan(0, stem.Length - 1), "i");
        }

        stem = Replace(stem, Doubles);
        stem = Replace(stem, Singles);
        return LastLetters(RemoveLast(stem));
    }

    private static string Plurals(string word) => word switch
    {
        _ when word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("ies", StringComparison.Ordinal) => word[..^2],
        _ when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
        _ => word,
    };

    private static string PastAndGerund(string word)
    {
        if (word.EndsWith("eed", StringComparison.Ordinal))
        {
            return Pairs(word.AsSpan(0, word.Length - 3)) > 0 ? word[..^1] : word;
        }

        var cut = word.EndsWith("ed", StringComparison.Ordinal) ? 2 : word.EndsWith("ing", StringComparison.Ordinal) ? 3 : 0;
        if (cut == 0 || !HasVowel(word.AsSpan(0, word.Length - cut)))
        {
            return word;
        }

        var stem = word[..^cut];
        return stem switch
        {
            _ when stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal)
                || stem.EndsWith("iz", StringComparison.Ordinal) => stem + "e",
            _ when EndsInDouble(stem) && stem[^1] is not ('l' or 's' or 'z') => stem[..^1],
            _ when Pairs(stem) == 1 && EndsShort(stem) => stem + "e",
            _ => stem,
        };
    }

    private static string Replace(string word, (string Ending, string By)[] endings)
    {
        foreach (var (ending, by) in endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                var stem = word.AsSpan(0, word.Length - ending.Length);
                return Pairs(stem) > 0 ? string.Concat(stem, by) : word;
            }
        }

        return word;
    }

    private static string RemoveLast(string word)
    {
        foreach (var ending in Last)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                var stem = word.AsSpan(0, word.Length - ending.Length);
                var allowed = ending != "ion" || (stem.Length > 0 && stem[^1] is 's' or 't');
                return allowed && Pairs(stem) > 1 ? stem.ToString() : word;
            }
        }

        return word;
    }

    private static string LastLetters(string word)
    {
        if (word.EndsWith('e'))
        {
            var stem = word.AsSpan(0, word.Length - 1);
            var pairs = Pairs(stem);
            if (pairs > 1 || (pairs == 1 && !EndsShort(stem)))
            {
                word = stem.ToString();
            }
        }

        return word.EndsWith("ll", StringComparison.Ordinal) && Pairs(word) > 1 ? word[..^1] : word;
    }

    // How many times a run of vowels is followed by a run of consonants.
    private static int Pairs(ReadOnlySpan<char> word)
    {
        var pairs = 0;
        var afterVowel = false;
        for (var index = 0; index < word.Length; index++)
        {
            var vowel = IsVowel(word, index);
            pairs += afterVowel && !vowel ? 1 : 0;
            afterVowel = vowel;
        }

        return pairs;
    }

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        for (var index = 0; index < word.Length; index++)
        {
            if (IsVowel(word, index))
            {
                return true;
            }
        }

        return false;
    }

    // A y counts as a vowel after a consonant.
    private static bool IsVowel(ReadOnlySpan<char> word, int index) => word[index] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => true,
        'y' => index > 0 && !IsVowel(word, index - 1),
        _ => false,
    };

    private static bool EndsInDouble(ReadOnlySpan<char> word) =>
        word.Length > 1 && word[^1] == word[^2] && !IsVowel(word, word.Length - 1);

    private static bool EndsShort(ReadOnlySpan<char> word) =>
        word.Length > 2
        && !IsVowel(word, word.Length - 1) && IsVowel(word, word.Length - 2) && !IsVowel(word, word.Length - 3)
        && word[^1] is not ('w' or 'x' or 'y');
}
