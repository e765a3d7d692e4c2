using System.Collections.Frozen;

namespace Cairn.Engine.Observe.Rules;

internal static partial class ObserverRules
{
    /// <summary>Words that carry no subject. English ones also tell that a text is English.</summary>
    public static FrozenSet<string> FunctionWords { get; } = Set("""
        a an the and or but if then else of in on at to for from by with as is are was were be been it its this that these
        those i you we they he she my your our their me us do does did can could should would will shall may might must not
        no yes so also just now only all any some there here what which who how why when where up out about into over than
        too very get got let lets please want need like think make sure see look use using used have has had hmm ok
        """);

    /// <summary>Function words of German, Spanish and French that are no English words.</summary>
    public static FrozenSet<string> ForeignFunctionWords { get; } = Set("""
        der das und ist nicht ein eine den dem mit für auf im wird werden wurde sich bei auch el los las que una por para
        con del se está le les des est une dans pour avec sur qui du au aux et ou la de en
        """);

    /// <summary>Endings that make a word a file's name.</summary>
    public static FrozenSet<string> FileEndings { get; } = Set("""
        go py ts tsx js jsx mjs cjs cs csproj rs java rb md json yaml yml toml sh sql html css scss c h cc cpp hpp kt swift
        php vue svelte lua ex exs erl hs ml scala clj dart tf proto xml txt lock mod sum gradle dockerfile ini cfg conf env
        """);

    /// <summary>Endings with a full stop that end no sentence, lower case, without the stop.</summary>
    public static FrozenSet<string> Abbreviations { get; } = Set("e.g i.e etc vs cf approx no fig al dr mr st z.b bzw usw ca p.ej p.ex");

    /// <summary>Words of which a person's "go on" is made.</summary>
    public static FrozenSet<string> Acknowledgements { get; } = Set("""
        yes yep yeah y ok okay sure go ahead do it please pls continue proceed commit push this that them all now and then
        the changes thanks thank you great good nice perfect cool lets let us run try again retry next both option a b c 1 2
        3 lgtm looks yup make pr merge rebase amend sounds right correct fine works done hi hello test tests fix one first
        second keep going approved stop wait no nope hmm just new branch update more with latest main to on for can we open
        draft create ja bitte weiter mach das danke gut genau passt sí si vale gracias adelante hazlo bien oui merci vas-y
        d'accord continue parfait
        """);

    /// <summary>Commands of the agent's own that are no work.</summary>
    public static FrozenSet<string> SilentCommands { get; } = Set("""
        clear compact cost model login logout exit quit resume status config help context mcp plugin plugins ide init doctor
        usage memory hooks agents permissions rename export theme vim fast effort rewind add-dir
        """);

    /// <summary>Commands that only look, or whose failure means nothing.</summary>
    public static FrozenSet<string> LookingCommands { get; } = Set("""
        ls cat head tail less more grep egrep rg ag find fd wc sort uniq cut awk sed tr diff cmp stat file which type pwd cd
        echo printf test [ [[ true false sleep wait kill pkill ps top df du env export set unset source . mkdir rm rmdir cp
        mv ln touch chmod chown git gh glab jq yq xargs tee date whoami uname history man tree curl wget open xdg-open done
        fi for while do if then else read local return exit ssh scp
        """);

    /// <summary>Verbs with which agents say what they did: every form, and the past that a title begins with.</summary>
    public static FrozenDictionary<string, string> DoneForms { get; } = Forms("""
        add adds adding added|fix fixes fixing fixed|update updates updating updated|remove removes removing removed
        create creates creating created|implement implements implementing implemented|rename renames renaming renamed
        move moves moving moved|refactor refactors refactoring refactored|replace replaces replacing replaced
        change changes changing changed|extract extracts extracting extracted|simplify simplifies simplifying simplified
        convert converts converting converted|introduce introduces introducing introduced|enable enables enabling enabled
        disable disables disabling disabled|delete deletes deleting deleted|improve improves improving improved
        merge merges merging merged|revert reverts reverting reverted|split splits splitting split
        consolidate consolidates consolidating consolidated|wire wires wiring wired|migrate migrates migrating migrated
        switch switches switching switched|restore restores restoring restored|rewrite rewrites rewriting rewrote
        make makes making made|bump bumps bumping bumped|clean cleans cleaning cleaned
        document documents documenting documented|deduplicate deduplicates deduplicating deduplicated
        unify unifies unifying unified|harden hardens hardening hardened|optimize optimizes optimizing optimized
        expose exposes exposing exposed|inline inlines inlining inlined|drop drops dropping dropped
        resolve resolves resolving resolved|correct corrects correcting corrected|address addresses addressing addressed
        configure configures configuring configured|install installs installing installed
        upgrade upgrades upgrading upgraded|downgrade downgrades downgrading downgraded|strip strips stripping stripped
        register registers registering registered|rework reworks reworking reworked|reduce reduces reducing reduced
        increase increases increasing increased|skip skips skipping skipped|port ports porting ported
        tighten tightens tightening tightened|squash squashes squashing squashed|adjust adjusts adjusting adjusted
        reorder reorders reordering reordered|align aligns aligning aligned|centralize centralizes centralizing centralized
        eliminate eliminates eliminating eliminated|integrate integrates integrating integrated
        ensure ensures ensuring ensured|prevent prevents preventing prevented|set sets setting set
        redesign redesigns redesigning redesigned|enhance enhances enhancing enhanced|write writes writing wrote
        wrap wraps wrapping wrapped|swap swaps swapping swapped|clarify clarifies clarifying clarified
        shorten shortens shortening shortened|modify modifies modifying modified|build builds building built
        translate translates translating translated|delegate delegates delegating delegated
        restructure restructures restructuring restructured|reorganize reorganizes reorganizing reorganized
        hide hides hiding hid|expand expands expanding expanded|apply applies applying applied
        mark marks marking marked|untrack untracks untracking untracked|pin pins pinning pinned
        list lists listing listed|handle handles handling handled|support supports supporting supported
        tune tunes tuning tuned|generate generates generating generated|suppress suppresses suppressing suppressed
        """);

    /// <summary>The past of other verbs with which people ask for a change.</summary>
    public static FrozenDictionary<string, string> RequestPasts { get; } = Forms("""
        allow allowed|use used|store stored|show showed|test tested|put put|print printed
        log logged|return returned|pass passed|keep kept|turn turned|setup setup|parse parsed|validate validated
        include included|exclude excluded|optimise optimised|explain explained|describe described|cover covered
        check checked|read read|note noted|mention mentioned|link linked|remind reminded|warn warned
        trim trimmed|sort sorted|limit limited|ignore ignored|detect detected|report reported|display displayed|try tried
        """);

    /// <summary>The past forms alone.</summary>
    public static FrozenSet<string> DoneVerbs { get; } = DoneForms.Values.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Verbs in the imperative with which people ask for a change.</summary>
    public static FrozenSet<string> ChangeVerbs { get; } = Set("""
        add fix update remove create implement rename move refactor replace change extract simplify make use write delete
        drop convert merge split improve support enable disable handle prevent allow introduce clean restore revert rework
        rewrite switch store show hide skip set expose document test port migrate upgrade bump put print log return pass
        keep turn build setup install configure ensure apply address resolve parse validate generate include exclude adjust
        align optimise optimize reduce increase
        """);

    /// <summary>Verbs in the imperative with which people ask for an answer.</summary>
    public static FrozenSet<string> AskVerbs { get; } = Set("""
        explain review investigate check find compare research analyse analyze describe summarise summarize list tell
        figure verify evaluate read explore debug understand trace audit identify discuss brainstorm design plan propose
        """);

    /// <summary>Words with which questions begin.</summary>
    public static FrozenSet<string> QuestionWords { get; } = Set("""
        why how what where when which who is are does do did can could should would was were has have will what's where's
        isn't aren't doesn't
        """);

    /// <summary>Words that point at something said before.</summary>
    public static FrozenSet<string> PointingWords { get; } = Set("""
        it this that these those they them there above here same one ones previous last earlier something stuff thing things
        everything anything
        """);

    /// <summary>First words of a sentence that does not stand alone.</summary>
    public static FrozenSet<string> LeaningStarts { get; } = Set("""
        it its it's this that that's these those they he she you your you're i i'm i'd my we but so and also however then
        both same there here if since because as even or which what not no yes now one another either neither still right
        done only note instead again let let's once all
        """);

    private static FrozenDictionary<string, string> Forms(string table) =>
        table.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(verb => verb.Split(' '))
            .SelectMany(forms => forms.Distinct().Select(form => KeyValuePair.Create(form, forms[^1])))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static FrozenSet<string> Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
