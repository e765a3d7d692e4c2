using System.Text.Json.Serialization;

namespace Cairn.Cli.Install;

/// <summary>The manifest file: every change that stands, in the order in which they were made.</summary>
internal sealed record InstallManifest
{
    /// <summary>The only layout of the file so far.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Layout of the file; a newer one is not touched.</summary>
    public required int Format { get; init; }

    /// <summary>The changes, oldest first.</summary>
    public required IReadOnlyList<InstallRecord> Records { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstallManifest))]
internal sealed partial class InstallManifestJson : JsonSerializerContext;
