using Cairn.Cli.Hooks;

namespace Cairn.Cli;

internal static class Program
{
    // A hook comes first, before anything of the command line is touched: an agent waits for it at every step.
    private static int Main(string[] args) => args switch
    {
        ["hook", var agent] when !agent.StartsWith('-') => HookClient.Run(agent),
        _ => 2,
    };
}
