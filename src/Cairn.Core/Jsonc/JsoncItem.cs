namespace Cairn.Core.Jsonc;

/// <summary>A value in its place in an object or an array.</summary>
public sealed class JsoncItem
{
    /// <summary>The member's name; null in an array.</summary>
    public required string? Name { get; init; }

    /// <summary>Where it starts in the text: at its name, or at its value in an array.</summary>
    public required int Start { get; init; }

    /// <summary>Its value.</summary>
    public required JsoncValue Value { get; init; }

    /// <summary>Where the comma behind it stands; -1 when there is none.</summary>
    public int Comma { get; internal set; } = -1;

    /// <summary>True when nothing but white space stands between it and a <c>//</c> comment.</summary>
    internal bool AfterLineComment { get; init; }
}
