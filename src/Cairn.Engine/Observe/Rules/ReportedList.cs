using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Makes one sentence of "I've added:" and the list below it.</summary>
internal static partial class ReportedList
{
    private const int MostHeads = 4;
    private const int RoomForFile = 14;

    /// <summary>E.g. "Added Table of Contents, Requirements and more"; null when the paragraph announces no list or none follows.</summary>
    /// <param name="blocks">The pieces of a text.</param>
    /// <param name="at">Index of the paragraph.</param>
    public static string? From(List<Block> blocks, int at)
    {
        if (blocks[at].Kind != BlockKind.Paragraph || Announcement.Match(Prose.Plain(blocks[at].Text)) is not { Success: true } announced)
        {
            return null;
        }

        var heads = blocks.Skip(at + 1).TakeWhile(block => block.Kind == BlockKind.Bullet).Where(block => !block.IsNested).Select(block => Head(block.Text)).Where(head => head.Length > 1).ToList();
        var verb = char.ToUpperInvariant(announced.Groups[1].Value[0]) + announced.Groups[1].Value[1..].ToLowerInvariant();
        for (var most = Math.Min(heads.Count, MostHeads); most > 0; most--)
        {
            var told = $"{verb} {Listed(heads, most)}";
            var room = Prose.HasIdentifier(told) ? 0 : RoomForFile;
            if (most == 1 || TitleText.Fits(told.Replace("`", "", StringComparison.Ordinal), ObserverRules.TitleLength - room))
            {
                return told;
            }
        }

        return null;
    }

    private static string Listed(List<string> heads, int most) =>
        heads.Count == 1 ? heads[0]
        : heads.Count == most ? string.Join(", ", heads.Take(most - 1)) + " and " + heads[most - 1]
        : string.Join(", ", heads.Take(most)) + " and more";

    // "**Requirements** - Git version, OS support" is about requirements.
    private static string Head(string bullet)
    {
        var plain = Prose.Plain(bullet).TrimEnd('.');
        var end = HeadEnd.Match(plain);
        var head = Aside.Replace(end.Success && end.Index >= 3 ? plain[..end.Index] : plain, "").Trim();
        head = Article.Replace(head, match => match.Groups[1].Value.ToLowerInvariant() + " ");
        return LongTail.Match(head) is { Success: true } tail && tail.Index >= 20 ? head[..tail.Index] : head;
    }

    [GeneratedRegex(@"(?:^|[.!] )(?:i(?:'ve| have)?|we(?:'ve| have)?)\s+(?:now |also |just )?(added|implemented|created|fixed|removed|updated|moved|renamed)(?: the following| these)?:$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Announcement { get; }

    [GeneratedRegex(@"\s[–—-]\s|:\s", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex HeadEnd { get; }

    [GeneratedRegex(@"\s*\(#?\d+\)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Aside { get; }

    [GeneratedRegex(@"\s(?:explaining|covering|describing|showing|that|which|so that)\s", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex LongTail { get; }

    [GeneratedRegex(@"^(A|An|The|Two|Three)(?: new)? ", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Article { get; }
}
