using Cairn.Core;
using Cairn.Core.Projects;

namespace Cairn.Engine.Agents.GeminiCli;

/// <summary>
/// Gemini CLI's transcripts: <c>tmp/&lt;project&gt;/chats/session-&lt;time&gt;-&lt;id&gt;.jsonl</c>, in older versions one JSON object in
/// a <c>.json</c> file.
/// </summary>
internal sealed class GeminiTranscriptFormat : ITranscriptFormat
{
    public AgentSpec Agent => AgentSpec.GeminiCli;

    public int Version => 1;

    public bool NamesDirectoriesByHash => true;

    public IReadOnlyList<string> Roots(string userHome, IReadOnlyDictionary<string, string> environment) =>
    [
        Path.Combine(userHome, ".gemini", "tmp"),
        .. environment.GetValueOrDefault("GEMINI_CLI_HOME") is { Length: > 0 } set ? [Path.Combine(set, ".gemini", "tmp")] : Array.Empty<string>(),
    ];

    public bool IsTranscript(string path) =>
        path.Contains("/chats/", StringComparison.Ordinal)
        && (path.EndsWith(".jsonl", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal));

    public bool IsOneObject(string path) => path.EndsWith(".json", StringComparison.Ordinal);

    // A subagent has a session file of its own, which no event names.
    public IReadOnlyList<string> PartsOf(string path) => [];

    public TranscriptParser Open(string path, TranscriptState state, IReadOnlyList<string> directories) =>
        new GeminiTranscript(state.Cwd.Length == 0 ? state with { Cwd = ProjectOf(path) } : state) { Directories = directories };

    // Newer versions write the project's path beside its chats.
    private static string ProjectOf(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetDirectoryName(path));
            var file = new FileInfo(Path.Combine(folder ?? "", ".project_root"));
            var root = file is { Exists: true, LinkTarget: null, Length: > 0 and < 4096 } ? File.ReadAllText(file.FullName).Trim() : "";
            return Path.IsPathFullyQualified(root) ? root : "";
        }
        catch (Exception problem) when (RealPath.IsFileFault(problem))
        {
            return "";
        }
    }
}
