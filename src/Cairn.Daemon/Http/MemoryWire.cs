using Cairn.Core;
using Cairn.Core.Wire;
using Cairn.Engine.Recall;

namespace Cairn.Daemon.Http;

/// <summary>Memories in the words of the wire.</summary>
internal static class MemoryWire
{
    public static MemoryReply Of(Memory memory, double score = 0, string snippet = "") => new(
        memory.Id, memory.PublicId.ToString(), memory.Content.Kind, memory.Content.Title, memory.Content.Subtitle,
        memory.Content.Narrative, memory.Content.Facts, memory.Content.Concepts, memory.Content.FilesRead,
        memory.Content.FilesModified, memory.Project, memory.SessionId, memory.Content.Source,
        memory.Content.Confidence.ToString().ToLowerInvariant(), memory.Pinned, memory.CreatedAt.ToUnixTimeMilliseconds(),
        memory.Content.Evidence, score, snippet);

    public static MemoryReply Of(SearchHit hit) => Of(hit.Memory, hit.Score, hit.Snippet);

    public static MemoryListReply Page(IReadOnlyList<MemoryReply> items, long total, int offset, int limit) =>
        new(items, total, offset, limit, offset + items.Count < total);

    public static ErrorReply NotFound(long id) => new("not found", $"There is no memory {id}.", "not_found", []);

    public static ErrorReply UnknownProject(string name) =>
        new("not found", $"There is no project called {name}; 'cairn stats' lists them.", "not_found", []);

    public static ErrorReply Refused(string reason) => new("invalid request", reason, "invalid_request", []);
}
