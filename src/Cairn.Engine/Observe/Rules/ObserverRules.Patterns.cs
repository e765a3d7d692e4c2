using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>A pattern and what a sentence gains or loses by matching it.</summary>
/// <param name="Name">What it stands for, kept as the reason of a score.</param>
/// <param name="Pattern">Matched against the sentence without its marks.</param>
/// <param name="Changed">Points where files were changed.</param>
/// <param name="Answered">Points where none was.</param>
internal sealed record ScoreRule(string Name, Regex Pattern, double Changed, double Answered);

internal static partial class ObserverRules
{
    /// <summary>A sentence of an agent that says nothing about the work; never a title, never told.</summary>
    [GeneratedRegex("^(?:"
        + @"(?:done|perfect|great|excellent|awesome|nice|good|cool|absolutely|exactly|correct|confirmed|sure|ok(?:ay)?|yes|yep|yeah|no|nope|right|alright|thanks?(?: you)?|understood|got it|makes sense|sounds good|interesting|hmm+|wait|actually|hi|hello|sorry|agreed|unfortunately|all done|all set|erledigt|fertig|listo|hecho|c'est fait|terminé)\b[\s.!,:;–—-]*"
        + @"|(?:good|great|excellent|fair|nice|valid|that'?s a)\s+(?:\w+\s+){0,2}(?:question|catch|point|idea|find|call|instinct|suggestion|observation|news)\b.{0,40}"
        + @"|you(?:'re| are) (?:absolutely |completely |totally |exactly )?(?:right|correct|welcome)\b.*"
        + @"|(?:now\s+)?(?:let me|let's|let us|i'll|i will|i'm going|i am going|i need to|i should|i want to|i can now|i now have|now i|now (?:let|run|that|we|check)|next,? |first,? (?:let|i)|time to|going to)\b.*"
        + @"|(?:here'?s|here are|here is|below (?:is|are)|the following|see below|as follows)\b.*"
        + @"|(?:based on|looking at|after (?:reviewing|analyzing|looking|reading)|from (?:my|the) (?:analysis|review|investigation|research))\b.{0,120}(?:here|i (?:can|have|found|now)|let me).*"
        + @"|(?:i (?:can )?(?:see|understand|have|found|think|believe|notice|apologize|now|checked|looked|ran|verified))\b.{0,60}[:.]?"
        + @"|(?:would you like|do you want|want me|shall (?:i|we)|should (?:i|we)|let me know|ready (?:to|for|when)|feel free|is there anything|which (?:option|approach|one)|what would you|if you(?:'d| would)? (?:like|want|prefer)|happy to|does (?:this|that)|sound good|how would)\b.*"
        + @"|(?:perfect!? )?\W*(?:all |the )?(?:\d+ )?(?:unit |integration |e2e |ci |existing |new )*(?:tests?|checks?|linter|lint|build|everything|code|`?(?:npm|mise|go|make|cargo) [\w :-]+`?)(?: (?:and|&) \w+)? (?:all |are |is |now |still |have |has )*(?:pass(?:es|ed|ing)?|green|clean(?:ly)?|succeed(?:s|ed)?|compiles?|builds?|works?|good|happy)\b.{0,60}"
        + @"|(?:all (?:green|good|clean|passing|changes|of the|tasks|fixes|items|done)|everything(?:'s| is)?)\b.{0,70}"
        + @"|(?:the )?(?:fix|change|changes|implementation|refactor(?:ing)?|plan|task|work|update|pr|branch|commit) (?:is|are|has been|have been|was) (?:now )?(?:complete|done|ready|committed|pushed|in place|implemented|clean|up to date|working).{0,60}"
        + @"|(?:committed|pushed|merged|created|fixed|updated|removed|reverted|rebased|clean|no (?:issues|changes|output|errors))\b.{0,18}"
        + @"|summary\b.{0,25}"
        + @"|(?:this|that|it|these|those|they|which|there)(?:'s| is| are| was| were)? (?:now )?(?:good|great|done|fixed|correct|expected|fine|complete|working|perfect|clean|right|exactly|all)\b.*"
        + @"|to answer your\b.*"
        + @"|api error\b.*"
        + @"|no response requested.*"
        + @"|.*\brate.?limit.*"
        + @"|(?:please )?(?:provide|paste|share)\b.*"
        + @"|/?login\b.*"
        + ")$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex Chatter { get; }

    /// <summary>True for a sentence that says nothing about the work.</summary>
    public static bool IsChatter(string sentence) => Chatter.IsMatch(sentence);

    /// <summary>A heading that names a part of a report and not its subject.</summary>
    [GeneratedRegex(@"^\W*(?:(?:\w+ )?summary(?: of .*)?|changes?(?: made)?|what .*|files? (?:changed|modified|created)|overview|results?|findings?|key .*|analysis|next steps?|details?|notes?|tests?|testing|test plan|verification|insight|conclusions?|context|background|implementation(?: (?:complete|summary|details|plan|steps))?|steps?|options?|recommendations?|my .*|verdict|status|current .*|problems?|the .*|root cause(?: analysis)?|fix|solution|bug|issues?(?: found)?|proposed .*|(?:phase|step|part|option|approach|task|fix|issue|scenario|case) ?#?\d*[a-z]?|plan|strengths?|assessment|review|code review|critical.*|important.*|minor.*|low|medium|high|before|after|pros|cons|why.*|how.*|example.*|answer|questions?|usage|output|description|tl;?dr|(?:short|quick|bottom) .*|to .*|in .*|where .*|when .*|for .*|all .*|main .*|new .*|modified .*|updated .*|created .*|potential .*|possible .*|existing .*|remaining.*|other .*|additional .*|open .*|related .*|unchanged.*)[:.]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex GenericHeading { get; }

    /// <summary>A word before a colon that says what kind of statement follows.</summary>
    [GeneratedRegex(@"^\**(?:(?:the )?(?:real |actual )?(?:issue|problem|root cause|bug|cause|culprit) (?:was|is)(?: that)?\s|(problem|the problem|issue|the issue|bug|the bug|root cause|cause|fix|the fix|solution|the solution|what changed|finding|answer|tl;?dr|short answer|bottom line|conclusion|recommendation|decision|verdict|gotcha|key insight|takeaway|reason|result|ursache|lösung|fehler|ergebnis|problema|solución|causa|problème|solution|原因|问题|修复)\b[^:：*\n]{0,25}(?:\*\*[:：]?|[:：]\**|—|–))\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex Label { get; }

    /// <summary>A label of what was wrong, as opposed to what was done about it.</summary>
    [GeneratedRegex(@"^\**(?:the )?(?:real |actual )?(?:issue|problem|root cause|bug|cause|culprit|ursache|fehler|problema|causa|problème|原因|问题)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex ProblemLabel { get; }

    /// <summary>A commit subject that names no thing: its message says more.</summary>
    [GeneratedRegex(@"\b(?:issues?|problems?|bugs?|errors?|improvements?|fixes|changes|updates|configuration|config|cleanup|clean up|settings|tests?|failures?|warnings?|various|misc|finalize|complete)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex VagueSubjectOfCommit { get; }

    /// <summary>A request that leaves open what is wanted.</summary>
    [GeneratedRegex(@"\bor something\b|^(?:check|explain|describe|read|list|try)\b (?:if|whether|that|why|how|what|to)\b|\bif needed\b|\bsomething (?:like|similar)\b|\band stuff\b|^(?:fix|make|do|use|change|update|address|apply|resolve|merge) (?:the |this |that |it|them|both|all|these|those|same|my )*(?:local |remote |current |pr |review |merge |failing |lint |unit )*(?:branch|comments?|feedback|conflicts?|issues?|errors?|tests?|problem|bug|ci|build|one|code|changes|suggestions?|work|fix(?:es)?)?(?: (?:here|too|as well|then|first|now|issue|problem|with|from|for|in|on)\b.*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex HazyRequest { get; }

    /// <summary>A statement of why something is as it is.</summary>
    [GeneratedRegex(@"\b(?:root cause|because|the (?:issue|problem|bug|culprit|reason|cause) (?:is|was)|turns out|caused by|doesn'?t (?:support|work|exist|have|use|fire|run|expose)|never|silently|only (?:works?|runs?|fires?|when|if)|is (?:not|never|already|only|called|used|stored|set|written)|are (?:not|never|only|stored)|isn'?t|aren'?t|no longer|cannot|can'?t|due to|means (?:that)?|unused|dead code|inherits?|by design|always|weil|dadurch|deshalb|porque|debido a|parce que|car|à cause)\b|因为|由于|导致|原因", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex Cause { get; }

    /// <summary>A statement of how it is now and was not before.</summary>
    [GeneratedRegex(@"\b(?:now|no longer)\s+[\w`]|\b(?:jetzt|nun|ahora|ya no|désormais|maintenant|ne .* plus)\b|现在|不再", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex NewState { get; }

    /// <summary>A rule or wish of the person that outlives the request.</summary>
    [GeneratedRegex(@"\b(?:never|always|don'?t (?:want|need|use|add|do|change|like)|we should(?:n'?t| not)?|must(?:n'?t| not)?|let'?s (?:not|keep|drop|remove|go with|stick|use|skip|rename)|i(?:'d| would)? prefer|i(?:'d| would) rather|instead of|rather than|no need|should (?:not|only|always|never)|go with|nie|niemals|immer|nunca|siempre|jamais|toujours)\b|总是|永远不要|不要", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex Rule { get; }

    /// <summary>A person's message that says the agent was wrong.</summary>
    [GeneratedRegex(@"^(?:(?:ok|uh|um|hmm+|well|sorry|but)\W+)*(?:no|nope|wrong|that'?s (?:not|wrong)|not (?:true|correct|right)|you(?:'re| are) (?:not correct|wrong|mistaken)|nein|falsch|non|incorrecto)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex Contradiction { get; }

    /// <summary>A thing to look out for.</summary>
    [GeneratedRegex(@"\b(?:gotcha|caveat|note that|be careful|important(?:ly)?:|warning|however|unfortunately|limitation|edge case|doesn'?t support|silently|only works|must (?:not|be|always)|won'?t|cannot|can'?t|otherwise|known (?:issue|bug|limitation))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex Gotcha { get; }

    /// <summary>Housekeeping that says nothing about the code.</summary>
    [GeneratedRegex(@"\b(?:commit(?:ted)? (?:and|it|this|that|the|these|now|all|msg|message)|push(?:ed|ing)?|rebase|merge conflicts?|conflicts?|pull request|(?:pr|review|github|copilot) comments?|open a? ?(?:draft )?pr|the pr|draft pr|reply|respond|ci (?:is|still|failing)|squash|cherry-?pick|stash|sync with|switch (?:to )?branch|clean git state)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex Housekeeping { get; }

    /// <summary>A line of a message that was pasted and not written.</summary>
    [GeneratedRegex(@"^\s*(?:\d{4}-\d\d-\d\dT|\d\d:\d\d:\d\d|\[?(?:INFO|WARN|ERROR|DEBUG)\b|at \S+\(|[⨯✗✓•⏺⎿│❯$%>]\s|=== |--- |\{""|\S+@\S+ .*[%$] |[+-]{1,3}\s*\S|goroutine |\S{0,12} ?\d+\.\d+ |npm (?:err|warn)|\[[^\]]{1,20}\] |✔|\s+File ""|\d+[:|→]|(?:create|delete) mode \d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex PastedLine { get; }

    /// <summary>Words of a bug, a new shape, something new, with which kinds are voted for.</summary>
    [GeneratedRegex(@"\b(?:fix(?:e[sd]|ing)?|bug(?:s|gy|fix)?|broken?|crash\w*|regress\w*|fail(?:s|ed|ing|ure|ures)?|errors?|wrong(?:ly)?|incorrect\w*|race condition|deadlock|leak\w*|panic\w*|hang(?:s|ing)?|flaky|not work\w*|repair\w*|resolv\w+|properly|prevent\w*|correctly|doesn.?t work|missing|stale|corrupt\w*|fehler|behoben|beheben|error|corregid\w+|corrig\w+|bogue|erreur)\b|修复|崩溃|错误", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex BugWords { get; }

    /// <inheritdoc cref="BugWords"/>
    [GeneratedRegex(@"\b(?:refactor\w*|renam\w*|extract\w*|simplif\w*|clean(?:ed|ing)?[ -]?up|cleanup|dedup\w*|consolidat\w*|mov(?:e|ed|ing)|inline[ds]?|split\w*|unif(?:y|ied)|reorgani[sz]\w*|dead code|duplicat\w*|rework\w*|restructur\w*|umbenannt|renombr\w+|renomm\w+)\b|重构|重命名", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex RefactorWords { get; }

    /// <inheritdoc cref="BugWords"/>
    [GeneratedRegex(@"\b(?:add(?:s|ed|ing)?|implement\w*|creat(?:e|es|ed|ing)|introduc\w*|support\w*|feature|enable[ds]?|allow\w*|feat|ajout\w*|añad\w+|agreg\w+|hinzugefügt|neue[nrs]?)\b|新增|添加|增加", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex FeatureWords { get; }

    /// <summary>A person says that something is decided.</summary>
    [GeneratedRegex(@"(?:^|[.!?:;]\s+)(?:decision|decided)\s*:|\b(?:we|i)(?:'ve| have)? (?:just )?decided\b", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, RegexPatience)]
    public static partial Regex ToldDecision { get; }
}
