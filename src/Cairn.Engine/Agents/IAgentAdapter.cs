using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents;

/// <summary>Speaks one agent's language: reads what its hooks send and writes what they expect to hear. Lenient: never throws for any input.</summary>
public interface IAgentAdapter
{
    /// <summary>The agent.</summary>
    AgentSpec Agent { get; }

    /// <summary>Reads one payload.</summary>
    /// <param name="utf8">The bytes as they came; maybe no JSON at all.</param>
    /// <param name="origin">The route that they came by.</param>
    /// <param name="observedAt">When the client saw them, UTC; null when it did not say.</param>
    AgentPayload Read(ReadOnlyMemory<byte> utf8, EventOrigin origin, DateTimeOffset? observedAt);

    /// <summary>Writes the answer to a hook.</summary>
    /// <param name="moment">The moment that the agent listens at.</param>
    /// <param name="context">What to put in front of the model; empty for nothing.</param>
    /// <param name="person">A line for the person; empty for none.</param>
    /// <returns>What the hook prints; empty when there is nothing to say.</returns>
    ReadOnlyMemory<byte> Answer(RecallMoment moment, string context, string person);
}
