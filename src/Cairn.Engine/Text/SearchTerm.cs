namespace Cairn.Engine.Text;

/// <summary>One thing that a query asks for.</summary>
/// <param name="Text">As it was asked for; two terms are the same when their texts are.</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Keys">Keys of its words in order: for a phrase and ideographs one after the other; for an identifier the whole first, then its parts.</param>
/// <param name="Words">The words of <paramref name="Keys"/> as they were written.</param>
public sealed record SearchTerm(string Text, SearchTermKind Kind, IReadOnlyList<string> Keys, IReadOnlyList<string> Words)
{
    /// <summary>True when its last word may be the beginning of a longer one.</summary>
    public bool Prefix { get; init; }
}

/// <summary>What kind of thing a query asks for.</summary>
public enum SearchTermKind
{
    /// <summary>A plain word.</summary>
    Word = 0,

    /// <summary>A name from code, or a path: tells more than a word.</summary>
    Identifier,

    /// <summary>Words that must stand one after the other.</summary>
    Phrase,

    /// <summary>A run of a script without spaces between words.</summary>
    Ideographs,
}
