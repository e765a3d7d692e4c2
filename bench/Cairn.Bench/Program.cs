using Cairn.Bench.Observe;
using Cairn.Bench.Redaction;
using Cairn.Bench.Systems;

switch (args)
{
    case ["memories", .. var rest]:
        return await MemoriesCommand.RunAsync(rest, CancellationToken.None);
    case ["redaction", .. var rest]:
        return await RedactionCommand.RunAsync(rest, CancellationToken.None);
    case ["system", .. var rest]:
        return await SystemCommand.RunAsync(rest, CancellationToken.None);
    default:
        await Console.Error.WriteLineAsync("usage: cairn-bench memories <folder-with-transcripts> | cairn-bench redaction <folder> [--show] | cairn-bench system [<folder-with-published-programs>] [--quick] [--only=start|hook|ingest|recall]");
        return 2;
}
