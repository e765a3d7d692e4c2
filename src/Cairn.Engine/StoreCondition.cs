namespace Cairn.Engine;

/// <summary>What the store says of itself.</summary>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Faults">What the integrity check found; empty when all is well.</param>
public sealed record StoreCondition(long Bytes, IReadOnlyList<string> Faults);
