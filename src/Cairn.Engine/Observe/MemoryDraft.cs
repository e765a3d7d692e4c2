using Cairn.Core;

namespace Cairn.Engine.Observe;

/// <summary>A memory that an observer proposes. Proposing the same key again replaces what it said before.</summary>
/// <param name="Key">
/// The observer's own name of it, unique in the session and stable while the session grows, e.g. <c>unit:1041</c> from the
/// id of the first event of the work.
/// </param>
/// <param name="Content">Its words, kind, files and evidence.</param>
/// <param name="At">When the work that it speaks of ended, UTC.</param>
public sealed record MemoryDraft(string Key, MemoryContent Content, DateTimeOffset At);

/// <summary>What an observer reads: a session so far.</summary>
/// <param name="ProjectRoot">Absolute path that the events' file paths are relative to.</param>
/// <param name="Events">All of the session's events, oldest first, subagents' included.</param>
public sealed record SessionLog(string ProjectRoot, IReadOnlyList<SessionEvent> Events);
