using Cairn.Core;

namespace Cairn.Engine.Agents.ClaudeCode;

/// <summary>What stands in a person's place in a transcript of Claude Code: their own words, or what the agent put there.</summary>
/// <param name="Kind">A prompt, a compaction, a stopped turn; <see cref="EventKind.Other"/> for what is not kept.</param>
/// <param name="Text">The words.</param>
internal readonly record struct ClaudeUserText(EventKind Kind, string Text)
{
    private const string ContinuedFrom = "This session is being continued from a previous conversation";
    private const string AfterSummary = "\n\nIf you need specific details from before compaction";

    /// <summary>Tells what a text is.</summary>
    /// <param name="words">The text of the message.</param>
    /// <param name="isSummary">True when the line says that it is a compaction's summary.</param>
    public static ClaudeUserText Read(string words, bool isSummary)
    {
        var text = words.TrimStart();
        if (isSummary || text.StartsWith(ContinuedFrom, StringComparison.Ordinal))
        {
            return new(EventKind.Compacted, SummaryOf(text));
        }

        if (text.StartsWith("[Request interrupted by user", StringComparison.Ordinal))
        {
            return new(EventKind.TurnFailed, text.Trim());
        }

        // A command that becomes a prompt begins with its message, a command of the program itself with its name.
        if (text.StartsWith("<command-message>", StringComparison.Ordinal))
        {
            return new(EventKind.Prompt, $"{Inside(text, "command-name")} {Inside(text, "command-args")}".Trim());
        }

        return IsInjected(text) || text.Length == 0 ? new(EventKind.Other, "") : new(EventKind.Prompt, words);
    }

    /// <summary>True for what the agent wrote into a person's place.</summary>
    public static bool IsInjected(string text) =>
        text.AsSpan().TrimStart() is ['<', .. var tag]
        && (Begins(tag, "command-name>") || Begins(tag, "local-command-") || Begins(tag, "bash-") || Begins(tag, "system-reminder>")
            || Begins(tag, "ide_") || Begins(tag, "task-notification") || Begins(tag, "user-memory-input>") || Begins(tag, "teammate-message"));

    /// <summary>A failed call's words, without the tag that the agent puts around its own refusals.</summary>
    public static string WithoutErrorTag(string text) =>
        text.StartsWith("<tool_use_error>", StringComparison.Ordinal) ? Inside(text, "tool_use_error") : text;

    // What the compaction's hook calls the summary stands between two sentences of the agent's own.
    private static string SummaryOf(string text)
    {
        var start = text.StartsWith(ContinuedFrom, StringComparison.Ordinal) ? text.IndexOf("\n\n", StringComparison.Ordinal) : -1;
        var end = text.IndexOf(AfterSummary, StringComparison.Ordinal);
        return text[(start < 0 ? 0 : start + 2)..(end < 0 || end < start ? text.Length : end)].Trim();
    }

    private static string Inside(string text, string tag)
    {
        var start = text.IndexOf($"<{tag}>", StringComparison.Ordinal);
        if (start < 0)
        {
            return "";
        }

        start += tag.Length + 2;
        var end = text.IndexOf($"</{tag}>", start, StringComparison.Ordinal);
        return text[start..(end < 0 ? text.Length : end)].Trim();
    }

    private static bool Begins(ReadOnlySpan<char> text, string with) => text.StartsWith(with, StringComparison.Ordinal);
}
