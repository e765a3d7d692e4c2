using System.Globalization;
using System.Text;
using Cairn.Core;
using Cairn.Engine.Observe.Rules;

namespace Cairn.Bench.Observe;

/// <summary>What happened in the turns of a memory, short enough to be judged by reading it beside the memory.</summary>
internal static class WorkDigest
{
    private const int PromptLength = 700;
    private const int TextLength = 240;
    private const int ClosingLength = 1600;
    private const int CallLength = 240;
    private const int OutputLength = 140;
    private const int MostSteps = 14;

    /// <summary>Appends the unit's turns: prompt, what was said, which commands ran, which files were edited; the middle of a long turn is left out.</summary>
    public static void Append(StringBuilder text, WorkUnit unit)
    {
        foreach (var (turn, evidence) in unit.Turns)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"> prompt{(turn.Interrupted ? " (interrupted)" : "")}: {Shortened(turn.Prompt, PromptLength)}");
            var steps = turn.Events.Where(happened => happened.Tool?.Name is not ("Read" or "Grep" or "Glob" or "TodoWrite")).ToList();
            for (var i = 0; i < steps.Count; i++)
            {
                if (steps.Count > 2 * MostSteps && i == MostSteps)
                {
                    i = steps.Count - MostSteps;
                    text.AppendLine("> […]");
                }

                text.AppendLine("> " + (steps[i].Tool is { } tool ? Call(tool, steps[i].Kind == EventKind.ToolFailure || tool.Failed) : Said(steps[i].Text ?? "", evidence.ClosingText)));
            }
        }
    }

    private static string Said(string said, string closing) =>
        closing.Contains(said.Trim(), StringComparison.Ordinal) ? "closing: " + Shortened(said, ClosingLength) : "says: " + Shortened(said, TextLength);

    private static string Call(ToolUse tool, bool failed)
    {
        var output = tool.Name == "Bash" || failed ? $" ⇒ {Shortened(tool.Output, OutputLength)}" : "";
        return $"{tool.Name}{(failed ? " FAILED" : "")}: {Shortened(tool.InputJson, CallLength)}{output}";
    }

    private static string Shortened(string text, int length)
    {
        var line = text.ReplaceLineEndings(" ⏎ ");
        return line.Length <= length ? line : $"{Whole(line[..(length * 2 / 3)])} […] {Whole(line[^(length / 3)..])}";
    }

    // A cut may have gone through a character of two code units.
    private static string Whole(string cut) => cut.TrimStart(cut is [>= '\uDC00' and <= '\uDFFF', ..] ? cut[0] : ' ').TrimEnd(cut is [.., >= '\uD800' and <= '\uDBFF'] ? cut[^1] : ' ');
}
