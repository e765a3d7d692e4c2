using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>What a piece of a Markdown text is.</summary>
internal enum BlockKind
{
    Paragraph,
    Heading,
    Bullet,
    Row,
}

/// <summary>One piece of a Markdown text, without its marks; a bullet below another one is nested.</summary>
internal sealed record Block(BlockKind Kind, string Text, bool IsNested = false);

/// <summary>Takes a Markdown text apart. Code, quotes and rules are left out: they never say what happened.</summary>
internal static partial class Markdown
{
    /// <summary>The text's pieces in order, at most <see cref="ObserverRules.TextLimit"/> characters of it.</summary>
    public static List<Block> Blocks(string text)
    {
        var reader = new BlockReader();
        foreach (var line in WithoutCode(text).Split('\n'))
        {
            reader.Take(line);
        }

        return reader.Finish();
    }

    /// <summary>The first heading, whatever its level; null when there is none.</summary>
    public static string? FirstHeading(string text) =>
        Blocks(text).FirstOrDefault(block => block.Kind == BlockKind.Heading)?.Text;

    /// <summary>The text without fenced code, cut at the limit.</summary>
    public static string WithoutCode(string text)
    {
        var capped = text.Length > ObserverRules.TextLimit ? text[..ObserverRules.TextLimit] : text;
        var kept = new StringBuilder(capped.Length);
        var fence = "";
        foreach (var line in capped.Split('\n'))
        {
            var trimmed = line.TrimStart();
            if (fence.Length > 0)
            {
                fence = trimmed.StartsWith(fence, StringComparison.Ordinal) ? "" : fence;
            }
            else if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal))
            {
                fence = trimmed[..3];
                kept.Append('\n');
            }
            else
            {
                kept.Append(line.TrimEnd('\r')).Append('\n');
            }
        }

        return kept.ToString();
    }

    private sealed class BlockReader
    {
        private readonly List<Block> _blocks = [];
        private readonly List<string> _paragraph = [];

        public void Take(string line)
        {
            var text = line.Trim();
            if (text.Length == 0 || Rule.IsMatch(text) || text[0] == '>')
            {
                Flush();
            }
            else if (Heading.Match(text) is { Success: true } heading)
            {
                Add(BlockKind.Heading, heading.Groups[1].Value.Trim(' ', '#'));
            }
            else if (text[0] == '|')
            {
                AddRow(text);
            }
            else if (Bullet.Match(text) is { Success: true } bullet)
            {
                Add(BlockKind.Bullet, bullet.Groups[1].Value, isNested: char.IsWhiteSpace(line[0]));
            }
            else if (_paragraph.Count == 0 && BoldLine.Match(text) is { Success: true } bold)
            {
                Add(BlockKind.Heading, bold.Groups[1].Value.TrimEnd(':'));
            }
            else if (_paragraph.Count == 0 && char.IsWhiteSpace(line[0]) && _blocks is [.., { Kind: BlockKind.Bullet } last])
            {
                _blocks[^1] = last with { Text = last.Text + " " + text };
            }
            else
            {
                _paragraph.Add(text);
            }
        }

        public List<Block> Finish()
        {
            Flush();
            return _blocks;
        }

        private void Add(BlockKind kind, string text, bool isNested = false)
        {
            Flush();
            _blocks.Add(new Block(kind, text, isNested));
        }

        private void AddRow(string text)
        {
            Flush();
            if (text.AsSpan().ContainsAnyExcept("|:- "))
            {
                _blocks.Add(new Block(BlockKind.Row, text.Trim('|', ' ')));
            }
        }

        private void Flush()
        {
            if (_paragraph.Count > 0)
            {
                _blocks.Add(new Block(BlockKind.Paragraph, string.Join(' ', _paragraph)));
                _paragraph.Clear();
            }
        }
    }

    [GeneratedRegex(@"^(?:[-*_=─━]{3,}|★.*|`★.*)$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Rule { get; }

    [GeneratedRegex(@"^#{1,6}\s+(.+)$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"^(?:[-*•+]|\d{1,2}[.)])\s+(.+)$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Bullet { get; }

    [GeneratedRegex(@"^\*\*([^*]{2,90})\*\*:?$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex BoldLine { get; }
}
