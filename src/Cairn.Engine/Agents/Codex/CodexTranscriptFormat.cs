using Cairn.Core;

namespace Cairn.Engine.Agents.Codex;

/// <summary>Codex's transcripts, which it calls rollouts: <c>sessions/&lt;year&gt;/&lt;month&gt;/&lt;day&gt;/rollout-&lt;time&gt;-&lt;id&gt;.jsonl</c>, and those it archived.</summary>
internal sealed class CodexTranscriptFormat : ITranscriptFormat
{
    public AgentSpec Agent => AgentSpec.Codex;

    public int Version => 1;

    public bool NamesDirectoriesByHash => false;

    public IReadOnlyList<string> Roots(string userHome, IReadOnlyDictionary<string, string> environment)
    {
        var home = Path.Combine(userHome, ".codex");
        string[] homes = environment.GetValueOrDefault("CODEX_HOME") is { Length: > 0 } set ? [home, set] : [home];
        return [.. homes.SelectMany(root => new[] { Path.Combine(root, "sessions"), Path.Combine(root, "archived_sessions") })];
    }

    public bool IsTranscript(string path) =>
        Path.GetFileName(path).StartsWith("rollout-", StringComparison.Ordinal) && path.EndsWith(".jsonl", StringComparison.Ordinal);

    public bool IsOneObject(string path) => false;

    // A subagent has a session file of its own, which no event names.
    public IReadOnlyList<string> PartsOf(string path) => [];

    public TranscriptParser Open(string path, TranscriptState state, IReadOnlyList<string> directories) => new CodexTranscript(state);
}
