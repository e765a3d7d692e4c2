using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents.ClaudeCode;

/// <summary>Claude Code's hooks. Contract: its hooks reference; fields and traps as recorded from version 2.1.197.</summary>
public sealed class ClaudeCodeAdapter : IAgentAdapter
{
    // Not escaped more than JSON demands: the text is for a model, and the agent counts its characters.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public AgentSpec Agent => AgentSpec.ClaudeCode;

    /// <inheritdoc/>
    public AgentPayload Read(ReadOnlyMemory<byte> utf8, EventOrigin origin, DateTimeOffset? observedAt)
    {
        using var document = PayloadReader.Parse(utf8, out var reason);
        if (document is null)
        {
            return new AgentPayload.Malformed(reason);
        }

        var root = document.RootElement;
        if (root.Text("hook_event_name") is not { Length: > 0 } name)
        {
            return new AgentPayload.Malformed("hook_event_name is missing");
        }

        if (root.Text("session_id") is not { Length: > 0 and <= 512 } session)
        {
            return new AgentPayload.Malformed("session_id must be a text of 1 to 512 characters");
        }

        return new ClaudeCodeEvent(root, name, session, origin, observedAt).Translate();
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
            if (person.Length > 0)
            {
                json.WriteString("systemMessage", person);
            }

            if (context.Length > 0)
            {
                json.WriteStartObject("hookSpecificOutput");
                json.WriteString("hookEventName", moment == RecallMoment.SessionStart ? "SessionStart" : "UserPromptSubmit");
                json.WriteString("additionalContext", context);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
