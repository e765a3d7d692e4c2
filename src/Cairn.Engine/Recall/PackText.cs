using System.Text;

namespace Cairn.Engine.Recall;

/// <summary>A text that grows line by line and never past its budget, the fence around it included.</summary>
internal sealed class PackText
{
    private readonly int _tokenBudget;
    private readonly int _characterLimit;
    private readonly List<string> _lines = [];
    private TokenEstimate _size;
    private int _length;

    /// <param name="tokenBudget">Most tokens of the whole.</param>
    /// <param name="characterLimit">Most UTF-16 units of the whole.</param>
    /// <param name="reserved">What will stand around the lines.</param>
    public PackText(int tokenBudget, int characterLimit, string reserved)
    {
        (_tokenBudget, _characterLimit) = (tokenBudget, characterLimit);
        (_size, _length) = (TokenEstimate.Of(reserved), reserved.Length);
    }

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Adds the lines at the end; false, and nothing added, where they do not all fit.</summary>
    public bool TryAdd(params IReadOnlyList<string> lines) => TryInsert(_lines.Count, lines);

    /// <summary>Adds the lines before the line of that index; false, and nothing added, where they do not all fit.</summary>
    public bool TryInsert(int index, IReadOnlyList<string> lines)
    {
        var text = string.Concat(lines.Select(line => line + "\n"));
        var size = _size + TokenEstimate.Of(text);
        if (size.Tokens > _tokenBudget || _length + text.Length > _characterLimit)
        {
            return false;
        }

        (_size, _length) = (size, _length + text.Length);
        _lines.InsertRange(index, lines);
        return true;
    }

    public override string ToString() =>
        _lines.Aggregate(new StringBuilder(), (text, line) => text.Append(line).Append('\n')).ToString();
}
