using System.CommandLine;
using System.Globalization;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn queue</c></summary>
internal static class QueueCommand
{
    private const int Most = 10_000;

    private static readonly Option<int> Limit = new("--limit", "-n") { Description = "Most batches (50).", DefaultValueFactory = _ => 50 };

    private static readonly Option<string?> Session = new("--session") { Description = "Only batches of the session with this id of the agent's." };

    private static readonly Argument<long[]> Ids = new("id") { Description = "Numbers of batches; 'cairn queue list' shows them.", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Argument<long[]> NamedIds = new("id") { Description = "Numbers of batches; 'cairn queue list' shows them.", Arity = ArgumentArity.OneOrMore };

    public static CairnCommand Create()
    {
        var queue = new CairnCommand(
            "queue",
            "See what waits to be made into memories, and act on it. What is stored is never lost: a batch that was given up stays here with its reason.",
            "cairn queue", "cairn queue retry", "cairn queue discard 12")
        {
            new CairnCommand("list", "List the batches that are not completed, with the reason where one failed.", "cairn queue list") { Limit }.Does(ListAsync),
            new CairnCommand(
                "retry",
                "Try failed and given-up batches again now. Trying again changes what was made before, it never adds a second memory.",
                "cairn queue retry", "cairn queue retry 12", "cairn queue retry --session 01JZ") { Ids, Session }.Does(RetryAsync),
            new CairnCommand("process", "Work now on all that waits, sessions in the middle of a turn included.", "cairn queue process").Does(ProcessAsync),
            new CairnCommand(
                "discard",
                "End batches without making memories of them; each is named. Their events stay.",
                "cairn queue discard 12") { NamedIds }.Does(DiscardAsync),
        };
        return queue.Does(ListAsync);
    }

    private static async Task<int> ListAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var limit = parsed.CommandResult.Command.Options.Contains(Limit) ? parsed.GetValue(Limit) : 50;
        var queue = await daemon.GetAsync(
            Address.Of(Routes.Queue, ("limit", limit.ToString(CultureInfo.InvariantCulture))), WireJson.Default.QueueReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(queue, WireJson.Default.QueueReply);
            return ExitCode.Ok;
        }

        if (queue.Items.Count == 0)
        {
            context.Output.Line(queue.Events == 0
                ? "Nothing waits: every event is observed."
                : $"No batch waits. {Words.Count(queue.Events, "event")} of turns that are still going on will be observed when those end.");
            return ExitCode.Ok;
        }

        Write(context, queue.Items);
        return ExitCode.Ok;
    }

    private static async Task<int> RetryAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var ids = parsed.GetValue(Ids) ?? [];
        var count = 0L;
        foreach (var id in ids.Length == 0 ? [null] : ids.Select(id => (long?)id))
        {
            var reply = await daemon.PostAsync(
                Routes.QueueRetry, new QueueRequest(id, parsed.GetValue(Session), null, Most), WireJson.Default.QueueRequest, WireJson.Default.CountReply, ct);
            count += reply.Count;
        }

        return Report(context, new CountReply("to be tried again", count), count == 0 ? "Nothing has failed or was given up." : $"{Words.Count(count, "batch", "batches")} will be tried again now.");
    }

    private static async Task<int> ProcessAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var opened = await daemon.PostAsync(Routes.QueueProcess, new QueueRequest(null, null, null, Most), WireJson.Default.QueueRequest, WireJson.Default.CountReply, ct);
        return Report(context, opened, opened.Count == 0 ? "What waits is worked on now." : $"What waits is worked on now, with {Words.Count(opened.Count, "session")} in the middle of a turn.");
    }

    private static async Task<int> DiscardAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var discarded = new List<QueuedBatchReply>();
        foreach (var id in parsed.GetValue(NamedIds)!)
        {
            var reply = await daemon.PostAsync(
                Routes.QueueDiscard, new QueueRequest(id, null, null, Most), WireJson.Default.QueueRequest, WireJson.Default.QueueReply, ct);
            discarded.AddRange(reply.Items);
        }

        if (context.Output.IsJson)
        {
            context.Output.Json(new QueueReply(discarded, 0), WireJson.Default.QueueReply);
        }
        else if (discarded.Count > 0)
        {
            context.Output.Line("Discarded; the events stay:");
            Write(context, discarded);
        }
        else
        {
            context.Output.Note("There is no such batch that waits.");
        }

        return discarded.Count == 0 ? ExitCode.NothingFound : ExitCode.Ok;
    }

    private static int Report(CommandContext context, CountReply reply, string text)
    {
        if (context.Output.IsJson)
        {
            context.Output.Json(reply, WireJson.Default.CountReply);
        }
        else
        {
            context.Output.Line(text);
        }

        return ExitCode.Ok;
    }

    private static void Write(CommandContext context, IReadOnlyList<QueuedBatchReply> batches)
    {
        var table = new TextTable(context.Output, "batch", "state", "tries", "events", "due", "agent", "project", "session", "reason");
        foreach (var batch in batches)
        {
            table.Add(
                batch.Id.ToString(CultureInfo.InvariantCulture), batch.State.Replace('_', ' '), batch.Attempts.ToString(CultureInfo.InvariantCulture),
                batch.Events.ToString(CultureInfo.InvariantCulture), Words.Moment(batch.DueAtMs), batch.Agent, batch.Project, batch.SessionId,
                batch.Error ?? "");
        }

        table.Write();
    }
}
