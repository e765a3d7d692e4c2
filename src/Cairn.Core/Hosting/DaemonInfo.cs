using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Core.Hosting;

/// <summary>How to reach the running daemon, and how to be sure that a process is it. Written when it is ready, removed when it stops.</summary>
public sealed record DaemonInfo
{
    /// <summary>Version of the words that clients and daemon exchange. A client talks only to a daemon of its own protocol.</summary>
    public const int CurrentProtocol = 1;

    /// <summary>Process id.</summary>
    public required int Pid { get; init; }

    /// <summary>When that process started, in milliseconds since 1970 as the system reports it; with the pid it names one process for good.</summary>
    public required long ProcessStartedAtMs { get; init; }

    /// <summary>The loopback port that it really bound.</summary>
    public required int Port { get; init; }

    /// <summary>The port that it should have bound; differs from <see cref="Port"/> where that was taken.</summary>
    public required int WantedPort { get; init; }

    /// <summary>Its Unix socket.</summary>
    public required string Socket { get; init; }

    /// <summary>Its version, e.g. <c>0.1.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Its <see cref="CurrentProtocol"/>.</summary>
    public required int Protocol { get; init; }

    /// <summary>Reads the discovery file; null when there is none or it is broken.</summary>
    public static DaemonInfo? Read(CairnPaths paths)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(paths.DiscoveryFile), DaemonInfoJson.Default.DaemonInfo);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The discovery file's text.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, DaemonInfoJson.Default.DaemonInfo);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(DaemonInfo))]
internal sealed partial class DaemonInfoJson : JsonSerializerContext;
