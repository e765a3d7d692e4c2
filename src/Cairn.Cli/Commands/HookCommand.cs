using System.CommandLine;
using Cairn.Core;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn hook</c>: only its help. A hook itself is done before the command line is touched; see <see cref="Program"/>.</summary>
internal static class HookCommand
{
    private static readonly Argument<string?> Agent = new("agent")
    {
        Description = "The agent that calls: " + string.Join(", ", AgentSpec.All.Select(agent => agent.Name)) + ".",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static CairnCommand Create() => new CairnCommand(
        "hook",
        "What agents call at each step of a session; 'cairn install' sets it up. Reads one payload from the standard input, hands it to the daemon, prints what the agent is to be told, and always ends with 0.",
        "cairn hook claude-code < payload.json")
    {
        Agent,
    }.Does((context, _) =>
    {
        context.Output.Note("This is what agents call. 'cairn install' sets it up; 'cairn hook --help' says more.");
        return ExitCode.Ok;
    });
}
