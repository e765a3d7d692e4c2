using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Engine.Agents;

/// <summary>What a transcript's earlier lines said that its later ones rest on.</summary>
internal sealed record TranscriptState
{
    /// <summary>The agent's id of the session; null before a line named it.</summary>
    public string? SessionId { get; init; }

    /// <summary>The session's directory; empty before a line named it.</summary>
    public string Cwd { get; init; } = "";

    /// <summary>The agent's id of the prompt that is being answered.</summary>
    public string? TurnId { get; init; }

    /// <summary>True when the turn's own prompt was read.</summary>
    public bool Prompted { get; init; }

    /// <summary>The model that answers.</summary>
    public string? Model { get; init; }

    /// <summary>The subagent that the whole file is about; null for the main conversation.</summary>
    public string? SubagentId { get; init; }

    /// <summary>The subagent's kind.</summary>
    public string? SubagentType { get; init; }

    /// <summary>True when Cairn started the session to think for itself: nothing of it is kept.</summary>
    public bool Internal { get; init; }

    /// <summary>Its JSON.</summary>
    public string Write() => JsonSerializer.Serialize(this, TranscriptStateJson.Default.TranscriptState);

    /// <summary>Reads what <see cref="Write"/> wrote; fresh where that is not understood.</summary>
    public static TranscriptState Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TranscriptStateJson.Default.TranscriptState) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(TranscriptState))]
internal sealed partial class TranscriptStateJson : JsonSerializerContext;
