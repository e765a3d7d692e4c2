using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>What a sentence is judged against.</summary>
/// <param name="RequestWords">Content words of what was asked for.</param>
/// <param name="RequestNames">Identifiers in what was asked for.</param>
/// <param name="ChangedNames">Names of files and symbols that the edits touched.</param>
/// <param name="Changed">True when files were changed.</param>
/// <param name="TestsOnly">True when none of them is anything but a test.</param>
internal sealed record SentenceContext(IReadOnlySet<string> RequestWords, IReadOnlySet<string> RequestNames, IReadOnlySet<string> ChangedNames, bool Changed, bool TestsOnly);

/// <summary>How well a sentence of an agent tells a colleague what happened.</summary>
/// <param name="Text">The sentence without "Done." and "I have".</param>
/// <param name="Score">Higher is better; what says nothing is far below zero.</param>
/// <param name="Reasons">The rules that added to it, with their points.</param>
internal sealed partial record SentenceScore(string Text, double Score, IReadOnlyList<string> Reasons)
{
    private const double Nothing = -9;

    /// <summary>True when it says what was wrong and not what was done about it.</summary>
    public bool IsProblem { get; private init; }

    /// <summary>True when it states a deed, a new state of things or what was wrong.</summary>
    public bool States { get; private init; }

    /// <summary>The best sentence of a text; null when it has none.</summary>
    public static SentenceScore? Best(string text, SentenceContext context) => All(text, context).MaxBy(score => score.Score);

    /// <summary>The first sentences of a text with their scores, at most <see cref="ObserverRules.TitleSentences"/>.</summary>
    public static List<SentenceScore> All(string text, SentenceContext context)
    {
        var frequency = Prose.Words(Markdown.WithoutCode(text)).CountBy(word => word).ToDictionary(StringComparer.Ordinal);
        return [.. Candidates(text).Take(ObserverRules.TitleSentences)
            .Select((candidate, position) => Of(candidate.Kind, candidate.Sentence, position, context, frequency))];
    }

    /// <summary>Scores one sentence at a place in its text.</summary>
    public static SentenceScore Of(BlockKind kind, string sentence, int position, SentenceContext context, Dictionary<string, int> frequency)
    {
        var label = ObserverRules.Label.Match(sentence);
        var text = Verdict.Replace(TrailingColon.Replace(Stripped(label.Success ? sentence[label.Length..] : sentence), ""), "");
        if (ObserverRules.IsChatter(text) || (kind == BlockKind.Heading && (ObserverRules.GenericHeading.IsMatch(text) || Prose.Words(text).Count < 3)))
        {
            return new SentenceScore(text, Nothing, ["says nothing"]);
        }

        var tally = new Tally();
        tally.Add("label", label.Success ? 1.5 : 0);
        var cut = TitleText.Cut(text, ObserverRules.TitleLength);
        AddSubject(tally, text, cut, sentence, context);
        AddPlace(tally, kind, position, text, context, frequency);
        AddForm(tally, text, cut, context, label.Success);
        tally.Add("new state", context.Changed && !IsDone(text) && IsNewState(sentence) ? 1.5 : 0);
        foreach (var rule in ObserverRules.SentenceRules)
        {
            tally.Add(rule.Name, rule.Pattern.IsMatch(text) ? (context.Changed ? rule.Changed : rule.Answered) : 0);
        }

        return new SentenceScore(text, tally.Score, tally.Reasons)
        {
            IsProblem = label.Success && ObserverRules.ProblemLabel.IsMatch(label.Value) && !IsDone(text),
            States = label.Success || IsDone(text) || IsNewState(sentence) || !Prose.IsEnglish(text),
        };
    }

    private static IEnumerable<(BlockKind Kind, string Sentence)> Candidates(string text)
    {
        var blocks = Markdown.Blocks(text);
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            if (ReportedList.From(blocks, i) is { } list)
            {
                yield return (BlockKind.Paragraph, list);
            }

            switch (block.Kind)
            {
                case BlockKind.Paragraph:
                    foreach (var sentence in Prose.Sentences(block.Text))
                    {
                        yield return (block.Kind, sentence);
                    }

                    break;
                case BlockKind.Bullet:
                    yield return (block.Kind, Prose.Sentences(block.Text).FirstOrDefault() ?? block.Text);
                    break;
                case BlockKind.Heading:
                    yield return (block.Kind, block.Text);
                    break;
            }
        }
    }

    private static void AddSubject(Tally tally, string text, string cut, string raw, SentenceContext context)
    {
        var names = Prose.Identifiers(raw);
        var words = Prose.WordSet(text);
        var asked = words.Count(context.RequestWords.Contains);
        var done = IsDone(text);
        tally.Add("says what was done", done ? (context.Changed ? 3.0 : 1.0) : 0);
        tally.Add("names things", Math.Min(2, names.Count) * 0.8);
        tally.Add("speaks of the request", Math.Min(4, asked) * (context.Changed ? 0.6 : 0.8));
        tally.Add("names what was edited", names.Exists(context.ChangedNames.Contains) ? 0.5 : 0);
        tally.Add("names another file", context.Changed && names.Exists(name => IsFile(name) && !context.ChangedNames.Contains(name)) && !names.Exists(context.ChangedNames.Contains) ? -1.0 : 0);
        tally.Add("names what was asked about", names.Exists(name => context.RequestNames.Contains(name)) ? 0.8 : 0);
        tally.Add("names nothing known", context.Changed && names.Count == 0 && asked == 0 ? -1.5 : 0);
        tally.Add("only a name", done && !Prose.HasContentBesidesNames(cut) ? -2 : 0);
        tally.Add("only the test", done && !context.TestsOnly && OnlyTest.IsMatch(cut) ? -2.5 : 0);
        var bare = !text.Contains(' ', StringComparison.Ordinal) || Prose.Words(FileName.Replace(text[text.IndexOf(' ', StringComparison.Ordinal)..], "")).Count == 0;
        tally.Add("states no finding", !context.Changed && !done && !ObserverRules.Label.IsMatch(raw) && !ObserverRules.Cause.IsMatch(text) ? -1 : 0);
        tally.Add("only a file", bare ? -2.5 : 0);
        tally.Add("states no action", context.Changed && !done && !ObserverRules.Label.IsMatch(raw) && !IsNewState(raw) && Prose.IsEnglish(text) ? -2 : 0);
    }

    private static void AddPlace(Tally tally, BlockKind kind, int position, string text, SentenceContext context, Dictionary<string, int> frequency)
    {
        var words = Prose.WordSet(text);
        var central = words.Count == 0 ? 0 : words.Average(word => Math.Min(frequency.GetValueOrDefault(word, 1), 4) - 1.0);
        tally.Add("central words", 0.8 * central);
        tally.Add("position", -0.22 * position);
        tally.Add("opening", kind == BlockKind.Paragraph && position <= 2 ? 0.7 : 0);
        tally.Add("bullet", kind == BlockKind.Bullet ? -1.2 : 0);
        tally.Add("bullet of an answer", kind == BlockKind.Bullet && !context.Changed && !ObserverRules.Cause.IsMatch(text) ? -2 : 0);
        tally.Add("heading", kind != BlockKind.Heading ? 0 : context.Changed || ObserverRules.Cause.IsMatch(text) ? 0.6 : -1.0);
    }

    private static void AddForm(Tally tally, string text, string cut, SentenceContext context, bool labelled)
    {
        var words = text.Split(' ', 2)[0].Trim(',', '.', ':', '!');
        var whole = Prose.Plain(text).Replace("`", "", StringComparison.Ordinal);
        var code = Code.Matches(text).Sum(match => match.Length);
        var short24 = Prose.IsEnglish(text) ? 24 : 8;
        tally.Add("leans on another", ObserverRules.LeaningStarts.Contains(words) || Leaning.IsMatch(text) ? -3 : 0);
        tally.Add("question", text.EndsWith('?') || text.EndsWith('？') ? -4 : 0);
        tally.Add("announces", text.EndsWith(':') || text.EndsWith('：') ? -1.5 : 0);
        tally.Add("too short", text.Length < short24 || Prose.Words(text).Count < 3 ? -3 : 0);
        tally.Add("too long", text.Length > 220 ? -1 : 0);
        tally.Add("mostly code", code > 0.55 * text.Length ? -1.5 : 0);
        tally.Add("cut", cut.EndsWith('…') ? -1 : 0);
        tally.Add("cut to half", !IsDone(text) && cut.Length * 2 < whole.Length ? -1.5 : 0);
        tally.Add("cut before the turn", cut.Length < whole.Length - 3 && Turning.IsMatch(whole[Math.Min(cut.Length, whole.Length)..]) ? -1.8 : 0);
        tally.Add("cut before the main clause", cut.Length < whole.Length - 3 && Subordinate.IsMatch(cut) && whole[cut.Length..].StartsWith(',') ? -4 : 0);
        tally.Add("not English", Prose.IsEnglish(text) ? 0 : 1.0);
        tally.Add("named without a label", !context.Changed && !labelled && Prose.WordSet(text).Count < 5 && Prose.IsEnglish(text) ? -1 : 0);
    }

    private static bool IsDone(string text) => ObserverRules.DoneVerbs.Contains(text.Split(' ', 2)[0].TrimEnd(',', ':'));

    private static bool IsFile(string name) => FileName.Match(name) is { Success: true } file && file.Length == name.Length;

    private static bool IsNewState(string text) => ObserverRules.NewState.IsMatch(text);

    /// <summary>The sentence without "Done." before it, and with "I have added" as "Added".</summary>
    public static string Stripped(string sentence)
    {
        var text = Prose.Plain(sentence);
        for (var i = 0; i < 3; i++)
        {
            var next = Prose.Plain(Opening.Replace(text, ""));
            if (next == text || next.Length < 8)
            {
                break;
            }

            text = next;
        }

        // "`cart.js` — Changed the rate" says the same as "Changed the rate".
        var bare = FileLead.Replace(text, "");
        return PastTense.OfReport(bare.Length < text.Length && ObserverRules.DoneForms.ContainsKey(bare.Split(' ', 2)[0]) ? bare : text);
    }

    private sealed class Tally
    {
        public double Score { get; private set; }

        public List<string> Reasons { get; } = [];

        public void Add(string rule, double points)
        {
            if (points != 0)
            {
                Score += points;
                Reasons.Add(FormattableString.Invariant($"{rule} {points:+0.##;-0.##}"));
            }
        }
    }

    [GeneratedRegex(@"^(?:(?:Done|Perfect|Great|Excellent|Good|Fixed|Yes|No|Got it|Right|Correct|Exactly|Completed?|Updated|Changes?|Change made|Now|Erledigt|Fertig|Listo|Hecho|C'est fait|已修复|已完成|完成了?)\s*[.!,:;。！，：—–-]+\s*(?:✅\s*)?|Now,?\s+|Based on [^,.]{3,40},\s+|\(?\d{1,2}[.):]\s+|[A-Da-d][.)]\s+)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Opening { get; }

    [GeneratedRegex(@"^(?:the (?:first|second|last|other|same|latter|former|reviewer|user|agent found|comment|explore)|lines? \d|for example|in (?:this|that|both|short))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Leaning { get; }

    [GeneratedRegex(@"^[\s,;:–—-]*(?:but|however|not|yet|instead|although|only|unless|except|aber|sondern|pero|sino|mais)\b|, (?:but|however|aber|pero|mais)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Turning { get; }

    [GeneratedRegex(@"(?:^|[:;–—,]\s)(?:when|if|since|because|while|after|once|as|wenn|si|cuando|quand)\b[^,]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Subordinate { get; }

    [GeneratedRegex(@"^\w+ (?:the |a |an |new |\d+ |comprehensive |unit |integration |regression )*(?:Test\w+|test_\w+|tests?\b)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex OnlyTest { get; }

    [GeneratedRegex(@"^(?:`[\w./]+`:\s+(?=[A-Z])|`?(?:[\w-]+/)*[\w.-]*\.\w{1,5}(?::\d+(?:[-,]\s?\d+)*)?`?(?: \([^)]*\))?\s*[:—–-]\s+)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex FileLead { get; }

    [GeneratedRegex(@"(?:\s(?:by|with|via|in|for|using|to)(?: also| \w+ing| the following(?: \w+)?| (?:verify|include|cover|check|show|use))?|\s[–—-]\s(?:it|this|which|they|that)\b[^–—:]{2,40})[:：]$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex TrailingColon { get; }

    [GeneratedRegex(@"\s*(?:[✅✓☑✔❌]+|\((?:fixed|done|resolved|added|new)\))\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Verdict { get; }

    [GeneratedRegex(@"`[^`]*`", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"[\w./-]+\.\w{1,4}", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex FileName { get; }
}
