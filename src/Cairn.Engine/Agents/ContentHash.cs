using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cairn.Engine.Agents;

/// <summary>The identity of an event that its agent did not name: a hash of what it says.</summary>
internal static class ContentHash
{
    // Raise it when the same payload would hash differently: old and new keys must not be taken for each other.
    private const string Version = "h1:";
    private const string MessageVersion = "m1:";

    /// <summary>Hashes the event's name and the named properties in the given order; a missing one counts as empty.</summary>
    public static string Of(string name, JsonElement root, params ReadOnlySpan<string> properties)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        foreach (var property in properties)
        {
            hash.AppendData("\0"u8);
            if (root.TryGetProperty(property, out var value))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(value.GetRawText()));
            }
        }

        return Version + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    /// <summary>Hashes who said what in answer to which prompt: a hook and the transcript tell it in other shapes, and mean the same.</summary>
    public static string OfMessage(string kind, string? turnId, string? subagentId, string text) =>
        MessageVersion + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\0{turnId}\0{subagentId}\0{text.Trim()}")).AsSpan(0, 16));
}
