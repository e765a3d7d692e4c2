using System.CommandLine;
using Cairn.Core.Wire;

namespace Cairn.Cli.Codemem;

/// <summary><c>cairn raw-events-retry</c></summary>
internal static class RawEventsRetryCommand
{
    private static readonly Argument<string> Stream = new("stream") { Description = "The session's id, as raw-events-status shows it after the colon." };

    private static readonly Option<string?> Source = new("--source") { Description = "claude, opencode or another agent's name, where the id alone may not say enough." };

    private static readonly Option<int> Limit = new("--limit") { Description = "Most batches (5).", DefaultValueFactory = _ => 5 };

    public static CairnCommand Create() => new CairnCommand(
        "raw-events-retry",
        "Tries the failed batches of one session again, in codemem's words. Makes no memory twice.",
        "cairn raw-events-retry 01JZ --source claude")
    {
        Stream, Source, Limit,
    }.Hide().Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var stream = parsed.GetValue(Stream)!;
        var reply = await daemon.PostAsync(
            Routes.QueueRetry, new QueueRequest(null, stream, parsed.GetValue(Source), parsed.GetValue(Limit)),
            WireJson.Default.QueueRequest, WireJson.Default.CountReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(reply, WireJson.Default.CountReply);
        }
        else
        {
            context.Output.Line(reply.Count == 0 ? "No failed batches" : Output.Safe($"Retried {reply.Count} batches of {stream}"));
        }

        return ExitCode.Ok;
    }
}
