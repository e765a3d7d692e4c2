using System.CommandLine;
using System.CommandLine.Help;
using Cairn.Cli.Codemem;
using Cairn.Cli.Commands;
using Cairn.Cli.Install;
using Cairn.Core.Hosting;
using Cairn.Core.Text;

namespace Cairn.Cli;

/// <summary>The command line: every command, once.</summary>
internal static class CommandLine
{
    /// <summary>Wants the result for a program.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the result as JSON, for programs.",
        Recursive = true,
    };

    // After Ctrl-C: a demo stops its daemon and removes its files.
    private static readonly TimeSpan TimeToCleanUp = TimeSpan.FromSeconds(15);

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = Create();
        var output = Output.OfProcess(ProcessEnvironment.Read(), json: false);
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        var wantsHelp = parsed.Action is HelpScreen;
        if (parsed.Errors.Count > 0 && !wantsHelp)
        {
            return Misunderstood(parsed, output);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output.Writer,
            EnableDefaultExceptionHandler = true,
            ProcessTerminationTimeout = TimeToCleanUp,
        });
    }

    /// <summary>All commands.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Persistent memory for coding agents: what your agent did and learned in one session is there in the next.")
        {
            Json,
            // What a newcomer needs first comes first.
            DemoCommand.Create(),
            InstallCommand.Create(),
            UninstallCommand.Create(),
            StatusCommand.Create(),
            DoctorCommand.Create(),
            RecentCommand.Create(),
            SearchCommand.Create(),
            ShowCommand.Create(),
            RememberCommand.Create(),
            ForgetCommand.Create(),
            BackfillCommand.Create(),
            ContextCommand.Create(),
            StatsCommand.Create(),
            OpenCommand.Create(),
            PauseCommand.CreatePause(),
            PauseCommand.CreateResume(),
            ConfigCommand.Create(),
            LogsCommand.Create(),
            StartCommand.Create(),
            StopCommand.Create(),
            RestartCommand.Create(),
            ServeCommand.Create(),
            QueueCommand.Create(),
            ScrubCommand.Create(),
            HookCommand.Create(),
        };
        foreach (var command in CodememCommands.All())
        {
            root.Add(command);
        }

        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpScreen((HelpAction)option.Action!);
        }

        return root;
    }

    private static int Misunderstood(ParseResult parsed, Output output)
    {
        var command = parsed.CommandResult.Command;
        var name = command is RootCommand ? "cairn" : "cairn " + command.Name;
        var unknown = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        var known = command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name)
            .Concat(command.Options.Select(option => option.Name)).Append("--json");
        var near = unknown is null ? [] : NearestNames.Of(unknown, known);
        output.Error(
            unknown is null || command.Subcommands.Count == 0 ? parsed.Errors[0].Message : $"'{unknown}' is no command of {name}.",
            (near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?\n" : "") + $"'{name} --help' shows what it can do.");
        return ExitCode.Usage;
    }
}
