using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Core;
using Cairn.Engine.Observe;
using Cairn.Engine.Observe.Rules;

namespace Cairn.Tests.Observe.Rules;

/// <summary>Writes a session down as the events that an agent's hooks would have sent, and observes it.</summary>
internal sealed class Script
{
    public const string Root = "/home/ana/shop";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<SessionEvent> _events = [];

    public IReadOnlyList<SessionEvent> Events => _events;

    public Script Asks(string prompt) => Add(EventKind.Prompt, prompt);

    public Script Says(string text) => Add(EventKind.AssistantMessage, text);

    public Script Runs(string command, string output = "") => Calls("Bash", new() { ["command"] = command }, output);

    public Script Fails(string command, string output) => Calls("Bash", new() { ["command"] = command }, "Exit code 1\n" + output, failed: true);

    public Script Edits(string file, string oldText = "a", string newText = "b", string? subagent = null) =>
        Calls("Edit", new() { ["file_path"] = Path(file), ["old_string"] = oldText, ["new_string"] = newText }, "updated", subagent: subagent);

    public Script Writes(string file, string content) =>
        Calls("Write", new() { ["file_path"] = Path(file), ["content"] = content }, "File created successfully at: " + Path(file));

    public Script Reads(string file, string? subagent = null) => Calls("Read", new() { ["file_path"] = Path(file) }, "…", subagent: subagent);

    public Script Calls(string tool, JsonObject input, string output, bool failed = false, string? subagent = null)
    {
        _events.Add(new SessionEvent
        {
            Id = 100 + _events.Count,
            Kind = failed ? EventKind.ToolFailure : EventKind.ToolResult,
            At = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero).AddSeconds(_events.Count),
            SubagentId = subagent,
            Tool = new ToolUse { Name = tool, InputJson = input.ToJsonString(Json), Output = output, Failed = failed },
        });
        return this;
    }

    public Script Commits(string message, string hash = "1a2b3c4") =>
        Runs($"git add -A && git commit -m \"{message}\"", $"[main {hash}] {message.Split('\n')[0]}\n 1 file changed");

    public List<MemoryDraft> Drafts(int? first = null) => Observe(first is { } count ? [.. _events.Take(count)] : _events);

    public List<MemoryContent> Memories() => [.. Drafts().Where(draft => draft.Key != "summary").Select(draft => draft.Content)];

    public MemoryContent Memory() => Assert.Single(Memories());

    public MemoryContent Summary() => Drafts().Single(draft => draft.Key == "summary").Content;

    private Script Add(EventKind kind, string text)
    {
        _events.Add(new SessionEvent
        {
            Id = 100 + _events.Count,
            Kind = kind,
            At = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero).AddSeconds(_events.Count),
            Text = text,
        });
        return this;
    }

    private static List<MemoryDraft> Observe(IReadOnlyList<SessionEvent> events) =>
        [.. new RulesObserver().ObserveAsync(new SessionLog(Root, events), TestContext.Current.CancellationToken).GetAwaiter().GetResult()];

    private static string Path(string file) => file[0] is '/' or '~' ? file : $"{Root}/{file}";
}
