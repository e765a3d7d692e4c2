namespace Cairn.Cli.Codemem;

/// <summary>
/// The commands that codemem's scripts and people know, with the output that they expect. Contract: codemem's plugin
/// reference. Hidden from the list of commands; docs/guides/from-codemem.md has them.
/// </summary>
internal static class CodememCommands
{
    /// <summary>All of them.</summary>
    public static IEnumerable<CairnCommand> All()
    {
        yield return RawEventsStatusCommand.Create();
        yield return RawEventsRetryCommand.Create();
        yield return EnqueueRawEventCommand.Create();
        yield return ClaudeIntegrationStatusCommand.Create();
        foreach (var (name, purpose) in HookAliases)
        {
            yield return new CairnCommand(name, purpose, $"cairn {name} < payload.json").Hide().Does((context, _) =>
            {
                context.Output.Note("This reads a hook's payload from the standard input.");
                return ExitCode.Ok;
            });
        }
    }

    // They run before the command line is touched; see Program.
    private static readonly (string, string)[] HookAliases =
    [
        (Hooks.HookClient.IngestCommand, "Takes in one payload of Claude Code's hooks and prints nothing."),
        (Hooks.HookClient.DirectIngestCommand, "The same as claude-hook-ingest."),
        (Hooks.HookClient.InjectCommand, "Takes in one prompt of Claude Code's and prints the memories for it as the hook expects them, or only that it may go on."),
    ];
}
