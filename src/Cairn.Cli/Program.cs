using Cairn.Cli.Hooks;

namespace Cairn.Cli;

internal static class Program
{
    // A hook comes first, before anything of the command line is touched: an agent waits for it at every step.
    private static int Main(string[] args) =>
        HookClient.Of(args) is { } hook
            ? hook()
            : CommandLine.RunAsync(args).GetAwaiter().GetResult();
}
