using Cairn.Engine.Text;

namespace Cairn.Engine.Recall;

/// <summary>How many tokens a model makes of a text, estimated without a model's own tokeniser: four characters each, and one for every ideograph.</summary>
/// <param name="Characters">UTF-16 units that are not part of ideographs.</param>
/// <param name="Ideographs">Characters of scripts without spaces between words.</param>
public readonly record struct TokenEstimate(int Characters, int Ideographs)
{
    /// <summary>The estimate, rounded up.</summary>
    public int Tokens => ((Characters + 3) / 4) + Ideographs;

    /// <summary>Measures a text.</summary>
    public static TokenEstimate Of(string text)
    {
        var (characters, ideographs) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value > 0x2FFF && TextTokens.IsIdeograph(rune))
            {
                ideographs++;
            }
            else
            {
                characters += rune.Utf16SequenceLength;
            }
        }

        return new TokenEstimate(characters, ideographs);
    }

    /// <summary>The estimate of two texts, one after the other.</summary>
    public static TokenEstimate operator +(TokenEstimate one, TokenEstimate other) => one.Add(other);

    /// <summary>The estimate of two texts, one after the other.</summary>
    public TokenEstimate Add(TokenEstimate other) => new(Characters + other.Characters, Ideographs + other.Ideographs);
}
