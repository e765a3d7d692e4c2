using Cairn.Bench.Observe;

switch (args)
{
    case ["memories", .. var rest]:
        return await MemoriesCommand.RunAsync(rest, CancellationToken.None);
    default:
        await Console.Error.WriteLineAsync("usage: cairn-bench memories <folder-with-transcripts>");
        return 2;
}
