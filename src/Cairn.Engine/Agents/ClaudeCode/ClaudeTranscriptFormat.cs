using Cairn.Core;
using Cairn.Core.Projects;

namespace Cairn.Engine.Agents.ClaudeCode;

/// <summary>
/// Claude Code's transcripts: <c>projects/&lt;directory&gt;/&lt;session&gt;.jsonl</c>, subagents in
/// <c>&lt;session&gt;/subagents/agent-&lt;id&gt;.jsonl</c> beside it.
/// </summary>
internal sealed class ClaudeTranscriptFormat : ITranscriptFormat
{
    private const string SubagentFile = "/subagents/agent-";
    private const int MostSubagents = 500;

    public AgentSpec Agent => AgentSpec.ClaudeCode;

    public int Version => 1;

    public bool NamesDirectoriesByHash => false;

    public IReadOnlyList<string> Roots(string userHome, IReadOnlyDictionary<string, string> environment) =>
    [
        Path.Combine(userHome, ".claude", "projects"),
        Path.Combine(userHome, ".config", "claude", "projects"),
        .. environment.GetValueOrDefault("CLAUDE_CONFIG_DIR") is { Length: > 0 } set ? [Path.Combine(set, "projects")] : Array.Empty<string>(),
    ];

    public bool IsTranscript(string path) => path.EndsWith(".jsonl", StringComparison.Ordinal);

    public bool IsOneObject(string path) => false;

    public IReadOnlyList<string> PartsOf(string path)
    {
        try
        {
            var folder = Path.Combine(Path.ChangeExtension(path, null), "subagents");
            return path.EndsWith(".jsonl", StringComparison.Ordinal) && Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "agent-*.jsonl").Take(MostSubagents)] : [];
        }
        catch (Exception problem) when (RealPath.IsFileFault(problem))
        {
            return [];
        }
    }

    public TranscriptParser Open(string path, TranscriptState state, IReadOnlyList<string> directories) =>
        new ClaudeTranscript(state with { SubagentId = SubagentOf(path.Replace('\\', '/')) });

    private static string? SubagentOf(string path)
    {
        var at = path.LastIndexOf(SubagentFile, StringComparison.Ordinal);
        return at < 0 ? null : path[(at + SubagentFile.Length)..^".jsonl".Length];
    }
}
