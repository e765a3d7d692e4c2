using Cairn.Core.Configuration;
using Cairn.Core.Projects;
using Cairn.Core.Spool;
using Cairn.Engine;
using Cairn.Engine.Agents;
using Cairn.Engine.Capture;

namespace Cairn.Daemon.Hosting;

/// <summary>How a payload came.</summary>
/// <param name="Origin">The route.</param>
/// <param name="ObservedAt">When the client saw it, UTC; null when it did not say.</param>
/// <param name="Environment">The session's variables that the client forwarded.</param>
internal sealed record Delivery(EventOrigin Origin, DateTimeOffset? ObservedAt, IReadOnlyDictionary<string, string> Environment);

/// <summary>What happens to one payload of an agent, whatever door it came by: captured, and answered with memories where the agent listens.</summary>
internal sealed partial class HookHandler(CairnEngine engine, Recollections recollections, LiveSettings settings, TranscriptQueue transcripts, QuarantineFolder quarantine, ILogger<HookHandler> log)
{
    public static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>();

    private KnownRules? _known;

    /// <summary>Handles it.</summary>
    /// <returns>What the agent's hook is to print; empty for nothing.</returns>
    /// <exception cref="StoreUnavailableException">It could not be stored; the client keeps it.</exception>
    public Task<ReadOnlyMemory<byte>> HandleAsync(IAgentAdapter agent, ReadOnlyMemory<byte> payload, Delivery delivery, CancellationToken ct) =>
        HandleAsync(agent, agent.Read(payload, delivery.Origin, delivery.ObservedAt), payload, delivery, ct);

    private async Task<ReadOnlyMemory<byte>> HandleAsync(
        IAgentAdapter agent, AgentPayload understood, ReadOnlyMemory<byte> payload, Delivery delivery, CancellationToken ct)
    {
        switch (understood)
        {
            case AgentPayload.Event captured:
                // Nobody hears an answer to what waited in the spool: recalling for it would only mark memories as shown.
                var heard = delivery.Origin == EventOrigin.Spool ? captured with { Moment = RecallMoment.None } : captured;
                return await CaptureAsync(agent, heard, delivery.Environment, ct);
            case AgentPayload.Several several:
                return await HandleAsync(agent, several, payload, delivery, ct);
            case AgentPayload.Malformed malformed:
                LogMalformed(payload.Length, malformed.Reason);
                quarantine.Keep(payload.Span, malformed.Reason);
                return default;
            case AgentPayload.Ignored ignored:
                LogIgnored(ignored.Reason);
                return default;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // The answer is the last that there is: only one of several listens as a rule.
    private async Task<ReadOnlyMemory<byte>> HandleAsync(
        IAgentAdapter agent, AgentPayload.Several several, ReadOnlyMemory<byte> payload, Delivery delivery, CancellationToken ct)
    {
        var answer = ReadOnlyMemory<byte>.Empty;
        foreach (var item in several.Items)
        {
            answer = await HandleAsync(agent, item, payload, delivery, ct) is { IsEmpty: false } said ? said : answer;
        }

        return answer;
    }

    /// <summary>Stores one event, whatever it was read from; asks for no memories.</summary>
    /// <exception cref="StoreUnavailableException">It could not be stored; the sender keeps it.</exception>
    public async Task<CaptureOutcome> StoreAsync(CaptureInput input, SettingsReader reader, CancellationToken ct)
    {
        var outcome = await engine.Capture.RunAsync(input, RulesOf(reader), ct);
        if (outcome is CaptureOutcome.Stored { EndsTurn: true })
        {
            engine.Batches.Wake();
        }

        return outcome;
    }

    private async Task<ReadOnlyMemory<byte>> CaptureAsync(
        IAgentAdapter agent, AgentPayload.Event captured, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var reader = settings.For(environment);
        var outcome = await StoreAsync(captured.Input, reader, ct);
        if (SessionOf(outcome) is not null)
        {
            transcripts.Notice(captured.Input, RulesOf(reader), environment);
        }

        return captured.Moment == RecallMoment.None || SessionOf(outcome) is not { } session
            ? default
            : await AnswerAsync(agent, captured, session, (outcome as CaptureOutcome.Stored)?.EventId, reader, ct);
    }

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(
        IAgentAdapter agent, AgentPayload.Event captured, StoredSession session, long? eventId, SettingsReader reader, CancellationToken ct)
    {
        var recalled = await recollections.RecallAsync(new RecallRequest
        {
            Moment = captured.Moment,
            SessionId = session.Id,
            ProjectId = session.ProjectId,
            Cwd = captured.Input.Cwd,
            // To one that starts without what it was shown, being resumed is what being compacted is to the others.
            Text = captured.Input.Text is "resume" && !agent.Agent.KeepsContext ? "compact" : captured.Input.Text ?? "",
            EventId = eventId,
            CharacterLimit = Math.Min(agent.Agent.ContextLimit, reader.Get(Settings.MaxCharacters)),
        }, reader, ct);
        return recalled is null ? default : agent.Answer(captured.Moment, recalled.Text, recalled.PersonLine);
    }

    // What was captured before is answered again: the agent asks again because it did not hear the answer.
    private static StoredSession? SessionOf(CaptureOutcome outcome) => outcome switch
    {
        CaptureOutcome.Stored stored => stored.Session,
        CaptureOutcome.Duplicate duplicate => duplicate.Session,
        _ => null,
    };

    // Most sessions share one reader until the file changes: its rules are read from it once.
    private CaptureRules RulesOf(SettingsReader reader)
    {
        var known = _known;
        if (known?.Reader != reader)
        {
            _known = known = new KnownRules(reader, ReadRules(reader));
        }

        return known.Rules;
    }

    /// <summary>What the settings allow to be captured.</summary>
    public static CaptureRules ReadRules(SettingsReader reader) => new()
    {
        Enabled = reader.Get(Settings.CaptureEnabled),
        ExcludedProjects = GlobPattern.ParseList(
            string.Join(',', reader.Get(Settings.ExcludedProjects)),
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ignoreCase: !OperatingSystem.IsLinux()),
        SkippedTools = reader.Get(Settings.SkippedTools),
        MaxTextCharacters = reader.Get(Settings.MaxTextCharacters),
        Project = reader.Get(Settings.ProjectName),
    };

    private sealed record KnownRules(SettingsReader Reader, CaptureRules Rules);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Quarantined an input of {Bytes} bytes: {Reason}")]
    private partial void LogMalformed(int bytes, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Nothing to keep ({Reason})")]
    private partial void LogIgnored(string reason);
}
