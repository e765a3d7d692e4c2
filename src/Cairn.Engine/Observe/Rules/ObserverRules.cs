using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>
/// Everything that the built-in observer's judgement rests on, as data: limits, thresholds, word lists and weighted
/// patterns. What evidence proves needs none of it; English lists only add points, or skip English phrases.
/// </summary>
internal static partial class ObserverRules
{
    /// <summary>Most characters that are read of one text.</summary>
    public const int TextLimit = 8 * 1024;

    /// <summary>Most characters that are read of one message of a person.</summary>
    public const int PromptLimit = 16 * 1024;

    /// <summary>Most characters that are read of a command's output.</summary>
    public const int OutputLimit = 16 * 1024;

    /// <summary>
    /// Milliseconds after which a pattern gives up. The patterns take no more than quadratic time and texts are capped, so
    /// that it is never reached; it is there for the text that nobody thought of.
    /// </summary>
    public const int RegexPatience = 5000;

    /// <summary>Most text elements of a title.</summary>
    public const int TitleLength = 120;

    /// <summary>Most text elements of an error line.</summary>
    public const int ErrorLength = 120;

    /// <summary>Most text elements of a fact.</summary>
    public const int FactLength = 220;

    /// <summary>Most characters of a narrative.</summary>
    public const int NarrativeLength = 560;

    /// <summary>Most sentences that a narrative is picked from.</summary>
    public const int NarrativeSentences = 60;

    /// <summary>Most reports that a title is picked from.</summary>
    public const int TitleReports = 6;

    /// <summary>Most facts of a memory.</summary>
    public const int MostFacts = 8;

    /// <summary>Most sentences of a text that may become a title.</summary>
    public const int TitleSentences = 14;

    /// <summary>Most files of a kind that a memory names.</summary>
    public const int MostFiles = 30;

    /// <summary>Most events that a memory rests on.</summary>
    public const int MostEvidence = 40;

    /// <summary>Most memories that the commits of one unit make.</summary>
    public const int MostCommits = 6;

    /// <summary>Letters that are compared of a long word.</summary>
    public const int StemLength = 6;

    /// <summary>Most characters of "yes, go on".</summary>
    public const int LongestAcknowledgement = 60;

    /// <summary>A title without its brackets is kept when it has as many characters.</summary>
    public const int ShortestCut = 20;

    /// <summary>A title is cut at a dash, colon or semicolon when as many characters are left.</summary>
    public const int ShortestBreak = 32;

    /// <summary>A title is cut at a clause only when as many characters are left.</summary>
    public const int ShortestClause = 28;

    /// <summary>Score from which a sentence of the closing text is a title for work that changed files.</summary>
    public const double ClosingThreshold = 2.0;

    /// <summary>Score from which a sentence of an answer is a title where no file was changed.</summary>
    public const double AnswerThreshold = 3.6;

    /// <summary>Score from which a prompt is a title, at low confidence.</summary>
    public const double PromptThreshold = 2.0;

    /// <summary>Score from which a sentence is better than a bare list of files, where it states a deed.</summary>
    public const double WeakestStatement = -0.5;

    /// <summary>What a report loses at most when its turn changed less than another one of the same work.</summary>
    public const double FollowUpDiscount = 2.0;

    /// <summary>Score from which a prompt is told beside the title.</summary>
    public const double WeakestRequest = -7.0;

    /// <summary>Score of an item of the agent's own list of work.</summary>
    public const double TaskScore = 3.0;

    /// <summary>Score of a check that failed and passes after the edits.</summary>
    public const double RepairScore = 3.4;

    /// <summary>Score of the names that edits declared or took away.</summary>
    public const double DeclaredScore = 2.4;

    /// <summary>A prompt below it does not say by itself what it is about.</summary>
    public const double DeicticPrompt = 1.0;

    /// <summary>A prompt from it on says so much by itself that its changes are a piece of work of their own.</summary>
    public const double OwnRequest = 2.5;

    /// <summary>Characters from which a prompt is a piece of work of its own, whatever it says.</summary>
    public const int LongRequest = 180;

    /// <summary>A question below it belongs to the question before it.</summary>
    public const double FollowUpQuestion = 1.6;

    /// <summary>Share of a title's words from which two memories of a session are the same.</summary>
    public const double SameTitle = 0.75;

    /// <summary>Share of a sentence's words from which it repeats another.</summary>
    public const double Repetition = 0.7;

    /// <summary>A subject that says only that something was merged, saved or squashed.</summary>
    [GeneratedRegex(@"^(?:merge (?:branch|remote|pull|main|master|origin)|wip\b|fixup!|squash!|tmp\b|test commit|initial commit$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    public static partial Regex EmptySubject { get; }

    /// <summary>A subject about formatting, feedback and the like.</summary>
    [GeneratedRegex(@"^(?:(?:fix|address|apply|resolve|run|satisfy|silence|update|add|remove)\s+)?(?:\w+\s+){0,2}(?:gofmt|go fmt|lint(?:er|ing)?|formatting|format|typos?|whitespace|nolint\S*|imports?|comments?|go\.(?:mod|sum)|lock ?file|review feedback|review comments|pr feedback|merge conflicts?)\b.{0,60}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    public static partial Regex ChoreSubject { get; }

    /// <summary>A subject that names who asked and not what was done.</summary>
    [GeneratedRegex(@"\b(?:feedback|review comments?|pr comments?|code review|findings|suggestions)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    public static partial Regex FeedbackSubject { get; }

    /// <summary>A command that runs tests.</summary>
    [GeneratedRegex(@"\b(?:go test|mise run test\S*|pytest|py\.test|python3? -m (?:pytest|unittest)|npm (?:run )?test\S*|npm t|yarn (?:run )?test\S*|pnpm (?:run )?test\S*|bun (?:run )?test|npx (?:vitest|jest|playwright|mocha)|vitest|jest|mocha|node --test|deno test|cargo (?:test|nextest)|dotnet test|mvn \S*\s?test|gradlew? \S*test|make \S*test\S*|rspec|rake test|rails test|phpunit|ctest|mix test|swift test|tox|bats)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    public static partial Regex TestCommand { get; }

    /// <summary>A command that compiles or lints.</summary>
    [GeneratedRegex(@"\b(?:go (?:build|vet)|golangci-lint|mise run (?:lint|build|check)|npm run (?:build|lint|check|typecheck)\S*|yarn (?:build|lint)|pnpm (?:run )?(?:build|lint)|npx tsc|tsc|cargo (?:build|clippy|check)|dotnet build|make(?: build| lint)?$|eslint|biome|ruff|mypy|mvn \S*\s?(?:compile|package)|gradlew? \S*build|docker build|terraform (?:plan|validate))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    public static partial Regex BuildCommand { get; }

    /// <summary>What agents answer in place of a tool when a person said no.</summary>
    [GeneratedRegex(@"doesn't want to proceed with this tool use|tool use was rejected|\[Request interrupted|Permission (?:to use|denied by)", RegexOptions.None, ObserverRules.RegexPatience)]
    public static partial Regex RefusedCall { get; }

    /// <summary>Tests, by the usual names of files and folders.</summary>
    [GeneratedRegex(@"_test\.|\.test\.|\.spec\.|(?:^|/)(?:tests?|__tests__|spec|e2e)/|(?:^|/)test_|Tests?\.(?:cs|java|kt|swift|php)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    public static partial Regex TestFile { get; }

    /// <summary>Text that people read.</summary>
    [GeneratedRegex(@"\.(?:md|mdx|rst|txt|adoc)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    public static partial Regex DocumentFile { get; }

    /// <summary>Lines of output that tell what was wrong, the most telling kind first.</summary>
    public static IReadOnlyList<Regex> ErrorSigns { get; } =
    [
        Pattern(@"\bassert(?:ion)?\w*(?:error|failed)?\b.*:|^E\s+assert|\S !== \S|\b(?:expected|want(?:ed)?)\b.+\b(?:got|received|to (?:be|equal|have|contain)|actual|but|found)\b|\bgot\b.+\bwant"),
        Pattern(@"\berror(?: CS\d+| TS\d+|\[E\d+\])?:|\b\w*(?:Error|Exception)\b(?: \[\w+\])?:|\bpanic:|\bpanicked at\b|^fatal:"),
        Pattern(@"^[\w./-]+\.\w{1,5}:\d+(?::\d+)?:? \S"),
        Pattern(@"\b(?:cannot|can't|could not|not found|undefined|no such|unexpected|unknown|missing|denied|refused|timed out|does not exist)\b"),
        Pattern(@"^(?:--- FAIL|FAILED|FAIL|not ok|✕|✗|×|●)"),
        Pattern(@"\b(?:error|failed|failure)\b"),
    ];

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(RegexPatience));
}
