using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cairn.Cli;

/// <summary>The help of a command, with examples to copy.</summary>
internal sealed class HelpScreen(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CairnCommand { Examples.Count: > 0 } command)
        {
            var target = parseResult.InvocationConfiguration.Output;
            target.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                target.WriteLine("  " + example);
            }

            target.WriteLine();
        }

        return result;
    }
}
