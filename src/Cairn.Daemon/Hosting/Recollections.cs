using Cairn.Core.Configuration;
using Cairn.Core.Redaction;
using Cairn.Engine;
using Cairn.Engine.Agents;
using Cairn.Engine.Recall;

namespace Cairn.Daemon.Hosting;

/// <summary>What an agent is about to hear.</summary>
internal sealed record RecallRequest
{
    /// <summary>The moment that it listens at.</summary>
    public required RecallMoment Moment { get; init; }

    /// <summary>Row id of the session; null for a preview.</summary>
    public required long? SessionId { get; init; }

    /// <summary>Row id of the project; null where it is not known.</summary>
    public required long? ProjectId { get; init; }

    /// <summary>The session's working directory.</summary>
    public required string Cwd { get; init; }

    /// <summary>The prompt, or the agent's word for how the session starts.</summary>
    public required string Text { get; init; }

    /// <summary>Row id of the event that asked; null where there is none.</summary>
    public required long? EventId { get; init; }

    /// <summary>Most characters that the agent takes.</summary>
    public required int CharacterLimit { get; init; }

    /// <summary>True to leave no receipt.</summary>
    public bool Preview { get; init; }
}

/// <summary>Recalls for one session by its own settings.</summary>
internal sealed class Recollections(CairnEngine engine, Redactor redactor)
{
    /// <summary>What to say; null where the person's settings want nothing said.</summary>
    public async Task<Recollection?> RecallAsync(RecallRequest request, SettingsReader reader, CancellationToken ct)
    {
        if (!reader.Get(Settings.RecallEnabled))
        {
            return null;
        }

        var recalled = request.Moment switch
        {
            RecallMoment.SessionStart when reader.Get(Settings.RecallAtStart) => await engine.RecallAtStart.RunAsync(StartOf(request, reader), ct),
            RecallMoment.Prompt when reader.Get(Settings.RecallForPrompt) => await engine.RecallForPrompt.RunAsync(PromptOf(request, reader), ct),
            _ => null,
        };

        // Once more: what was stored by older rules must not reach a model by way of a memory.
        return recalled is null ? null : recalled with { Text = redactor.Redact(recalled.Text) };
    }

    private static StartRecallInput StartOf(RecallRequest request, SettingsReader reader) => new()
    {
        SessionId = request.SessionId,
        ProjectId = request.ProjectId,
        Trigger = StartRecallInput.TriggerOf(request.Text),
        TokenBudget = reader.Get(Settings.StartTokenBudget),
        CharacterLimit = request.CharacterLimit,
        Preview = request.Preview,
    };

    private PromptRecallInput PromptOf(RecallRequest request, SettingsReader reader) => new()
    {
        SessionId = request.SessionId,
        ProjectId = request.ProjectId,
        ProjectLabel = engine.Projects.Resolve(request.Cwd).Label,
        Prompt = request.Text,
        EventId = request.EventId,
        Limit = reader.Get(Settings.PromptLimit),
        TokenBudget = reader.Get(Settings.PromptTokenBudget),
        CharacterLimit = request.CharacterLimit,
        Preview = request.Preview,
    };
}
