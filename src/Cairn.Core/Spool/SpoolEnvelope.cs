using System.Text.Json;

namespace Cairn.Core.Spool;

/// <summary>An event that could not be delivered, as it waits on disk.</summary>
public sealed record SpoolEnvelope
{
    /// <summary>Version of the file's form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Name of the agent that it came from; see <see cref="AgentSpec"/>.</summary>
    public required string Agent { get; init; }

    /// <summary>When the hook ran, in milliseconds since 1970.</summary>
    public required long ObservedAtMs { get; init; }

    /// <summary>The session's variables that belong to it; see <see cref="Hosting.ProcessEnvironment.ForSession"/>.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The agent's payload: UTF-8 JSON, redacted.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The file's text.</summary>
    internal byte[] ToUtf8()
    {
        using var buffer = new MemoryStream(Payload.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", CurrentVersion);
            writer.WriteString("agent", Agent);
            writer.WriteNumber("observed_at_ms", ObservedAtMs);
            writer.WriteStartObject("environment");
            foreach (var (name, value) in Environment)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WritePropertyName("payload");
            writer.WriteRawValue(Payload.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="JsonException">It is not of the form, or of a version that is not known.</exception>
    internal static SpoolEnvelope Parse(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Redaction.Redactor.DeepestJson + 8 });
        var root = document.RootElement;
        try
        {
            if (root.GetProperty("version").GetInt32() is var version and not CurrentVersion)
            {
                throw new JsonException($"Its version is {version}; this program knows {CurrentVersion}.");
            }

            return new()
            {
                Agent = root.GetProperty("agent").GetString() ?? throw new JsonException("It names no agent."),
                ObservedAtMs = root.GetProperty("observed_at_ms").GetInt64(),
                Environment = root.GetProperty("environment").EnumerateObject()
                    .ToDictionary(variable => variable.Name, variable => variable.Value.GetString() ?? ""),
                Payload = System.Text.Encoding.UTF8.GetBytes(root.GetProperty("payload").GetRawText()),
            };
        }
        catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("It is not of the form of a spooled event.", problem);
        }
    }
}
