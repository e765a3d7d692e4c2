namespace Cairn.Tests.Install;

/// <summary>Settings files as people have them.</summary>
internal static class SettingsTexts
{
    /// <summary>Stands for no file at all.</summary>
    public const string Missing = "(missing)";

    private const string Foreign = """
        {
          "model": "sonnet",
          "hooks": {
            "Stop": [
              { "hooks": [ { "type": "command", "command": "say done" } ] }
            ],
            "PreToolUse": [
              { "matcher": "Bash", "hooks": [ { "type": "command", "command": "guard", "timeout": 3 } ] }
            ]
          },
          "enabledPlugins": { "other@market": true },
          "extraKnownMarketplaces": {
            "market": { "source": { "source": "github", "repo": "someone/market" } }
          },
          "permissions": { "allow": [ "Bash(ls:*)" ], "deny": [] },
          "note": "\u00e4 stays escaped, ä does not get escaped"
        }

        """;

    private const string Commented = """
        // my settings
        {
        	"model": "sonnet", // the usual one
        	/* hooks of mine */
        	"hooks": {
        		"Stop": [ { "hooks": [ { "type": "command", "command": "say done" } ] } ], // last one
        	},
        	"enabledPlugins": { "other@market": true, /* on */ },
        }
        // the end
        """;

    public static TheoryData<string, string> All => new()
    {
        { "foreign entries", Lf(Foreign) },
        { "CRLF", Lf(Foreign).Replace("\n", "\r\n") },
        { "byte order mark", "\uFEFF" + Lf(Foreign) },
        { "one line", """{"model":"sonnet","hooks":{"Stop":[]},"enabledPlugins":{}}""" },
        { "one object", "{}" },
        { "four spaces", "{\n    \"model\": \"sonnet\"\n}" },
        { "comments, tabs and trailing commas", Lf(Commented) },
        { "comments and CRLF", Lf(Commented).Replace("\n", "\r\n") },
        { "a comment alone", "{\n  // nothing yet\n}\n" },
        { "empty", "" },
        { "blank", "\n\n" },
        { "missing", Missing },
    };

    private static string Lf(string text) => text.ReplaceLineEndings("\n");
}
