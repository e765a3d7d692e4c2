using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Cairn.Engine.Agents.OpenCode;

/// <summary>What one call of the model used, in the words of an event.</summary>
internal static class ModelUsage
{
    /// <summary>The token counts of an assistant message; null where it used none.</summary>
    public static string? Of(JsonElement info)
    {
        if (info.Part("tokens") is not { } tokens)
        {
            return null;
        }

        var cache = tokens.Part("cache") ?? default;
        long[] counts = [Count(tokens, "input"), Count(tokens, "output"), Count(tokens, "reasoning"), Count(cache, "read"), Count(cache, "write")];
        if (counts.All(count => count == 0))
        {
            return null;
        }

        string[] names = ["input", "output", "reasoning", "cache_read", "cache_write"];
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, count) in names.Zip(counts))
            {
                json.WriteNumber(name, count);
            }

            if (info.TryGetProperty("cost", out var cost) && cost.ValueKind == JsonValueKind.Number && cost.TryGetDecimal(out var amount) && amount > 0)
            {
                json.WriteNumber("cost", amount);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static long Count(JsonElement element, string name) => Math.Max(0, element.Number(name) ?? 0);
}
