using System.Text.Json;
using Cairn.Core;
using Cairn.Engine.Capture;

namespace Cairn.Engine.Agents;

/// <summary>
/// Reads one agent's transcript line by line into the events that its hooks would have sent, and those that they do not send.
/// Lenient: never throws for any line. A text is mid-turn when the agent went on after it, and closing when it did not, so the
/// last text waits for what follows it; a call waits for its answer.
/// </summary>
internal abstract class TranscriptParser(TranscriptState state)
{
    private const int MostCalls = 512;
    private const string MainConversation = "";

    private readonly Dictionary<string, int> _unknown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenCall> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenText> _texts = new(StringComparer.Ordinal);
    private List<CaptureInput> _happened = [];
    private long _offset;

    /// <summary>What the lines so far said.</summary>
    public TranscriptState State { get; protected set; } = state;

    /// <summary>Directories that sessions were in, for transcripts that name theirs only by a hash.</summary>
    public IReadOnlyList<string> Directories { get; init; } = [];

    /// <summary>When the newest line so far was written, UTC.</summary>
    public DateTimeOffset? NewestAt { get; private set; }

    /// <summary>Names of lines and parts that are not understood, and how many there were.</summary>
    public IReadOnlyDictionary<string, int> Unknown => _unknown;

    /// <summary>Lines that were understood, whether or not there was something to keep.</summary>
    public int Understood { get; private set; }

    /// <summary>Where the earliest line begins that must be read again to go on later; null when there is none.</summary>
    public long? HeldFrom =>
        _calls.Values.Select(call => (long?)call.Offset).Concat(_texts.Values.Select(text => (long?)text.Offset)).Min();

    /// <summary>Reads one line.</summary>
    /// <param name="line">Its bytes, without the line break.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <param name="happened">Takes the events that are now known, in order.</param>
    public void Take(ReadOnlyMemory<byte> line, long offset, List<CaptureInput> happened)
    {
        (_offset, _happened) = (offset, happened);
        using var document = PayloadReader.Parse(line, out _);
        if (document is null)
        {
            Count("not JSON");
            return;
        }

        var before = _unknown.Count;
        Take(document.RootElement);
        Understood += _unknown.Count == before ? 1 : 0;
    }

    /// <summary>Says that nothing more comes: what waited for more is as it is.</summary>
    public void Finish(List<CaptureInput> happened)
    {
        _happened = happened;
        CloseAll();
    }

    /// <summary>Remembers that nothing of the session is to be kept.</summary>
    public void LeaveAlone() => State = State with { Internal = true };

    /// <summary>Counts a line or part that is not understood.</summary>
    public void Count(string name)
    {
        // Names are the agent's, not people's words; a file that is no transcript could still hold anything.
        var known = name.Length <= 60 && _unknown.Count < 100 ? name : "others";
        _unknown[known] = _unknown.GetValueOrDefault(known) + 1;
    }

    /// <summary>Reads one line's object.</summary>
    protected abstract void Take(JsonElement line);

    /// <summary>Sees a line's time; returns it, null when the line has none.</summary>
    protected DateTimeOffset? TimeOf(JsonElement line, string name = "timestamp")
    {
        if (line.Text(name) is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at))
        {
            NewestAt = NewestAt is { } newest && newest > at ? newest : at;
            return at;
        }

        return NewestAt;
    }

    /// <summary>A person asked; whatever was open before is done.</summary>
    protected void Prompted(CaptureInput prompt)
    {
        CloseAll();
        Add(prompt);
    }

    /// <summary>Something that stands by itself happened.</summary>
    protected void Add(CaptureInput input) => _happened.Add(input);

    /// <summary>The agent said something; whether it closes the turn is seen by what follows.</summary>
    /// <param name="text">What it said.</param>
    /// <param name="id">The transcript's id of the line.</param>
    /// <param name="ends">True when the agent itself called it the end of a turn: then there is nothing to wait for.</param>
    protected void Said(CaptureInput text, string id, bool ends = false)
    {
        GoneOn(text.SubagentId);
        _texts[text.SubagentId ?? MainConversation] = new OpenText(_offset, text, id);
        if (ends)
        {
            Close(text.SubagentId);
        }
    }

    /// <summary>The agent went on after what it had said last: that was in mid-turn.</summary>
    protected void GoneOn(string? subagentId)
    {
        if (_texts.Remove(subagentId ?? MainConversation, out var open))
        {
            Add(Named(open, EventKind.AssistantText));
        }
    }

    /// <summary>The turn is over: what the agent had said last closed it.</summary>
    protected void Close(string? subagentId)
    {
        if (_texts.Remove(subagentId ?? MainConversation, out var open))
        {
            Add(Named(open, open.Text.SubagentId is null ? EventKind.AssistantMessage : EventKind.SubagentStopped));
        }
    }

    /// <summary>The same text again, with more known of it.</summary>
    protected bool IsOpenText(string id) => _texts.Values.Any(open => open.Id == id);

    /// <summary>The agent called a tool.</summary>
    protected void Called(string callId, ToolUse tool, string? subagentId)
    {
        GoneOn(subagentId);
        if (_calls.Count < MostCalls)
        {
            _calls[callId] = new OpenCall(_offset, tool);
        }
    }

    /// <summary>The call that an answer belongs to; null when it is not known or was answered.</summary>
    protected ToolUse? Answered(string callId) => _calls.Remove(callId, out var call) ? call.Tool : null;

    /// <summary>An event of the session as it is now known.</summary>
    protected CaptureInput Input(EventKind kind, EventIdentity identity, DateTimeOffset? at) => new()
    {
        Session = new SessionKey(Agent.Name, State.SessionId ?? ""),
        Kind = kind,
        Identity = identity,
        Origin = EventOrigin.Transcript,
        At = at,
        Cwd = State.Cwd,
        TurnId = State.TurnId,
        SubagentId = State.SubagentId,
        SubagentType = State.SubagentType,
        Model = State.Model,
    };

    /// <summary>A message: the same words about the same prompt as a hook told are the same event; without a prompt's id its line names it.</summary>
    protected static CaptureInput Message(CaptureInput input, EventKind kind, string id) => input with
    {
        Kind = kind,
        Identity = input.TurnId is null
            ? new EventIdentity.Line(id)
            : new EventIdentity.Content(ContentHash.OfMessage(MessageKey.Of(kind), input.TurnId, input.SubagentId, input.Text ?? "")),
    };

    /// <summary>The agent.</summary>
    protected abstract AgentSpec Agent { get; }

    private void CloseAll()
    {
        foreach (var conversation in _texts.Keys.ToList())
        {
            Close(conversation);
        }

        _calls.Clear();
    }

    private static CaptureInput Named(OpenText open, EventKind kind) => Message(open.Text, kind, open.Id);

    private sealed record OpenCall(long Offset, ToolUse Tool);

    private sealed record OpenText(long Offset, CaptureInput Text, string Id);
}
