using System.CommandLine;
using Cairn.Cli.Connection;

namespace Cairn.Cli;

/// <summary>One command: what it is for, how it is used, and what it does.</summary>
internal sealed class CairnCommand : Command
{
    /// <summary>Declares it.</summary>
    /// <param name="name">The word that a person types.</param>
    /// <param name="purpose">What it is for: the first sentence is shown in the list of commands.</param>
    /// <param name="examples">Command lines that work as they stand, each with a remark after <c>#</c> where it needs one.</param>
    public CairnCommand(string name, string purpose, params IReadOnlyList<string> examples)
        : base(name, purpose) => Examples = examples;

    /// <summary>Command lines to learn from.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Keeps it out of the list of commands; its own help stays.</summary>
    public CairnCommand Hide()
    {
        Hidden = true;
        return this;
    }

    /// <summary>Says what it does. Problems with the daemon become an error and an exit code.</summary>
    public CairnCommand Does(Func<CommandContext, ParseResult, CancellationToken, Task<int>> run)
    {
        SetAction(async (parsed, ct) =>
        {
            var context = new CommandContext(parsed.GetValue(CommandLine.Json));
            try
            {
                return await run(context, parsed, ct);
            }
            catch (DaemonException problem)
            {
                context.Output.Error(problem.Message, problem.Advice);
                return problem.ExitCode;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return ExitCode.Failed;
            }
        });
        return this;
    }

    /// <summary>Says what it does, where that takes no time.</summary>
    public CairnCommand Does(Func<CommandContext, ParseResult, int> run) =>
        Does((context, parsed, _) => Task.FromResult(run(context, parsed)));
}
