namespace Cairn.Core.Jsonc;

/// <summary>One step of the way to a value: the name of a member or the index of an item. Converts from both.</summary>
public readonly record struct JsoncStep
{
    private JsoncStep(string? name, int index) => (Name, Index) = (name, index);

    /// <summary>The member's name; null when the step is into an array.</summary>
    public string? Name { get; }

    /// <summary>The item's index, from 0; meaningless when there is a name.</summary>
    public int Index { get; }

    /// <summary>Steps to the member called <paramref name="name"/>.</summary>
    public static implicit operator JsoncStep(string name) => FromString(name);

    /// <summary>Steps to the item at <paramref name="index"/>.</summary>
    public static implicit operator JsoncStep(int index) => FromInt32(index);

    /// <summary>Steps to the member called <paramref name="name"/>.</summary>
    public static JsoncStep FromString(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(name, -1);
    }

    /// <summary>Steps to the item at <paramref name="index"/>.</summary>
    public static JsoncStep FromInt32(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(null, index);
    }

    /// <inheritdoc/>
    public override string ToString() => Name ?? $"[{Index}]";
}
