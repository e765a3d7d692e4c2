using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests.Recordings;

/// <summary>
/// Makes the payloads that the capture tests replay: run by hand when a new version of the client is pinned, see
/// tests/Cairn.Tests/Payloads/claude-code/README.md.
/// </summary>
public sealed class PayloadRecordings
{
    private static readonly IReadOnlyList<string> Events = [.. HookRecorder.HookedEvents, .. HookRecorder.OtherEvents];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public Task Record_a_plain_session_with_every_kind_of_tool() => RecordAsync(
        "plain",
        folder =>
        [
            new ModelScript("add is wrong",
                ModelTurn.SayAndCall("I look first.", ToolCall.Bash("ls", "List the files")),
                ModelTurn.Call(ToolCall.Read($"{folder}/calc.js")),
                ModelTurn.SayAndCall("The sign is wrong.", ToolCall.Edit($"{folder}/calc.js", "a - b", "a + b")),
                ModelTurn.Call(ToolCall.Bash("node --test", "Run the tests")),
                ModelTurn.Call(ToolCall.Write($"{folder}/NOTES.md", "add subtracted; it adds now\n"), ToolCall.Read($"{folder}/missing.txt")),
                ModelTurn.Say("add() is fixed: it subtracted. One test in calc.test.js is still wrong: it wants 2 + 2 to be 5.")),
        ],
        (claude, folder) => claude.PromptAsync("Please fix calc.js, add is wrong", folder, Ct));

    [Fact(Explicit = true)]
    public Task Record_a_failing_tool() => RecordAsync(
        "failing-tool",
        folder =>
        [
            new ModelScript("run the tests",
                ModelTurn.Call(ToolCall.Bash("node --test", "Run the tests")),
                ModelTurn.Call(ToolCall.Edit($"{folder}/calc.js", "not in the file", "anything")),
                ModelTurn.Say("One test fails: 2 + 2 is not 5.")),
        ],
        (claude, folder) => claude.PromptAsync("run the tests", folder, Ct));

    [Fact(Explicit = true)]
    public Task Record_a_session_that_is_resumed() => RecordAsync(
        "resume",
        _ =>
        [
            new ModelScript("say hello", ModelTurn.Call(ToolCall.Bash("echo hello", "Say hello")), ModelTurn.Say("Said hello.")),
            new ModelScript("what did you say", ModelTurn.Say("I said hello.")),
        ],
        async (claude, folder) =>
        {
            await claude.PromptAsync("say hello", folder, Ct);
            return await claude.PromptAsync("what did you say?", folder, Ct, new ClaudeOptions { Continue = true });
        });

    [Fact(Explicit = true)]
    public Task Record_a_subagent() => RecordAsync(
        "subagent",
        folder =>
        [
            new ModelScript("SUBTASK", ModelTurn.Call(ToolCall.Read($"{folder}/calc.js"), ToolCall.Bash("echo from the subagent", "Say where")), ModelTurn.Say("calc.js holds add(), which subtracts.")),
            new ModelScript("delegate", ModelTurn.Call(ToolCall.Agent("Look at calc.js", "SUBTASK: look at calc.js")), ModelTurn.Say("The subagent found it: add() subtracts.")),
        ],
        (claude, folder) => claude.PromptAsync("Please delegate looking at calc.js", folder, Ct));

    [Fact(Explicit = true)]
    public Task Record_a_compaction_by_hand() => RecordAsync(
        "compact",
        folder =>
        [
            new ModelScript("look at calc.js", ModelTurn.Call(ToolCall.Read($"{folder}/calc.js")), ModelTurn.Say("add() subtracts.")),
            new ModelScript("go on", ModelTurn.Say("add() subtracts, as I said.")),
        ],
        async (claude, folder) =>
        {
            await claude.PromptAsync("look at calc.js", folder, Ct);
            await claude.PromptAsync("/compact keep the bug", folder, Ct, new ClaudeOptions { Continue = true });
            return await claude.PromptAsync("go on", folder, Ct, new ClaudeOptions { Continue = true });
        });

    [Fact(Explicit = true)]
    public Task Record_a_turn_that_the_model_refuses() => RecordAsync(
        "model-error",
        _ => [new ModelScript("anything", ModelTurn.Refuse(400))],
        (claude, folder) => claude.PromptAsync("anything at all", folder, Ct));

    [Fact(Explicit = true)]
    public Task Record_a_session_that_is_terminated_in_the_middle() => RecordAsync(
        "terminated",
        _ =>
        [
            new ModelScript("wait",
                ModelTurn.Call(ToolCall.Bash("echo before", "Say it")),
                new ModelTurn { Text = "Never said.", Delay = TimeSpan.FromMinutes(5) }),
        ],
        (claude, folder) => claude.PromptAsync("wait for it", folder, Ct),
        terminateAt: request => request.ToolResults == 1);

    private static async Task RecordAsync(
        string name,
        Func<string, IReadOnlyList<ModelScript>> scripts,
        Func<RecordedClient, string, Task<ProcessRun>> play,
        Func<ModelRequest, bool>? terminateAt = null)
    {
        var installed = InstalledClient.OrSkip();
        using var home = new AgentHome();
        var folder = await home.ProjectAsync("demo", Ct,
            ("calc.js", "export const add = (a, b) => a - b;\n"),
            ("calc.test.js", """
                import test from 'node:test';
                import assert from 'node:assert';
                import { add } from './calc.js';
                test('adds', () => assert.equal(add(1, 2), 3));
                test('adds wrongly', () => assert.equal(add(2, 2), 5));

                """),
            ("package.json", "{ \"name\": \"demo\", \"type\": \"module\" }\n"),
            ("CLAUDE.md", "Answer in one sentence.\n"));
        var recorder = new HookRecorder(home, folder);
        await recorder.HookAsync(Events, Ct);
        await using var model = await ModelServer.StartAsync(Ct, scripts(folder));
        await play(new RecordedClient(new ClaudeClient(installed, home, model), model, terminateAt), folder);
        await recorder.SaveAsync(Repository.PathOf("tests", "Cairn.Tests", "Payloads", "claude-code", name), Ct);
    }

    /// <summary>The client, asked to end as soon as the model has seen what the recording waits for.</summary>
    private sealed class RecordedClient(ClaudeClient claude, ModelServer model, Func<ModelRequest, bool>? terminateAt)
    {
        public async Task<ProcessRun> PromptAsync(string prompt, string folder, CancellationToken ct, ClaudeOptions? options = null)
        {
            if (terminateAt is null)
            {
                return await claude.PromptAsync(prompt, folder, ct, options);
            }

            var termination = Task.CompletedTask;
            var run = await claude.PromptAsync(prompt, folder, ct, new ClaudeOptions
            {
                Started = process => termination = TerminateAsync(process, ct),
            });
            await termination;
            return run;
        }

        private async Task TerminateAsync(System.Diagnostics.Process process, CancellationToken ct)
        {
            await model.ArrivalAsync(terminateAt!, ct);
            await ClaudeClient.TerminateAsync(process, ct);
        }
    }
}
