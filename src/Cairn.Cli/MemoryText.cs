using System.Globalization;
using Cairn.Core.Wire;

namespace Cairn.Cli;

/// <summary>Shows memories to people.</summary>
internal static class MemoryText
{
    private const char MatchStart = '\u0002';
    private const char MatchEnd = '\u0003';

    /// <summary>A line for each.</summary>
    public static void List(Output output, IReadOnlyList<MemoryReply> memories)
    {
        var table = new TextTable(output, "id", "when", "kind", "project", "title");
        foreach (var memory in memories)
        {
            table.Add(
                Number(memory.Id), Words.Moment(memory.CreatedAtMs), memory.Kind, memory.Project, (memory.Pinned ? "* " : "") + memory.Title);
        }

        table.Write();
    }

    /// <summary>A line for each, and the words around what matched.</summary>
    public static void Matches(Output output, IReadOnlyList<MemoryReply> memories)
    {
        foreach (var memory in memories)
        {
            var where = $"{memory.Kind}, {memory.Project}, {Words.Moment(memory.CreatedAtMs)}";
            output.Line($"{output.Faint(Number(memory.Id).PadLeft(6))}  {output.Strong(Output.Safe(memory.Title))}  {output.Faint(Output.Safe(where))}");
            if (Snippet(output, memory.Snippet) is { Length: > 0 } snippet)
            {
                output.Line("        " + snippet);
            }
        }
    }

    /// <summary>All of one.</summary>
    public static void Whole(Output output, MemoryReply memory)
    {
        output.Line($"{output.Faint(Number(memory.Id))}  {output.Strong(Output.Safe(memory.Title))}{(memory.Pinned ? "  (pinned)" : "")}");
        if (memory.Subtitle.Length > 0)
        {
            output.Line("    " + Output.Safe(memory.Subtitle));
        }

        if (memory.Narrative.Length > 0)
        {
            output.Line();
            output.Line(Output.Safe(memory.Narrative));
        }

        Items(output, "facts", memory.Facts);
        Items(output, "files modified", memory.FilesModified);
        Items(output, "files read", memory.FilesRead);
        output.Line();
        Field(output, "kind", memory.Kind);
        Field(output, "project", memory.Project);
        Field(output, "when", Words.Moment(memory.CreatedAtMs));
        Field(output, "concepts", string.Join(", ", memory.Concepts));
        Field(output, "rests on", memory.Evidence.Count == 0 ? "what a person said" : Words.Count(memory.Evidence.Count, "event") + From(memory));
        Field(output, "source", $"{memory.Source}, confidence {memory.Confidence}");
    }

    private static string From(MemoryReply memory) =>
        memory.SessionId is { } session ? string.Create(CultureInfo.InvariantCulture, $" of session {session}") : "";

    private static void Items(Output output, string name, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        output.Line();
        output.Line(output.Faint(name));
        foreach (var item in items)
        {
            output.Line("  - " + Output.Safe(item));
        }
    }

    private static void Field(Output output, string name, string value)
    {
        if (value.Length > 0)
        {
            output.Line($"{output.Faint(name.PadRight(9))} {Output.Safe(value)}");
        }
    }

    private static string Snippet(Output output, string snippet)
    {
        var parts = snippet.ReplaceLineEndings(" ").Split(MatchStart);
        return string.Concat(parts.Select((part, index) =>
            index > 0 && part.IndexOf(MatchEnd, StringComparison.Ordinal) is >= 0 and var end
                ? output.Strong(Output.Safe(part[..end])) + Output.Safe(part[(end + 1)..])
                : Output.Safe(part)));
    }

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
