using System.Text.Json.Serialization;
using Cairn.Core.Wire;

namespace Cairn.Cli.Demo;

/// <summary>What the demo showed, as <c>cairn demo --json</c> prints it.</summary>
/// <param name="Prompts">What the person of the recorded session asked for.</param>
/// <param name="Events">Payloads that were replayed.</param>
/// <param name="Memories">The memories made of them, the oldest first.</param>
/// <param name="Person">The line that the person of the next session sees.</param>
/// <param name="AtStart">What the next session begins with.</param>
/// <param name="RelatedPrompt">A prompt that has to do with it.</param>
/// <param name="ForRelated">What that prompt brings.</param>
/// <param name="UnrelatedPrompt">A prompt that has nothing to do with it.</param>
/// <param name="ForUnrelated">What that prompt brings: nothing.</param>
/// <param name="HookMs">What a hook took, in milliseconds: the median.</param>
internal sealed record DemoReply(
    IReadOnlyList<string> Prompts, int Events, IReadOnlyList<MemoryReply> Memories, string Person, string AtStart,
    string RelatedPrompt, string ForRelated, string UnrelatedPrompt, string ForUnrelated, double HookMs);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DemoReply))]
internal sealed partial class DemoJson : JsonSerializerContext;
