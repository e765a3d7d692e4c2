using System.CommandLine;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn pause</c> and <c>cairn resume</c></summary>
internal static class PauseCommand
{
    private static readonly Option<bool> Session = new("--session")
    {
        Description = "Only the newest open session of this directory's project, not the whole project.",
    };

    private static readonly Option<string?> Id = new("--session-id") { Description = "Only the session with this id of the agent's." };

    public static CairnCommand CreatePause() => new CairnCommand(
        "pause",
        "Capture nothing more of this directory's project, until 'cairn resume'. What is stored stays; nothing of a pause is made up for later.",
        "cairn pause", "cairn pause --session  # only the session that is open here")
    {
        Session, Id,
    }.Does((context, parsed, ct) => RunAsync(context, parsed, Routes.Pause, ct));

    public static CairnCommand CreateResume() => new CairnCommand(
        "resume",
        "Capture this directory's project again, after 'cairn pause'.",
        "cairn resume", "cairn resume --session")
    {
        Session, Id,
    }.Does((context, parsed, ct) => RunAsync(context, parsed, Routes.Resume, ct));

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, string route, CancellationToken ct)
    {
        var id = parsed.GetValue(Id);
        var request = new PauseRequest(id is not null || parsed.GetValue(Session) ? "session" : "project", id, context.Directory);
        var daemon = await context.RunningDaemonAsync(ct);
        var reply = await daemon.PostAsync(route, request, WireJson.Default.PauseRequest, WireJson.Default.PauseReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(reply, WireJson.Default.PauseReply);
            return ExitCode.Ok;
        }

        var subject = Output.Safe(reply.Subject);
        context.Output.Line((route == Routes.Pause, reply.Changed) switch
        {
            (true, true) => $"Paused: nothing more is captured of {subject}. 'cairn resume' captures it again.",
            (true, false) => $"{subject} was paused already.",
            (false, true) => $"Resumed: {subject} is captured again.",
            (false, false) => $"{subject} was not paused.",
        });
        return ExitCode.Ok;
    }
}
