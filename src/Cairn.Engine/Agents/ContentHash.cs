using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cairn.Engine.Agents;

/// <summary>The identity of an event that its agent did not name: a hash of what it says.</summary>
internal static class ContentHash
{
    // Raise it when the same payload would hash differently: old and new keys must not be taken for each other.
    private const string Version = "h1:";

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
}
