using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Core.Wire;

/// <summary>How the daemon's words are written: snake_case, source-generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(HealthReply))]
[JsonSerializable(typeof(VersionReply))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(DoctorReply))]
[JsonSerializable(typeof(MemoryReply))]
[JsonSerializable(typeof(MemoryListReply))]
[JsonSerializable(typeof(RememberRequest))]
[JsonSerializable(typeof(ContextReply))]
[JsonSerializable(typeof(StatsReply))]
[JsonSerializable(typeof(SessionListReply))]
[JsonSerializable(typeof(PauseRequest))]
[JsonSerializable(typeof(PauseReply))]
[JsonSerializable(typeof(BackfillRequest))]
[JsonSerializable(typeof(BackfillFindingsReply))]
[JsonSerializable(typeof(BackfillReply))]
[JsonSerializable(typeof(CountsReply))]
[JsonSerializable(typeof(RawEventsReply))]
[JsonSerializable(typeof(RawEventTotals))]
[JsonSerializable(typeof(RawEventStatusReply))]
[JsonSerializable(typeof(RawEventErrorReply))]
[JsonSerializable(typeof(QueueReply))]
[JsonSerializable(typeof(QueueRequest))]
[JsonSerializable(typeof(CountReply))]
[JsonSerializable(typeof(ScrubReply))]
[JsonSerializable(typeof(PluginReply))]
public sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>
    /// Gives a server's options the rules of the wire. A context's own naming policy does not reach options that it is
    /// merely added to, so they are set here too.
    /// </summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.RespectNullableAnnotations = true;
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}
