using System.CommandLine;
using System.Globalization;
using Cairn.Cli.Demo;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn demo</c></summary>
internal static class DemoCommand
{
    private const string Related = "A customer says the discount in the cart total is wrong. Did we not have that before?";
    private const string Unrelated = "Write a short thank-you note to the venue for the team dinner.";

    private static readonly Option<bool> Wait = new("--wait") { Description = "Leave everything running at the end, until Enter, to look around." };

    public static CairnCommand Create() => new CairnCommand(
        "demo",
        "See it work: replays a recorded session and shows what the next one gets. Uses a temporary place; nothing of yours is touched.",
        "cairn demo", "cairn demo --wait")
    {
        Wait,
    }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var session = RecordedSession.Read();
        await using var stage = new DemoStage(context);
        using (context.Output.Progress("Replaying the session"))
        {
            await stage.Daemon.EnsureRunningAsync(context.Output.Progress, ct);
            foreach (var payload in session.Payloads)
            {
                await stage.ReplayAsync(payload, ct);
            }
        }

        var status = await stage.SettleAsync(ct);
        var reply = await LookAsync(session, stage, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(reply, DemoJson.Default.DemoReply);
        }
        else
        {
            Show(context.Output, session, reply);
            ShowEnd(context.Output, stage, status, parsed.GetValue(Wait));
        }

        // It worked when something is remembered, related work meets it and other work does not.
        return reply is { Memories.Count: > 0, AtStart.Length: > 0, ForRelated.Length: > 0, ForUnrelated.Length: 0 } ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<DemoReply> LookAsync(RecordedSession session, DemoStage stage, CancellationToken ct)
    {
        var memories = await stage.Daemon.GetAsync(Routes.Memories, WireJson.Default.MemoryListReply, ct);
        var start = await stage.HookAsync(RecordedSession.StartOf("demo-next", stage.Project), ct);
        var related = await stage.HookAsync(RecordedSession.PromptIn("demo-related", stage.Project, Related), ct);
        var unrelated = await stage.HookAsync(RecordedSession.PromptIn("demo-unrelated", stage.Project, Unrelated), ct);
        return new(
            session.Prompts, session.Payloads.Count, [.. memories.Items.Reverse()], start.Person, start.Context,
            Related, related.Context, Unrelated, unrelated.Context, Math.Round(stage.MedianHook.TotalMilliseconds, 1));
    }

    private static void Show(Output output, RecordedSession session, DemoReply reply)
    {
        output.Heading("1. A session of Claude Code, recorded, went through the real hooks");
        foreach (var prompt in reply.Prompts)
        {
            output.Line("   > " + Output.Safe(prompt));
        }

        output.Line(output.Faint($"   {reply.Events} hook events, {session.ToolSteps} of them tool results; no model was called."));

        output.Heading("2. What it left behind");
        foreach (var memory in reply.Memories)
        {
            output.Line($"   {output.Faint(memory.Kind.PadRight(15))} {Output.Safe(memory.Title)}");
        }

        output.Heading("3. What the next session in this project starts with");
        Quote(output, reply.AtStart);
        output.Line(output.Faint("   The person sees: ") + Output.Safe(reply.Person));

        output.Heading("4. What a related prompt brings");
        output.Line("   > " + reply.RelatedPrompt);
        Quote(output, reply.ForRelated);

        output.Heading("5. What an unrelated prompt brings");
        output.Line("   > " + reply.UnrelatedPrompt);
        Quote(output, reply.ForUnrelated);
    }

    private static void ShowEnd(Output output, DemoStage stage, StatusReply status, bool wait)
    {
        output.Heading("What it cost");
        output.Line(string.Create(CultureInfo.InvariantCulture, $"   {stage.MedianHook.TotalMilliseconds:0.0} ms for a hook (median of {stage.HookTimes.Count}), a {Words.Size(status.DatabaseBytes)} database."));
        output.Line();
        if (wait && output.IsWatched)
        {
            output.Line($"It is still running: http://127.0.0.1:{status.Health.Port}/ and CAIRN_HOME='{stage.Paths.Home}' cairn recent");
            output.WaitForEnter("Press Enter to end and clean up.");
        }

        output.Line("To try it for real: cairn install claude-code (--dry-run shows every change first).");
    }

    private static void Quote(Output output, string text)
    {
        if (text.Length == 0)
        {
            output.Line(output.Faint("   (nothing)"));
            return;
        }

        foreach (var line in Output.Safe(text).TrimEnd().Split('\n'))
        {
            output.Line("   " + output.Faint("│ ") + line);
        }
    }
}
