using Cairn.Core;

namespace Cairn.Engine.Agents;

/// <summary>How one agent keeps its conversations on disk: where, and in which words.</summary>
internal interface ITranscriptFormat
{
    /// <summary>The agent.</summary>
    AgentSpec Agent { get; }

    /// <summary>Raised when the same file would be understood differently: files that an older one read are read anew.</summary>
    int Version { get; }

    /// <summary>The directories below which this user's transcripts lie; they need not exist.</summary>
    /// <param name="userHome">The user's home.</param>
    /// <param name="environment">Variables of the agent's process as far as they are known.</param>
    IReadOnlyList<string> Roots(string userHome, IReadOnlyDictionary<string, string> environment);

    /// <summary>True when a file may be a transcript, by its path alone.</summary>
    /// <param name="path">Path below a root, with forward slashes.</param>
    bool IsTranscript(string path);

    /// <summary>True when its transcripts may name the session's directory only by a hash.</summary>
    bool NamesDirectoriesByHash { get; }

    /// <summary>True when the whole file is one JSON object instead of one object a line.</summary>
    bool IsOneObject(string path);

    /// <summary>The files beside a session's own that belong to it: what its subagents did.</summary>
    IReadOnlyList<string> PartsOf(string path);

    /// <summary>A reader of one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">What an earlier reader of the file left; fresh at the file's beginning.</param>
    /// <param name="directories">Directories that sessions were in, for transcripts that name theirs only by a hash.</param>
    TranscriptParser Open(string path, TranscriptState state, IReadOnlyList<string> directories);
}
