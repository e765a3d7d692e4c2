using Cairn.Core;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;
using Cairn.Engine;
using Cairn.Engine.Capture.Transcripts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Daemon.Http;

/// <summary>Past sessions: what there is, reading it, how far that is.</summary>
internal static class BackfillEndpoints
{
    public static void MapBackfill(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Routes.BackfillFindings, FindAsync);
        routes.MapPost(Routes.Backfill, StartAsync);
        routes.MapGet(Routes.Backfill, async (CairnEngine engine, TimeProvider time, CancellationToken ct) => TypedResults.Ok(await ReplyAsync(engine, time, ct)));
        routes.MapDelete(Routes.Backfill, async (BackfillJob job, CairnEngine engine, TimeProvider time, CancellationToken ct) =>
        {
            await job.StopAsync(ct);
            return TypedResults.Ok(await ReplyAsync(engine, time, ct));
        });
    }

    private static async Task<Results<Ok<BackfillFindingsReply>, BadRequest<ErrorReply>>> FindAsync(
        BackfillRequest body, CairnEngine engine, CancellationToken ct)
    {
        if (Problem(body) is { } problem)
        {
            return TypedResults.BadRequest(MemoryWire.Refused(problem));
        }

        var found = await engine.Backfill.FindAsync(ScopeOf(body), ct);
        return TypedResults.Ok(new BackfillFindingsReply(
            [.. found.GroupBy(transcript => (transcript.Agent, transcript.Project)).Select(Of).OrderByDescending(finding => finding.LastAtMs)],
            found.Count(transcript => !transcript.IsSubagent), found.Count, found.Count(transcript => !transcript.IsRead), found.Sum(transcript => transcript.Bytes)));
    }

    private static async Task<Results<Ok<BackfillReply>, BadRequest<ErrorReply>, Conflict<ErrorReply>>> StartAsync(
        BackfillRequest body, BackfillJob job, CairnEngine engine, TimeProvider time, CancellationToken ct)
    {
        if (Problem(body) is { } problem)
        {
            return TypedResults.BadRequest(MemoryWire.Refused(problem));
        }

        return job.TryStart(ScopeOf(body))
            ? TypedResults.Ok(await ReplyAsync(engine, time, ct))
            : TypedResults.Conflict(new ErrorReply("conflict", "A backfill is running already.", "conflict", ["'cairn backfill --status' shows how far it is, 'cairn backfill --stop' stops it."]));
    }

    private static async Task<BackfillReply> ReplyAsync(CairnEngine engine, TimeProvider time, CancellationToken ct)
    {
        var progress = engine.Backfill.Progress;
        var stats = await engine.Stats.RunAsync(ct);
        var elapsed = progress.StartedAt is { } started ? (progress.EndedAt ?? time.GetUtcNow()) - started : TimeSpan.Zero;
        return new BackfillReply(
            progress.State.ToString().ToLowerInvariant(), progress.Problem ?? "", progress.Sessions, progress.Files, progress.FilesDone, progress.Bytes,
            progress.BytesDone, progress.Stored, progress.Known, progress.Excluded, progress.LeftAlone, stats.Memories,
            await engine.CountWaitingAsync(ct), (long)elapsed.TotalMilliseconds,
            [.. progress.Unknown.OrderByDescending(unknown => unknown.Value).Select(unknown => new CountReply(unknown.Key, unknown.Value))]);
    }

    private static BackfillFinding Of(IGrouping<(string Agent, string Project), FoundTranscript> found) => new(
        found.Key.Agent, found.Key.Project, found.Count(transcript => !transcript.IsSubagent), found.Count(transcript => !transcript.IsRead),
        found.Sum(transcript => transcript.Bytes), found.Min(transcript => transcript.FirstAt).ToUnixTimeMilliseconds(),
        found.Max(transcript => transcript.LastAt).ToUnixTimeMilliseconds());

    private static string? Problem(BackfillRequest body) => body switch
    {
        { Agent: { } agent } when AgentSpec.WithTranscripts.All(known => known.Name != agent) =>
            $"agent must be one of {string.Join(", ", AgentSpec.WithTranscripts.Select(known => known.Name))}.",
        { SinceMs: < 0 or > 253_402_300_799_999 } => "since_ms must be milliseconds since 1970.",
        _ => null,
    };

    // Directories come from the caller's environment alone, and only below those a transcript is read.
    private static BackfillScope ScopeOf(BackfillRequest body) => new()
    {
        Agent = body.Agent,
        Project = body.Project is { Length: > 0 } project ? project : null,
        Since = body.SinceMs is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
        Environment = (body.Environment ?? new Dictionary<string, string>())
            .Where(variable => ProcessEnvironment.AgentDirectories.Contains(variable.Key) && Path.IsPathFullyQualified(variable.Value))
            .ToDictionary(variable => variable.Key, variable => variable.Value),
    };
}
