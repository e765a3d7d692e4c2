using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents.OpenCode;

/// <summary>
/// OpenCode's plugin of ours (<c>agents/opencode</c>). It frames OpenCode's own events with the session, the turn and the
/// time that they belong to, alone or several at once; fields and traps as recorded from version 1.18.33.
/// </summary>
public sealed class OpenCodeAdapter : IAgentAdapter
{
    // As many as the plugin ever puts together; more are no batch of ours.
    private const int MostEvents = 100_000;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public AgentSpec Agent => AgentSpec.OpenCode;

    /// <inheritdoc/>
    public AgentPayload Read(ReadOnlyMemory<byte> utf8, EventOrigin origin, DateTimeOffset? observedAt)
    {
        using var document = PayloadReader.Parse(utf8, out var reason);
        if (document is null)
        {
            return new AgentPayload.Malformed(reason);
        }

        var root = document.RootElement;
        if (root.Text("hook_event_name") != "batch")
        {
            return OpenCodeEvent.Read(root, origin, observedAt);
        }

        return root.Part("events") is { ValueKind: JsonValueKind.Array } events && events.GetArrayLength() <= MostEvents
            ? new AgentPayload.Several([.. events.EnumerateArray().SelectMany(one => Flat(OpenCodeEvent.Read(one, origin, observedAt)))])
            : new AgentPayload.Malformed("events must be a list");
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Answer(RecallMoment moment, string context, string person)
    {
        if (moment == RecallMoment.None || (context.Length == 0 && person.Length == 0))
        {
            return default;
        }

        var buffer = new ArrayBufferWriter<byte>(context.Length + 256);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("context", context);
            json.WriteString("person", person);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static IEnumerable<AgentPayload> Flat(AgentPayload payload) => payload is AgentPayload.Several several ? several.Items : [payload];
}
