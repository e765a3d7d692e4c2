using Cairn.Core;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;
using Cairn.Engine;
using Cairn.Engine.Agents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>What a session would be given now.</summary>
internal static class ContextEndpoints
{
    public static void MapContext(this IEndpointRouteBuilder routes) => routes.MapGet(Routes.ContextPreview, PreviewAsync);

    private static async Task<Results<Ok<ContextReply>, BadRequest<ErrorReply>>> PreviewAsync(
        HttpRequest request, CairnEngine engine, Recollections recollections, LiveSettings settings, CancellationToken ct)
    {
        if (QueryText.Text(request, "cwd") is not { } cwd || !Path.IsPathFullyQualified(cwd))
        {
            return TypedResults.BadRequest(MemoryWire.Refused("cwd must be the absolute path of a directory."));
        }

        var reader = settings.For(HookHandler.NoEnvironment);
        var project = await engine.Memories.FindProjectAsync(engine.Projects.Resolve(cwd).Identity, ct);
        RecallRequest Ask(RecallMoment moment, string text) => new()
        {
            Moment = moment,
            SessionId = null,
            ProjectId = project?.Id,
            Cwd = cwd,
            Text = text,
            EventId = null,
            CharacterLimit = AgentSpec.ClaudeCode.ContextLimit,
            Preview = true,
        };

        var start = await recollections.RecallAsync(Ask(RecallMoment.SessionStart, "startup"), reader, ct);
        var answer = QueryText.Text(request, "prompt") is { } prompt
            ? await recollections.RecallAsync(Ask(RecallMoment.Prompt, prompt), reader, ct)
            : null;
        return TypedResults.Ok(new ContextReply(
            start?.Text ?? "", answer?.Text ?? "", start?.PersonLine ?? "", (start?.Tokens ?? 0) + (answer?.Tokens ?? 0),
            [.. start?.Why ?? ["Recall at session start is off."], .. answer?.Why ?? []]));
    }
}
