using System.CommandLine;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn context</c></summary>
internal static class ContextCommand
{
    private static readonly Option<string?> Prompt = new("--prompt") { Description = "Also show what this prompt would bring." };

    public static CairnCommand Create() => new CairnCommand(
        "context",
        "Show what the next session in this directory would be given, and why. Changes nothing.",
        "cairn context", "cairn context --prompt \"the discount is taken twice\"")
    {
        Prompt,
    }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var prompt = parsed.GetValue(Prompt);
        var given = await daemon.GetAsync(
            Address.Of(Routes.ContextPreview, ("cwd", context.Directory), ("prompt", prompt)), WireJson.Default.ContextReply, ct);
        var isEmpty = given.AtStart.Length == 0 && given.ForPrompt.Length == 0;
        if (context.Output.IsJson)
        {
            context.Output.Json(given, WireJson.Default.ContextReply);
            return isEmpty ? ExitCode.NothingFound : ExitCode.Ok;
        }

        Show(context.Output, "At the start of a session", given.AtStart);
        if (prompt is not null)
        {
            Show(context.Output, "For that prompt", given.ForPrompt);
        }

        context.Output.Heading($"Why (about {Words.Count(given.Tokens, "token")})");
        foreach (var reason in given.Why)
        {
            context.Output.Line("  " + Output.Safe(reason));
        }

        return isEmpty ? ExitCode.NothingFound : ExitCode.Ok;
    }

    private static void Show(Output output, string heading, string text)
    {
        output.Heading(heading);
        output.Line(text.Length == 0 ? output.Faint("(nothing)") : Output.Safe(text).TrimEnd());
    }
}
