using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Says in the past tense, verb first and without a speaker, what a sentence reports or a fulfilled request asked for.</summary>
internal static partial class PastTense
{
    private const int ShortestRequest = 28;

    /// <summary>"I've added …", "The fix was adding …" and "… has been added" all say "Added …"; other sentences stay as they are.</summary>
    public static string OfReport(string text)
    {
        if (Speaker.Match(text) is { Success: true } speaker && VerbFirst(text[speaker.Length..], isDeed: false) is { } told)
        {
            return told;
        }

        if (Deed.Match(text) is { Success: true } deed && VerbFirst(text[deed.Length..], isDeed: true) is { } done)
        {
            return done;
        }

        if (ThirdPerson.IsMatch(text) && VerbFirst(text, isDeed: true) is { } does)
        {
            return InPast(does);
        }

        if (Passive.Match(text) is { Success: true } passive && ObserverRules.DoneForms.TryGetValue(passive.Groups[2].Value, out var past) && ObserverRules.DoneVerbs.Contains(passive.Groups[2].Value))
        {
            return $"{Raised(past)} {Lowered(passive.Groups[1].Value)}{passive.Groups[3].Value}";
        }

        return PlaceOfChange.Replace(text, "$1 $2");
    }

    /// <summary>
    /// What a request in the imperative says once it is fulfilled: "Add a retry and log it" says "Added a retry and logged
    /// it". Null for any other sentence.
    /// </summary>
    /// <param name="request">The request without politeness.</param>
    /// <param name="file">Stands in for "this" and "it", which point at something that the title does not show.</param>
    public static string? OfRequest(string request, string file)
    {
        var words = Shortened(request).Split(' ', 2);
        if (words.Length < 2 || Past(words[0]) is not { } past)
        {
            return null;
        }

        return $"{Raised(past)} {Pointing.Replace(Filler.Replace(InPast(words[1]), ""), file)}";
    }

    /// <summary>What "Now let me add a retry" says once it was done: "Added a retry". Null for any other sentence.</summary>
    public static string? OfAnnouncement(string sentence) =>
        (Announcement.Match(sentence) is { Success: true } said ? said : Deed.Match(sentence)) is { Success: true } announced
            && !OfTheAgent.IsMatch(sentence) && VerbFirst(sentence[announced.Length..].TrimEnd(':', '.', ' '), isDeed: true) is { } done ? InPast(done) : null;

    private static string InPast(string rest) =>
        FurtherVerb.Replace(rest, match => Past(match.Groups[2].Value) is { } further ? $"{match.Groups[1].Value}{further} " : match.Value);

    private static string? Past(string verb) =>
        ObserverRules.RequestPasts.TryGetValue(verb, out var past) || ObserverRules.DoneForms.TryGetValue(verb, out past) ? past : null;

    // "… for the release that I'm planning", "…, can you propose something?": from there on it speaks of people.
    private static string Shortened(string request)
    {
        var people = People.Match(request);
        var shorter = people.Success && people.Index >= ShortestRequest ? request[..people.Index] : request;
        return TitleText.WithoutDanglingEnd(Preparation.Replace(shorter, "")).TrimEnd('.', '!', '?', ',', ' ');
    }

    private static string? VerbFirst(string rest, bool isDeed)
    {
        var words = rest.Split(' ', 2);
        return ObserverRules.DoneForms.TryGetValue(words[0], out var past) && (isDeed || past.Equals(words[0], StringComparison.OrdinalIgnoreCase))
            ? Raised(past) + (words.Length > 1 ? " " + words[1] : "")
            : null;
    }

    private static string Raised(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    // Only an article loses its capital; a name keeps it.
    private static string Lowered(string text) =>
        text.StartsWith("The ", StringComparison.Ordinal) || text.StartsWith("All ", StringComparison.Ordinal) || text.StartsWith("Both ", StringComparison.Ordinal)
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : text;

    [GeneratedRegex(@"^(?:i(?:'ve| have)?|we(?:'ve| have)?)\s+(?:then\s+|now\s+|also\s+|just\s+|successfully\s+)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Speaker { get; }

    [GeneratedRegex(@"^(?:(?:ok(?:ay)?|good|right|great|perfect|now|next|first|then|so)[,.!]? )*(?:let me|let's|i'll|i will|i'm going to|i need to|i can|i should|we need to|we should)(?: now| also| just| then| simply)* ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Announcement { get; }

    [GeneratedRegex(@"^(?:the|this) (?:(?:\w+[- ]){0,2}approach|fix|change|solution|commit|update|refactor(?:ing)?|patch|implementation) (?:now |also |simply |just )*(?:(?:was|is) (?:to |by )?|works by )?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Deed { get; }

    [GeneratedRegex(@"^(?!Tests? |Sets? of |Changes |Fixes |Updates |Builds |Lists? of |Marks |Splits |Drops )[A-Z][a-z]+s (?!are |is |were |was |from |that |which |and |or |\()", RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex ThirdPerson { get; }

    [GeneratedRegex(@"^((?:[^\s,;:.]+ ){0,9}?[^\s,;:]+) (?:is|are|was|were|has been|have been) (?:now |also |successfully |fully |completely )*(\w+)((?: (?:from|in|to|into|with|by|on|for|as|so that)\b[^\n]*)?[.!]?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Passive { get; }

    [GeneratedRegex(@"^the (?:change|fix|code|call|check|line|update|function|method|test) (?:at|in) (`?[\w./-]+\.\w{1,5}(?::[\d-]+)?`?) (now|no longer)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex PlaceOfChange { get; }

    [GeneratedRegex(@"((?:,? and(?: then)?|, then|, but|;) (?:also |briefly |just |only )?)([a-z]+) ", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex FurtherVerb { get; }

    [GeneratedRegex(@",?\s+(?:then|just|maybe|please|too|as well|simply)(?=[\s,.;]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Filler { get; }

    [GeneratedRegex(@"\b(?:todos?|tasks?|todo list|plan|tracking|subagents?|dispatch\w*|understand|before (?:start|implement|edit|chang)\w+)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex OfTheAgent { get; }

    [GeneratedRegex(@"^(?:read|look at|look into|check|check out|see|review|take a look at|go through)\b[^;]{0,90}? and (?:then )?(?=(?:add|fix|update|remove|create|implement|rename|write|make|move|refactor|replace|change|extract|apply)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Preparation { get; }

    [GeneratedRegex(@"^(?:this|it|that|these|those|them|the code)\b(?! \w+ (?:is|are)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Pointing { get; }

    [GeneratedRegex(@",? (?:that |which |so )?(?:i'm|i am|i've|i have|i'd|i|we|we're|you|can you|could you)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex People { get; }
}
