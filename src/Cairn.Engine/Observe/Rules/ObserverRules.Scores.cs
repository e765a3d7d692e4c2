using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

internal static partial class ObserverRules
{
    /// <summary>What sentences of agents gain and lose.</summary>
    public static IReadOnlyList<ScoreRule> SentenceRules { get; } =
    [
        new("vague subject", VagueSubject, -1.8, -1.8),
        new("hazy object", HazyObject, -1.2, -1.2),
        new("verb without object", VerbWithoutObject, -1.0, 0),
        new("pronoun for an object", PronounForAnObject, -2.5, -2.5),
        new("vague verb", VagueVerb, -1.2, -1.2),
        new("praise", Praise, -2, -2),
        new("addresses the reader", AddressesTheReader, -2, -2),
        new("speaks as we", SpeaksAsWe, -1, -1),
        new("possibility", Possibility, -1.5, -1.0),
        new("enumerated part", EnumeratedPart, -2, -2),
        new("file and colon", FileAndColon, -1.2, -1.2),
        new("code in it", CodeInIt, -1.5, -1.5),
        new("chore", Chore, -1.5, -1.5),
        new("follow-through", FollowThrough, -1.5, -1.5),
        new("test status", TestStatus, -1.5, -1.5),
        new("cause", Cause, 0, 1.5),
        new("prediction", Prediction, -2, -2),
        new("tests of nothing named", TestsOfNothing, -2.5, -2.5),
        new("hidden secret", HiddenSecret, -3, -3),
    ];

    /// <summary>What sentences of people gain and lose as the subject of a request.</summary>
    public static IReadOnlyList<ScoreRule> PromptRules { get; } =
    [
        new("to the agent", ToTheAgent, -0.8, -0.8),
        new("hidden secret", HiddenSecret, -5, -5),
        new("speaker first", SpeakerFirst, -1.5, -1.5),
        new("housekeeping", Housekeeping, -1.5, -1.5),
        new("hazy object", HazyObjectAsked, -1.5, -1.5),
        new("line number", LineNumber, -1.2, -1.2),
        new("code in it", CodeInItAsked, -1.5, -1.5),
        new("names a tool to use", NamesAToolToUse, -3, -3),
        new("cut off", CutOff, -2, -2),
    ];

    [GeneratedRegex(@"^the (?:function|method|code|fix|change|changes|file|test|tests|default case|refactoring|result|agent|command|implementation|logic|output|key|main|plan|issue|problem|branch|repo|project|build|pr|script|test|document|doc)s? (?:now|is|was|are|were|has|have|removes|uses|adds|correctly|properly|here|that|which)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex VagueSubject { get; }

    [GeneratedRegex(@"\b(?:both (?:places|files|cases)|(?:the )?new (?:functionality|code|behaviou?r)|some tests?|(?:two|three|a few|several) (?:\w+ )?(?:tests?|places|files|changes|fixes)|the (?:code|numbers|changes|assumptions)|as needed)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex HazyObject { get; }

    [GeneratedRegex(@"^\w+ (?:from|in|to|into|on|for|with|by|via|it|this|them|that)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex VerbWithoutObject { get; }

    [GeneratedRegex(@"^\w+ (?:it|this|them|that|these|those)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex PronounForAnObject { get; }

    [GeneratedRegex(@"^(?:updated|changed|adjusted|made)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex VagueVerb { get; }

    [GeneratedRegex(@"\b(?:already|is|are|looks?) (?:\w+ )?(?:solid|great|good|excellent|clean|clear|fine|reasonable|well)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex Praise { get; }

    [GeneratedRegex(@"\byou(?:r|'re)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex AddressesTheReader { get; }

    [GeneratedRegex(@"\b(?:we|our|i|me|my)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex SpeaksAsWe { get; }

    [GeneratedRegex(@"^\w+ (?:\w+ )?tests? (?:in|to|for) `?[\w./-]+`?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex TestsOfNothing { get; }

    [GeneratedRegex(@"\bshould (?:now |all |then )*(?:pass|work|be|succeed|fix|resolve|show|see|build)\b|\bready (?:to|for)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex Prediction { get; }

    [GeneratedRegex(@"\b(?:would|could|should|might|may|can)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex Possibility { get; }

    [GeneratedRegex(@"^(?:before|after|old|new|line|test|verif\w+|option|approach|pros|cons|step|conflict|scenario|case|issue|phase|note|usage|example)\b.{0,12}(?::| [—–-] )", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex EnumeratedPart { get; }

    [GeneratedRegex(@"^`?[\w./-]+\.\w{1,4}`?(?: \([^)]*\))?\s*[:—–]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex FileAndColon { get; }

    [GeneratedRegex(@":=|\\n|==|\$\(|&&|=>|;$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex CodeInIt { get; }

    [GeneratedRegex(@"^(?:removed|fixed|added|updated|replaced) (?:[\w/]+ |//)?(?:now-)?(?:unused|unnecessary|redundant|lint|import|imports|comments?|nolint|typo)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex Chore { get; }

    [GeneratedRegex(@"\ball (?:references|callers|usages|call sites|tests?|imports|docs)\b|\baccordingly\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex FollowThrough { get; }

    [GeneratedRegex(@"\b(?:passing|pass|passes|lint|0 issues)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex TestStatus { get; }

    [GeneratedRegex(@"\b(?:you|your)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex ToTheAgent { get; }

    [GeneratedRegex(@"X{8,}|REDACTED|<secret>|\[redacted", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex HiddenSecret { get; }

    [GeneratedRegex(@"^(?:i|i'm|i've|we|we're|you|your|my|he|she|they|it|this|that|but|if|since|because|seems?|looks?|maybe|just|still|not|here|there|in that case|one|another|the (?:first|second|last|other|same|only))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex SpeakerFirst { get; }

    [GeneratedRegex(@"\b(?:both (?:places|files|cases)|some tests?|(?:two|three|a few|several) (?:\w+ )?(?:tests?|places|files|changes|fixes)|the (?:code|numbers|changes|assumptions)|in case|as needed|the (?:right|same) (?:way|thing|place))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex HazyObjectAsked { get; }

    [GeneratedRegex(@"\blines? \d+|:\d{2,}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex LineNumber { get; }

    [GeneratedRegex(@":=|\\n|==|https?://|\$\(|[{};]\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex CodeInItAsked { get; }

    [GeneratedRegex(@"^(?:use|invoke|run) (?:the |your |our |a )?.{0,40}\b(?:skill|plugin|sub-?agents?|agents?|mcp|tool)s?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex NamesAToolToUse { get; }

    [GeneratedRegex(@"\b(?:is|the|a|an|to|of|and|are|was|for|with|that(?: \w+)?)[.]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    private static partial Regex CutOff { get; }
}
