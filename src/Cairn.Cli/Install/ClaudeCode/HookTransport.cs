using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Globalization;
using Cairn.Core;
using Cairn.Core.Wire;

namespace Cairn.Cli.Install.ClaudeCode;

/// <summary>How Claude Code hands its events over.</summary>
internal static class HookTransport
{
    /// <summary>By starting our command: the default.</summary>
    public const string Command = "command";

    /// <summary>By posting to the daemon's loopback port.</summary>
    public const string Http = "http";

    /// <summary>What is lost with <see cref="Http"/>, fit to show.</summary>
    public const string Loss =
        "With HTTP hooks an event is lost while the daemon is down: nothing starts it before the next session and nothing keeps "
        + "the event meanwhile; settings in a session's own environment are not seen. 'cairn install claude-code' goes back to commands.";

    // Claude Code skips HTTP hooks of these with no more than a line in its debug log.
    private static readonly string[] CommandOnly = ["SessionStart", "Setup"];

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where HTTP hooks post to.</summary>
    public static string Url(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")
        + Routes.Hook.Replace("{agent}", AgentSpec.ClaudeCode.Name, StringComparison.Ordinal);

    /// <summary>Turns the command hooks of a plugin's hooks.json into HTTP hooks, except where only commands are run.</summary>
    public static byte[] ToHttp(byte[] hooksJson, string url)
    {
        var root = JsonNode.Parse(hooksJson)!;
        foreach (var (name, groups) in root["hooks"]!.AsObject())
        {
            if (CommandOnly.Contains(name))
            {
                continue;
            }

            foreach (var hooks in groups!.AsArray().Select(group => group!["hooks"]!.AsArray()))
            {
                for (var i = 0; i < hooks.Count; i++)
                {
                    var http = new JsonObject { ["type"] = "http", ["url"] = url };
                    if (hooks[i]!["timeout"] is { } timeout)
                    {
                        http["timeout"] = timeout.DeepClone();
                    }

                    hooks[i] = http;
                }
            }
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            root.WriteTo(writer);
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
