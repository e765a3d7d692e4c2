using System.Globalization;
using System.Text.Json;

namespace Cairn.Core.Jsonc;

/// <summary>Compares values by what they say.</summary>
internal static class JsoncEquality
{
    /// <summary>True when both say the same.</summary>
    public static bool Same(JsoncValue one, JsoncValue other)
    {
        if (one.Kind != other.Kind)
        {
            return false;
        }

        return one.Kind switch
        {
            JsonValueKind.Number => SameNumber(one.Raw, other.Raw),
            JsonValueKind.String => one.Text == other.Text,
            JsonValueKind.Array => one.Items.Count == other.Items.Count
                && one.Items.Zip(other.Items).All(pair => Same(pair.First.Value, pair.Second.Value)),
            JsonValueKind.Object => SameMembers(Members(one), Members(other)),
            _ => true,
        };
    }

    private static bool SameMembers(Dictionary<string, JsoncValue> one, Dictionary<string, JsoncValue> other) =>
        one.Count == other.Count
        && one.All(member => other.TryGetValue(member.Key, out var value) && Same(member.Value, value));

    private static Dictionary<string, JsoncValue> Members(JsoncValue value)
    {
        var members = new Dictionary<string, JsoncValue>(StringComparer.Ordinal);
        foreach (var item in value.Items)
        {
            members[item.Name!] = item.Value;
        }

        return members;
    }

    // Exactly where a decimal holds them; beyond that as every reader of JSON has them, as doubles.
    private static bool SameNumber(string one, string other)
    {
        var culture = CultureInfo.InvariantCulture;
        return one == other
            || (decimal.TryParse(one, NumberStyles.Float, culture, out var a) && decimal.TryParse(other, NumberStyles.Float, culture, out var b)
                ? a == b
                : double.Parse(one, culture).Equals(double.Parse(other, culture)));
    }
}
