using System.CommandLine;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn remember</c></summary>
internal static class RememberCommand
{
    private static readonly Argument<string[]> Text = new("text")
    {
        Description = "What to remember. The first line is its title; '-' reads it from the standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Pin = new("--pin") { Description = "Keep it in view at the start of every session of the project." };

    private static readonly Option<string?> Kind = new("--kind", "-k") { Description = "What kind of memory it is; note when not given." };

    private static readonly Option<string?> Directory = new("--directory", "-d") { Description = "A directory of the project that it belongs to; the current one when not given." };

    public static CairnCommand Create() => new CairnCommand(
        "remember",
        "Keep a note of your own for the project of the current directory.",
        "cairn remember \"Amounts are in cents everywhere\" --pin",
        "cairn remember --kind decision We stay on SQLite until there is a second writer",
        "git log -1 --format=%B | cairn remember -")
    {
        Text, Pin, Kind, Directory,
    }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var words = parsed.GetValue(Text)!;
        var text = words is ["-"] ? context.Output.ReadToEnd() : string.Join(' ', words);
        if (string.IsNullOrWhiteSpace(text))
        {
            context.Output.Error("There is nothing to remember.", "Say it after the command: cairn remember \"…\"");
            return ExitCode.Usage;
        }

        var directory = Path.GetFullPath(parsed.GetValue(Directory) ?? context.Directory);
        var daemon = await context.RunningDaemonAsync(ct);
        var memory = await daemon.PostAsync(
            Routes.Memories, new RememberRequest(text, directory, parsed.GetValue(Kind), parsed.GetValue(Pin)),
            WireJson.Default.RememberRequest, WireJson.Default.MemoryReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(memory, WireJson.Default.MemoryReply);
        }
        else
        {
            context.Output.Line($"Remembered as {memory.Id} in {Output.Safe(memory.Project)}{(memory.Pinned ? ", pinned" : "")}: {Output.Safe(memory.Title)}");
        }

        return ExitCode.Ok;
    }
}
