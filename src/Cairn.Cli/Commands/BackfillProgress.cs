using System.Globalization;
using Cairn.Cli.Connection;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary>Starts a backfill and shows how far it is, until it is done and its memories are made.</summary>
internal static class BackfillProgress
{
    private const int BarWidth = 28;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs it. Ctrl-C ends the showing, not the backfill.</summary>
    public static async Task<int> RunAsync(CommandContext context, DaemonClient daemon, BackfillRequest request, CancellationToken ct)
    {
        var output = context.Output;
        var before = await daemon.GetAsync(Routes.Backfill, WireJson.Default.BackfillReply, ct);
        var reply = before.State == "running"
            ? before
            : await daemon.PostAsync(Routes.Backfill, request, WireJson.Default.BackfillRequest, WireJson.Default.BackfillReply, ct);
        var shown = -1;
        try
        {
            while (reply.State == "running" || reply is { State: "done", Waiting: > 0 })
            {
                shown = Step(output, reply, shown);
                await Task.Delay(Poll, context.Time, ct);
                reply = await daemon.GetAsync(Routes.Backfill, WireJson.Default.BackfillReply, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            output.Note("\nIt goes on in the background. 'cairn backfill --status' shows how far it is, 'cairn backfill --stop' stops it.");
            throw;
        }

        output.ShowProgress("");
        return Finish(output, reply, before.Memories);
    }

    /// <summary>How far it is, in one line.</summary>
    public static string Line(BackfillReply reply) => string.Create(
        CultureInfo.InvariantCulture,
        $"{reply.State}: {reply.FilesDone} of {reply.Files} files, {reply.Events:N0} new events, {reply.Known:N0} known{(reply.Waiting > 0 ? $", {reply.Waiting:N0} batches wait" : "")}{(reply.Problem.Length > 0 ? ": " + reply.Problem : "")}");

    private static int Step(Output output, BackfillReply reply, int shown)
    {
        var percent = reply.Bytes == 0 ? 0 : (int)(100 * reply.BytesDone / reply.Bytes);
        if (output.IsJson)
        {
            return percent;
        }

        if (output.IsWatched)
        {
            var filled = percent * BarWidth / 100;
            output.ShowProgress(string.Create(
                CultureInfo.InvariantCulture,
                $"{new string('█', filled)}{new string('░', BarWidth - filled)} {percent,3} %  {reply.FilesDone}/{reply.Files} files  {reply.Events:N0} events"));
        }
        else if (percent / 10 > shown / 10 || shown < 0)
        {
            output.Line($"{percent} %: {Line(reply)}");
            return percent;
        }

        return output.IsWatched ? percent : shown;
    }

    private static int Finish(Output output, BackfillReply reply, long memoriesBefore)
    {
        if (output.IsJson)
        {
            output.Json(reply, WireJson.Default.BackfillReply);
            return reply.State == "done" ? ExitCode.Ok : ExitCode.Failed;
        }

        if (reply.State != "done")
        {
            output.Error(Line(reply), "Run it again: it goes on where it was.");
            return ExitCode.Failed;
        }

        output.Line(
            $"Read {Words.Count(reply.Sessions, "session")} in {Words.Duration(reply.ElapsedMs)}: {Words.Count(reply.Events, "new event")}, {reply.Known.ToString("N0", CultureInfo.InvariantCulture)} known, {Words.Count(Math.Max(0, reply.Memories - memoriesBefore), "new memory", "new memories")}.");
        if (reply.Excluded > 0)
        {
            output.Line($"{Words.Count(reply.Excluded, "event")} left out, as your settings say.");
        }

        if (reply.LeftAlone > 0)
        {
            output.Line($"{Words.Count(reply.LeftAlone, "file")} left alone: paused, or not readable. 'cairn logs' says which reason.");
        }

        if (reply.Unknown.Count > 0)
        {
            output.Heading("Lines that this version does not understand (nothing was taken from them)");
            foreach (var unknown in reply.Unknown)
            {
                output.Line($"{unknown.Count,8}  {Output.Safe(unknown.Name)}");
            }
        }

        return ExitCode.Ok;
    }
}
