using System.Text.Json;
using Cairn.Cli.Connection;

namespace Cairn.Cli.Demo;

/// <summary>The bundled session: what a real agent sent to our hooks while it worked, one payload for each step.</summary>
internal sealed class RecordedSession(IReadOnlyList<string> payloads)
{
    private const string RecordedProject = "/home/dev/shop";
    private const string RecordedAgentHome = "/home/dev/.claude";

    /// <summary>Its payloads in the order of their arrival, as recorded.</summary>
    public IReadOnlyList<string> Payloads => payloads;

    /// <summary>What its person asked for.</summary>
    public IReadOnlyList<string> Prompts => [.. payloads.Select(PromptOf).OfType<string>()];

    /// <summary>How many of its steps the agent took with tools.</summary>
    public int ToolSteps => payloads.Count(payload => payload.Contains("\"hook_event_name\":\"PostToolUse", StringComparison.Ordinal));

    /// <summary>Reads it from beside this program, or in a development build from the repository.</summary>
    /// <exception cref="DaemonException">It is not there.</exception>
    public static RecordedSession Read()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var session = Path.Combine(folder.FullName, "demo", "session");
            if (Directory.Exists(session))
            {
                return new([.. Directory.GetFiles(session, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)]);
            }
        }

        throw new DaemonException("The demo's session is not here: there is no folder 'demo' beside this program.", "Install Cairn again.", ExitCode.Failed);
    }

    /// <summary>A payload as if it had happened elsewhere.</summary>
    /// <param name="payload">One of <see cref="Payloads"/>.</param>
    /// <param name="project">The project's directory.</param>
    /// <param name="agentHome">The agent's own directory.</param>
    public static string Moved(string payload, string project, string agentHome) => payload
        .Replace(RecordedProject, Escaped(project), StringComparison.Ordinal)
        .Replace(RecordedAgentHome, Escaped(agentHome), StringComparison.Ordinal);

    /// <summary>A session's start, as the agent sends it.</summary>
    public static string StartOf(string session, string project) =>
        $$"""{"session_id":"{{session}}","cwd":"{{Escaped(project)}}","hook_event_name":"SessionStart","source":"startup"}""";

    /// <summary>A prompt, as the agent sends it.</summary>
    public static string PromptIn(string session, string project, string prompt) =>
        $$"""{"session_id":"{{session}}","prompt_id":"{{session}}-1","cwd":"{{Escaped(project)}}","hook_event_name":"UserPromptSubmit","prompt":"{{Escaped(prompt)}}"}""";

    private static string Escaped(string text) => JsonEncodedText.Encode(text).ToString();

    private static string? PromptOf(string payload)
    {
        using var document = JsonDocument.Parse(payload);
        return document.RootElement.TryGetProperty("prompt", out var prompt) ? prompt.GetString() : null;
    }
}
