using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests.Recordings;

/// <summary>Makes the payloads of a session in a terminal; see <see cref="PayloadRecordings"/>.</summary>
public sealed class TerminalRecording
{
    [Fact(Explicit = true, Timeout = 90_000)]
    public async Task Record_a_terminal_session_with_a_permission_asked_and_a_clear()
    {
        var ct = TestContext.Current.CancellationToken;
        var installed = InstalledClient.OrSkip();
        using var home = new AgentHome();
        var folder = await home.ProjectAsync("demo", ct, ("calc.js", "export const add = (a, b) => a - b;\n"));
        var recorder = new HookRecorder(home, folder);
        await recorder.HookAsync([.. HookRecorder.HookedEvents, .. HookRecorder.OtherEvents], ct);
        await using var model = await ModelServer.StartAsync(
            ct,
            new ModelScript("make a note", ModelTurn.Call(ToolCall.Bash("touch note.txt", "Make a note")), ModelTurn.Say("A note is made.")),
            new ModelScript("look at calc.js", ModelTurn.Call(ToolCall.Read($"{folder}/calc.js")), ModelTurn.Say("add() subtracts.")));
        var claude = new ClaudeClient(installed, home, model);
        await using var terminal = await ClaudeTerminal.StartAsync(installed, home, claude, recorder, folder, ct);

        await terminal.EventAsync("SessionStart", 1, ct);
        await terminal.TypeAsync("make a note", ct);
        await terminal.EventAsync("PermissionRequest", 1, ct);
        await terminal.TypeAsync("", ct);
        await terminal.EventAsync("Stop", 1, ct);
        await terminal.TypeAsync("/clear", ct);
        await terminal.EventAsync("SessionStart", 2, ct);
        await terminal.TypeAsync("look at calc.js", ct);
        await terminal.EventAsync("Stop", 2, ct);
        await terminal.TypeAsync("/exit", ct);
        await terminal.ExitAsync(ct);

        await recorder.SaveAsync(Repository.PathOf("tests", "Cairn.Tests", "Payloads", "claude-code", "clear"), ct);
    }
}
