using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests.Recordings;

/// <summary>Makes the payloads that the capture tests of OpenCode replay: run by hand, see tests/Cairn.Tests/Payloads/opencode/README.md.</summary>
public sealed class OpenCodeRecordings
{
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
        (client, folder, variables) => client.PromptAsync("Please fix calc.js, add is wrong", folder, Ct, variables: variables));

    [Fact(Explicit = true)]
    public Task Record_a_session_that_is_resumed() => RecordAsync(
        "resume",
        _ => [new ModelScript("say hello", ModelTurn.Call(ToolCall.Bash("echo hello", "Say hello")), ModelTurn.Say("Said hello."))],
        async (client, folder, variables) =>
        {
            await client.PromptAsync("say hello", folder, Ct, variables: variables);
            await client.PromptAsync("what did you say?", folder, Ct, goesOn: true, variables);
        });

    [Fact(Explicit = true)]
    public Task Record_a_subagent() => RecordAsync(
        "subagent",
        folder =>
        [
            new ModelScript("SUBTASK", ModelTurn.Call(ToolCall.Read($"{folder}/calc.js")), ModelTurn.Say("calc.js holds add(), which subtracts.")),
            new ModelScript("delegate", ModelTurn.Call(ToolCall.Agent("Look at calc.js", "SUBTASK: look at calc.js")), ModelTurn.Say("The subagent found it: add() subtracts.")),
        ],
        (client, folder, variables) => client.PromptAsync("Please delegate looking at calc.js", folder, Ct, variables: variables));

    [Fact(Explicit = true)]
    public Task Record_a_compaction_by_hand() => RecordAsync(
        "compact",
        folder => [new ModelScript("look at calc.js", ModelTurn.Call(ToolCall.Read($"{folder}/calc.js")), ModelTurn.Say("add() subtracts."))],
        async (client, folder, variables) =>
        {
            await using var server = await client.ServeAsync(folder, Ct, variables);
            var session = await server.CreateSessionAsync(Ct);
            await server.PromptAsync(session, "look at calc.js", Ct);
            await server.CompactAsync(session, Ct);
            await server.PromptAsync(session, "go on", Ct);
            await server.DeleteAsync(session, Ct);
            await Task.Delay(500, Ct);
        });

    [Fact(Explicit = true)]
    public Task Record_a_turn_that_the_model_refuses() => RecordAsync(
        "model-error",
        _ => [new ModelScript("anything", ModelTurn.Refuse(400))],
        (client, folder, variables) => client.PromptAsync("anything at all", folder, Ct, variables: variables));

    private static async Task RecordAsync(
        string name,
        Func<string, IReadOnlyList<ModelScript>> scripts,
        Func<OpenCodeClient, string, IReadOnlyDictionary<string, string>, Task> play)
    {
        var installed = InstalledClient.OrSkip("opencode");
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
            ("package.json", "{ \"name\": \"demo\", \"type\": \"module\" }\n"));
        await using var model = await ModelServer.StartAsync(Ct, [.. scripts(folder).Select(OpenCodeDeveloper.OwnWords)]);
        await using var recorder = await FrameRecorder.StartAsync(home.CairnFolder, Ct);
        var client = new OpenCodeClient(installed, InstalledClient.OrSkip("ripgrep"), home, model);
        await client.ConfigureAsync(Ct);
        var config = await File.ReadAllTextAsync(client.ConfigFile, Ct);
        var plugin = new Uri(Repository.PathOf("agents", "opencode", "cairn.js")).AbsoluteUri;
        await File.WriteAllTextAsync(client.ConfigFile, config.Replace("\"permission\"", $"\"plugin\": [\"{plugin}\"],\n  \"permission\"", StringComparison.Ordinal), Ct);
        await play(client, folder, new Dictionary<string, string> { ["CAIRN_HOME"] = home.CairnFolder });
        await recorder.SaveAsync(Repository.PathOf("tests", "Cairn.Tests", "Payloads", "opencode", name), folder, Ct);
    }
}
