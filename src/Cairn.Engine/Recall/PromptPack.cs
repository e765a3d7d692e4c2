using Cairn.Core;

namespace Cairn.Engine.Recall;

/// <summary>The memories that a prompt is about, rendered best first: each whole where the budget holds it, else by its heading.</summary>
internal sealed record PromptPack(string Text, IReadOnlyList<GateMatch> Matches)
{
    private const int LongestNarrative = 420;
    private const int LongestFact = 200;
    private const int MostFacts = 4;
    private const int MostFiles = 5;

    public static PromptPack Of(
        ReceiptId receipt, IReadOnlyList<GateMatch> matches, string project, int tokenBudget, int characterLimit)
    {
        var opening = MemoryFence.Opening(receipt, $"from earlier sessions of {project}");
        var closing = MemoryFence.Closing("More: `cairn show <number>`.");
        var text = new PackText(tokenBudget, characterLimit, opening + closing);
        var held = new List<GateMatch>();
        foreach (var match in matches)
        {
            var heading = MemoryFence.Heading(match.Memory);
            if (!text.TryAdd([heading, .. Details(match.Memory.Content)]) && !text.TryAdd(heading))
            {
                break;
            }

            held.Add(match);
        }

        return new PromptPack(held.Count == 0 ? "" : $"{opening}{text}{closing}", held);
    }

    private static IEnumerable<string> Details(MemoryContent content)
    {
        if (content.Narrative.Length > 0)
        {
            yield return $"  {MemoryFence.Line(content.Narrative, LongestNarrative)}";
        }

        foreach (var fact in content.Facts.Take(MostFacts))
        {
            yield return $"  - {MemoryFence.Line(fact, LongestFact)}";
        }

        if (content.FilesModified.Count > 0)
        {
            yield return $"  files: {MemoryFence.Line(string.Join(", ", content.FilesModified.Take(MostFiles)))}";
        }
    }
}
