using System.Text;
using System.Text.Json.Nodes;

namespace Cairn.Tests.Support;

/// <summary>Payloads recorded from the real client, and variations of them.</summary>
internal static class Payloads
{
    /// <summary>Every payload of one recording, in the order in which the client sent them.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Recording(string name, string agent = "claude-code") =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Cairn.Tests", "Payloads", agent, name), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file)[4..], File.ReadAllBytes(file)))];

    /// <summary>The first payload of that event in a recording, with some fields replaced (a null removes one).</summary>
    public static string First(string recording, string eventName, params (string Field, JsonNode? Value)[] changes)
    {
        var payload = JsonNode.Parse(Recording(recording).First(item => item.Name == eventName).Bytes)!.AsObject();
        foreach (var (field, value) in changes)
        {
            if (value is null)
            {
                payload.Remove(field);
            }
            else
            {
                payload[field] = value;
            }
        }

        return payload.ToJsonString();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
