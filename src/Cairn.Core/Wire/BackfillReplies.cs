namespace Cairn.Core.Wire;

/// <summary>Which past sessions are meant.</summary>
/// <param name="Agent">Name of an agent that keeps transcripts; null for all.</param>
/// <param name="SinceMs">Only what happened since then, in milliseconds since 1970; null for all.</param>
/// <param name="Project">Label of a project, or an absolute path at or above the sessions' directories; null for all.</param>
/// <param name="Environment">Variables that name the agents' directories: see <see cref="Hosting.ProcessEnvironment.AgentDirectories"/>.</param>
public sealed record BackfillRequest(string? Agent, long? SinceMs, string? Project, IReadOnlyDictionary<string, string> Environment);

/// <summary>The past sessions of one project with one agent.</summary>
/// <param name="Agent">Name of the agent.</param>
/// <param name="Project">Label of the project.</param>
/// <param name="Sessions">How many sessions.</param>
/// <param name="Unread">How many of their files are new, or grew since they were read.</param>
/// <param name="Bytes">Size of the files.</param>
/// <param name="FirstAtMs">When the first began, in milliseconds since 1970.</param>
/// <param name="LastAtMs">When the last one ended.</param>
public sealed record BackfillFinding(string Agent, string Project, int Sessions, int Unread, long Bytes, long FirstAtMs, long LastAtMs);

/// <summary>What was found.</summary>
/// <param name="Items">By project and agent, the newest first.</param>
/// <param name="Sessions">Sessions in all.</param>
/// <param name="Files">Files in all: subagents have their own.</param>
/// <param name="Unread">Files that are new, or grew since they were read.</param>
/// <param name="Bytes">Size of all files.</param>
public sealed record BackfillFindingsReply(IReadOnlyList<BackfillFinding> Items, int Sessions, int Files, int Unread, long Bytes);

/// <summary>How far a backfill is.</summary>
/// <param name="State"><c>idle</c>, <c>running</c>, <c>done</c>, <c>stopped</c> or <c>failed</c>.</param>
/// <param name="Problem">Why it failed; empty when it did not.</param>
/// <param name="Sessions">Sessions that were found.</param>
/// <param name="Files">Files that were found.</param>
/// <param name="FilesDone">Files that were read.</param>
/// <param name="Bytes">Size of all files.</param>
/// <param name="BytesDone">Size of those that were read.</param>
/// <param name="Events">New events.</param>
/// <param name="Known">Events that were there already.</param>
/// <param name="Excluded">Events that people do not want kept.</param>
/// <param name="LeftAlone">Files that may not be read, or whose project is paused.</param>
/// <param name="Memories">Memories of all sessions now.</param>
/// <param name="Waiting">Batches of events that still wait for an observer.</param>
/// <param name="ElapsedMs">Milliseconds that it has taken.</param>
/// <param name="Unknown">Lines that are not understood, by agent and name, most first.</param>
public sealed record BackfillReply(
    string State, string Problem, int Sessions, int Files, int FilesDone, long Bytes, long BytesDone, long Events, long Known,
    long Excluded, int LeftAlone, long Memories, long Waiting, long ElapsedMs, IReadOnlyList<CountReply> Unknown);
