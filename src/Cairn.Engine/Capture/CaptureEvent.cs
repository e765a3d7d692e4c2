using Cairn.Core;
using Cairn.Core.Projects;
using Cairn.Core.Redaction;
using Microsoft.Extensions.Logging;

namespace Cairn.Engine.Capture;

/// <summary>Takes in one event, once: asks whether it may be kept, redacts it, attributes it to its project, stores it.</summary>
public sealed partial class CaptureEvent(
    IEventStore store, ProjectResolver projects, PauseList pauses, Redactor redactor, TimeProvider time, ILogger<CaptureEvent> log)
{
    // A client's clock may be wrong or jump. What it says counts only when it is near enough to be true.
    private static readonly TimeSpan OldestBelieved = TimeSpan.FromDays(14);
    private static readonly DateTimeOffset OldestTranscript = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan NewestBelieved = TimeSpan.FromMinutes(5);

    /// <summary>Runs it.</summary>
    /// <param name="input">The event as the agent's adapter understood it.</param>
    /// <param name="rules">What the person allows in this session.</param>
    /// <param name="ct">Ends the wait; an event that was handed to the store may be stored all the same.</param>
    /// <exception cref="StoreUnavailableException">It could not be stored; the sender keeps it.</exception>
    public async Task<CaptureOutcome> RunAsync(CaptureInput input, CaptureRules rules, CancellationToken ct)
    {
        var project = ProjectOf(input, rules);
        if (await ExclusionAsync(input, project, rules, ct) is { } reason)
        {
            LogExcluded(reason, input.Kind);
            return new CaptureOutcome.Excluded(reason);
        }

        var now = time.GetUtcNow();
        var clean = Clean(input, project, rules.MaxTextCharacters);
        if (input is { Kind: EventKind.Prompt, Text.Length: > 0 } && string.IsNullOrWhiteSpace(clean.Text))
        {
            return new CaptureOutcome.Excluded("injected-text");
        }

        var outcome = await store.AddAsync(new NewEvent(clean, project, Believable(input, now), now), ct);
        if (outcome is CaptureOutcome.Stored stored)
        {
            LogStored(stored.EventId, stored.Session.Id, input.Kind);
        }

        return outcome;
    }

    // What the person says comes first, then the directory; what the sender calls it counts only without one.
    private ProjectIdentity ProjectOf(CaptureInput input, CaptureRules rules)
    {
        var found = projects.Resolve(input.Cwd);
        var name = rules.Project.Length > 0 ? rules.Project : input.Cwd.Length == 0 ? input.ProjectName : null;
        return ProjectLabel.Normalize(name) is { } label ? found with { Identity = "name:" + label, Label = label } : found;
    }

    private async ValueTask<string?> ExclusionAsync(CaptureInput input, ProjectIdentity project, CaptureRules rules, CancellationToken ct)
    {
        if (!rules.Enabled)
        {
            return "disabled";
        }

        if (rules.ExcludedProjects.Any(excluded => excluded.Matches(project.Root) || excluded.Matches(project.MainRoot) || excluded.Matches(input.Cwd)))
        {
            return "excluded-project";
        }

        if (input.Tool is { } tool && rules.Skips(tool.Name))
        {
            return "skipped-tool";
        }

        // A transcript tells of the past: what a person had paused then stays unread when they resume.
        if (input is { Origin: EventOrigin.Transcript, At: { } at }
            && (await pauses.WasPausedAsync(PauseScope.Session, input.Session.AgentSessionId, at, ct)
                || await pauses.WasPausedAsync(PauseScope.Project, project.Identity, at, ct)))
        {
            return "paused-then";
        }

        return await pauses.IsPausedAsync(PauseScope.Session, input.Session.AgentSessionId, ct) ? "paused-session"
            : await pauses.IsPausedAsync(PauseScope.Project, project.Identity, ct) ? "paused-project"
            : null;
    }

    private CaptureInput Clean(CaptureInput input, ProjectIdentity project, int limit) => input with
    {
        Text = input.Text is null ? null : Clean(input.Text, limit),
        TurnId = Name(input.TurnId),
        SubagentId = Name(input.SubagentId),
        SubagentType = Name(input.SubagentType),
        Model = Name(input.Model),
        Tool = input.Tool is null ? null : input.Tool with
        {
            Name = Name(input.Tool.Name)!,
            CallId = Name(input.Tool.CallId),
            InputJson = CleanJson.Of(input.Tool.InputJson, redactor, limit),
            Output = Clean(input.Tool.Output, limit),
            Files = [.. input.Tool.Files.Select(file => file with { Path = ProjectPaths.Relative(file.Path, project, input.Cwd) })],
        },
    };

    // Cut after redaction: a cut first could split a secret so that neither half is known as one.
    private string Clean(string text, int limit) => TextCut.InTheMiddle(redactor.Redact(redactor.StripInjected(text)), limit);

    // Ids, names and models are short; a longer one is somebody's text in the wrong place.
    private string? Name(string? text) => text is null ? null : TextCut.AtTheEnd(redactor.Redact(text), 200);

    private static DateTimeOffset Believable(CaptureInput input, DateTimeOffset now) =>
        input.At is { } at && at < now + NewestBelieved && at > (input.Origin == EventOrigin.Transcript ? OldestTranscript : now - OldestBelieved)
            ? at
            : now;

    // Ids and kinds only: what people wrote never reaches a log.
    [LoggerMessage(Level = LogLevel.Debug, Message = "Captured event {EventId} of session {SessionId} ({Kind})")]
    private partial void LogStored(long eventId, long sessionId, EventKind kind);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Not captured ({Reason}, {Kind})")]
    private partial void LogExcluded(string reason, EventKind kind);
}
