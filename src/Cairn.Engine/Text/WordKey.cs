namespace Cairn.Engine.Text;

/// <summary>
/// What words that count as the same share: lower case, no accents, English endings removed. Agrees with the search
/// index's own tokeniser on ordinary words; where they differ a match is found by the index and not highlighted.
/// </summary>
internal static class WordKey
{
    // Each group: the letter that the others are folded to.
    private static readonly string[] Accented =
    [
        "aàáâãäåāăą", "cçćĉċč", "dď", "eèéêëēĕėęě", "gĝğġģ", "hĥ", "iìíîïĩīĭį", "jĵ", "kķ", "lĺļľ", "nñńņň",
        "oòóôõöōŏő", "rŕŗř", "sśŝşšș", "tţťț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
    ];

    /// <summary>The key of one word.</summary>
    public static string Of(string word)
    {
        var folded = Fold(word);
        return PorterStemmer.Stem(folded);
    }

    private static string Fold(string word)
    {
        foreach (var letter in word)
        {
            if (letter is >= 'A' and <= 'Z' or > '\x7f')
            {
                return string.Create(word.Length, word, static (target, source) =>
                {
                    for (var index = 0; index < source.Length; index++)
                    {
                        target[index] = Fold(char.ToLowerInvariant(source[index]));
                    }
                });
            }
        }

        return word;
    }

    private static char Fold(char letter)
    {
        if (letter is < '\xc0' or > 'ț')
        {
            return letter;
        }

        foreach (var group in Accented)
        {
            if (group.Contains(letter, StringComparison.Ordinal))
            {
                return group[0];
            }
        }

        return letter;
    }
}
