using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>What a message in a person's place is.</summary>
internal enum MessageKind
{
    /// <summary>A request.</summary>
    Prompt,

    /// <summary>An order to carry out a plan that the message holds.</summary>
    Plan,

    /// <summary>"Yes", "go on", "commit": belongs to the work before it.</summary>
    Acknowledgement,

    /// <summary>A command of the agent's own, such as <c>/clear</c>: no work.</summary>
    Command,

    /// <summary>The agent's note that the person stopped it.</summary>
    Interrupt,

    /// <summary>The summary that a compacted conversation goes on from.</summary>
    Continuation,

    /// <summary>Put there by the agent or a hook.</summary>
    Injected,
}

/// <summary>A message in a person's place, told apart from what agents put there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What the person wrote, without the agent's additions; the plan for a plan.</param>
internal sealed partial record UserMessage(MessageKind Kind, string Text)
{
    /// <summary>Classifies a message by its text alone.</summary>
    public static UserMessage Classify(string message)
    {
        var capped = message.Length > ObserverRules.PromptLimit ? message[..ObserverRules.PromptLimit] : message;
        var text = Additions.Replace(capped, "").Trim();
        if (Interrupted.IsMatch(text))
        {
            return new UserMessage(MessageKind.Interrupt, "");
        }

        if (text.StartsWith("This session is being continued from a previous conversation", StringComparison.Ordinal))
        {
            return new UserMessage(MessageKind.Continuation, "");
        }

        if (CommandName.Match(capped) is { Success: true } command)
        {
            return FromCommand(command.Groups[1].Value, CommandArguments.Match(capped).Groups[1].Value.Trim());
        }

        if (text.Length == 0 || InjectedStart.IsMatch(text))
        {
            return new UserMessage(MessageKind.Injected, "");
        }

        if (BareCommand.Match(text) is { Success: true } bare)
        {
            return FromCommand(bare.Groups[1].Value, bare.Groups[2].Value.Trim());
        }

        return PlanOrder.Match(text) is { Success: true } order
            ? new UserMessage(MessageKind.Plan, text[order.Length..].Trim())
            : new UserMessage(IsAcknowledgement(text) ? MessageKind.Acknowledgement : MessageKind.Prompt, text);
    }

    // Arguments longer than a name or two are a request: "/review the parser for missing checks".
    private static UserMessage FromCommand(string name, string arguments) =>
        arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 3
            ? new UserMessage(MessageKind.Prompt, arguments)
            : new UserMessage(
                ObserverRules.SilentCommands.Contains(name.TrimStart('/')) ? MessageKind.Command : MessageKind.Acknowledgement, "");

    private static bool IsAcknowledgement(string text)
    {
        if (text.Length > ObserverRules.LongestAcknowledgement || Prose.HasIdentifier(text))
        {
            return false;
        }

        var words = Word.Matches(text.ToLowerInvariant()).Select(match => match.Value).ToList();
        var ideographs = text.Count(c => c is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF');
        return ideographs > 0 ? ideographs <= 4 : words.Count <= 2 || words.TrueForAll(ObserverRules.Acknowledgements.Contains);
    }

    [GeneratedRegex(
        @"<(?:system-reminder|local-command-caveat|local-command-stdout|local-command-stderr|command-message|command-stdout|ide_opened_file|ide_selection|ide_diagnostics|user-prompt-submit-hook|persisted-output)\b[^>]*>(?s:.*?)(?:</(?:system-reminder|local-command-caveat|local-command-stdout|local-command-stderr|command-message|command-stdout|ide_opened_file|ide_selection|ide_diagnostics|user-prompt-submit-hook|persisted-output)>|\z)",
        RegexOptions.NonBacktracking)]
    private static partial Regex Additions { get; }

    [GeneratedRegex(@"^\[Request interrupted by user", RegexOptions.NonBacktracking)]
    private static partial Regex Interrupted { get; }

    [GeneratedRegex(
        @"^(?:<(?:task-notification|bash-input|bash-stdout|bash-stderr|local-command|command-|teammate-message|system-reminder)|Caveat: The messages below|Base directory for this skill|Stop hook feedback|\[Image: source|\(no content\)|Unknown (?:slash command|skill))",
        RegexOptions.NonBacktracking)]
    private static partial Regex InjectedStart { get; }

    [GeneratedRegex(@"<command-name>\s*(/?[\w:-]+)\s*</command-name>", RegexOptions.NonBacktracking)]
    private static partial Regex CommandName { get; }

    [GeneratedRegex(@"<command-args>((?s:.*?))</command-args>", RegexOptions.NonBacktracking)]
    private static partial Regex CommandArguments { get; }

    [GeneratedRegex(@"^(/[A-Za-z][\w:-]*)((?:\s(?s:.*))?)$", RegexOptions.NonBacktracking)]
    private static partial Regex BareCommand { get; }

    [GeneratedRegex(@"^implement the following plan:?\s*", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex PlanOrder { get; }

    [GeneratedRegex(@"[\p{L}\p{Nd}']+", RegexOptions.NonBacktracking)]
    private static partial Regex Word { get; }
}
