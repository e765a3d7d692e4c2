using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Picks what a memory tells beyond its title: a few sentences, and facts that stand alone.</summary>
internal sealed partial class Telling(ProjectPaths paths)
{
    private readonly record struct Piece(double Score, int Position, string Text);

    /// <summary>The best sentences of the texts in their order, at most four and <see cref="ObserverRules.NarrativeLength"/> characters.</summary>
    public List<string> Narrative(IEnumerable<string> texts, IReadOnlySet<string> subject)
    {
        var pieces = new List<Piece>();
        foreach (var block in texts.SelectMany(Markdown.Blocks).Where(block => block.Kind is BlockKind.Paragraph or BlockKind.Bullet))
        {
            foreach (var sentence in block.Kind == BlockKind.Paragraph ? Prose.Sentences(block.Text) : Prose.Sentences(block.Text).Take(1))
            {
                if (pieces.Count < ObserverRules.NarrativeSentences && Told(sentence) is { } told)
                {
                    pieces.Add(new Piece(ScoreOf(block.Kind, told.Text, told.Labelled, subject) - (0.12 * pieces.Count), pieces.Count, told.Text));
                }
            }
        }

        return Kept(pieces, 4, ObserverRules.NarrativeLength);
    }

    /// <summary>Statements with names, numbers or warnings in them, at most six.</summary>
    public List<string> Facts(IEnumerable<string> texts)
    {
        var pieces = new List<Piece>();
        foreach (var text in texts)
        {
            var heading = "";
            foreach (var block in Markdown.Blocks(text))
            {
                heading = block.Kind == BlockKind.Heading ? block.Text : heading;
                if (block.Kind != BlockKind.Heading && !Undone.IsMatch(heading))
                {
                    pieces.AddRange(FactsOf(block, pieces.Count));
                }
            }
        }

        return Kept([.. pieces.Where(piece => piece.Score >= 2)], 6, int.MaxValue);
    }

    /// <summary>Rules that the person laid down in passing, at most two, each after <c>User: </c>.</summary>
    public List<string> PersonsRules(IEnumerable<string> prompts)
    {
        var rules = new List<string>();
        foreach (var sentence in prompts.SelectMany(RequestTitle.WrittenLines).SelectMany(Prose.Sentences))
        {
            var plain = Prose.Plain(sentence);
            if (ObserverRules.Rule.IsMatch(plain) && plain.Length is > 25 and < 260 && !plain.EndsWith('?') && Prose.WordSet(plain).Count >= 4)
            {
                AddNew(rules, "User: " + paths.Shorten(plain));
            }
        }

        return [.. rules.Take(2)];
    }

    /// <summary>Adds a statement unless the list says the same already.</summary>
    public static void AddNew(List<string> statements, string statement)
    {
        var cut = TitleText.Fits(statement, ObserverRules.FactLength) ? statement : TitleText.Cut(statement, ObserverRules.FactLength);
        var words = Prose.WordSet(cut);
        if (words.Count >= 1 && !statements.Exists(known => Prose.Overlap(words, Prose.WordSet(known)) >= ObserverRules.Repetition))
        {
            statements.Add(cut);
        }
    }

    // What was done, about what was asked, with names in it and a reason; a paragraph rather than a list.
    private static double ScoreOf(BlockKind kind, string text, bool labelled, IReadOnlySet<string> subject)
    {
        var first = text.Split(' ', 2)[0].TrimEnd(',', ':');
        return (ObserverRules.DoneVerbs.Contains(first) ? 3 : 0)
            + (0.8 * Math.Min(2, Prose.Identifiers(text).Count))
            + (0.6 * Math.Min(4, Prose.WordSet(text).Count(subject.Contains)))
            + (labelled ? 2.7 : 0) + (kind == BlockKind.Paragraph ? 1.5 : -0.5)
            + (ObserverRules.Cause.IsMatch(text) ? 0.9 : 0)
            - (ObserverRules.LeaningStarts.Contains(first) ? 2.5 : 0);
    }

    private static IEnumerable<Piece> FactsOf(Block block, int position)
    {
        var statements = block.Kind == BlockKind.Paragraph ? Prose.Sentences(block.Text) : [block.Text];
        foreach (var statement in statements)
        {
            var plain = block.Kind == BlockKind.Row ? RowText(statement) : Prose.Plain(statement);
            if (plain.Length is < 25 or > 320 || plain[^1] is '?' or ':' or '？' or '：' || ObserverRules.IsChatter(plain))
            {
                continue;
            }

            var score = Math.Min(3, Prose.Identifiers(statement).Count) + (Number.IsMatch(plain) ? 1 : 0)
                + (block.Kind == BlockKind.Bullet ? 1.5 : 0) + (ObserverRules.Gotcha.IsMatch(plain) ? 1.5 : 0)
                + (ObserverRules.Label.IsMatch(statement) ? 1 : 0)
                - (ObserverRules.LeaningStarts.Contains(plain.Split(' ', 2)[0]) ? 1.5 : 0);
            yield return new Piece(score - (0.05 * position), position, plain);
            position++;
        }
    }

    private static string RowText(string row)
    {
        var cells = row.Split('|').Select(Prose.Plain).Where(cell => cell.Length > 0).ToList();
        return cells.Count < 2 ? "" : $"{cells[0]}: {string.Join(" — ", cells.Skip(1))}";
    }

    private static (string Text, bool Labelled)? Told(string sentence)
    {
        var label = ObserverRules.Label.Match(sentence);
        var plain = Prose.Plain(label.Success ? sentence[label.Length..] : sentence);
        var least = Prose.IsEnglish(plain) ? 30 : 10;
        if (plain.Length < least || plain.Length > 330 || plain[^1] is '?' or ':' or '？' or '：' || ObserverRules.IsChatter(plain))
        {
            return null;
        }

        return label.Success ? ($"{(label.Groups[1].Success ? Raised(label.Groups[1].Value) : "Problem")}: {plain}", true) : (SentenceScore.Stripped(plain), false);
    }

    private List<string> Kept(List<Piece> pieces, int most, int length)
    {
        var kept = new List<string>();
        var used = 0;
        foreach (var piece in pieces.OrderByDescending(piece => piece.Score).ThenBy(piece => piece.Position).Take(most).OrderBy(piece => piece.Position))
        {
            if (used + piece.Text.Length <= length)
            {
                var before = kept.Count;
                AddNew(kept, paths.Shorten(piece.Text));
                used += kept.Count > before ? piece.Text.Length : 0;
            }
        }

        return kept;
    }

    private static string Raised(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"next steps|would you|options?$|recommend|todo|remaining|alternatives", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Undone { get; }

    [GeneratedRegex(@"(?:^|[^\w.])\d[\d.,]*\s?(?:%|ms|s|x|×|KB|MB|GB|lines?|files?|tests?|issues?)?(?:$|[^\w])", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Number { get; }
}
