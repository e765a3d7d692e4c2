using Cairn.Core;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Confidence as it stands in a column.</summary>
internal static class ConfidenceName
{
    public static string Of(MemoryConfidence confidence) => confidence switch
    {
        MemoryConfidence.High => "high",
        MemoryConfidence.Medium => "medium",
        _ => "low",
    };

    public static MemoryConfidence Parse(string name) => name switch
    {
        "high" => MemoryConfidence.High,
        "medium" => MemoryConfidence.Medium,
        _ => MemoryConfidence.Low,
    };
}
