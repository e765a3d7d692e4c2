using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.Engine.Agents;

/// <summary>Tells our own tools and commands from the agent's work: what we answered is never evidence.</summary>
internal static partial class OwnTools
{
    /// <summary>True when the call went to Cairn, by its tools or by its command line.</summary>
    public static bool IsOurs(string tool, JsonElement? input) =>
        tool.StartsWith("mcp__cairn__", StringComparison.Ordinal)
        || tool.StartsWith("mcp__plugin_cairn_", StringComparison.Ordinal)
        || (input?.Text("command") is { Length: < 4_000 } command
            && command.Contains("cairn", StringComparison.Ordinal)
            && OwnCommand().IsMatch(command));

    // The name as a command of its own (maybe by its path), followed by one of the words that print memories.
    [GeneratedRegex(
        """(?:^|[;&|(]\s*|/|\\)cairn(?:\.exe)?["']?\s+(?:search|recent|show|remember|forget|context|stats|status|logs|doctor|hook|demo)\b""",
        RegexOptions.NonBacktracking)]
    private static partial Regex OwnCommand();
}
