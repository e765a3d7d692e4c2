namespace Cairn.Engine.Text;

/// <summary>One searchable piece of a text.</summary>
/// <param name="Start">Index of its first character in the text.</param>
/// <param name="Length">How many characters of the text it covers.</param>
/// <param name="Text">The piece as it is searched for, before folding and stemming; a whole identifier has its connectors removed.</param>
/// <param name="Kind">What kind of piece it is.</param>
internal readonly record struct TextToken(int Start, int Length, string Text, TextTokenKind Kind)
{
    /// <summary>Index after its last character.</summary>
    public int End => Start + Length;

    /// <summary>What two pieces share that count as the same word.</summary>
    public string Key => WordKey.Of(Text);
}

/// <summary>What kind of piece of a text a token is.</summary>
internal enum TextTokenKind
{
    /// <summary>A run of letters and digits.</summary>
    Word = 0,

    /// <summary>A part of a word: <c>user</c> of <c>parseUserName</c>. The word itself is a token too.</summary>
    Part,

    /// <summary>Several words joined by connectors, as one: <c>parseusername</c> of <c>parse_user_name</c>. The words are tokens too.</summary>
    Whole,

    /// <summary>Two neighbouring characters of a script that puts no spaces between words, or one that stands alone.</summary>
    Ideographs,
}
