using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>A pull request that the agent opened or retitled.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its description; empty when it was given another way.</param>
/// <param name="EventId">The event that it rests on.</param>
internal sealed partial record PullRequest(string Title, string Body, long EventId)
{
    /// <summary>The pull request of a command that did not fail; null when it made none.</summary>
    public static PullRequest? From(string command, long eventId) =>
        Call.Match(command) is { Success: true } call
        && ShellCommand.OptionValues(command[call.Index..], TitleOption) is [{ Length: > 0 } title, ..]
            ? new PullRequest(title, ShellCommand.HereDocument(command[call.Index..]) ?? "", eventId)
            : null;

    [GeneratedRegex(@"\b(?:gh pr (?:create|edit)|glab mr (?:create|update))\b", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Call { get; }

    [GeneratedRegex(@"\s(?:--title|-t)(?:\s+|=)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex TitleOption { get; }
}
