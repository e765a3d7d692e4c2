using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cairn.Tests.Cli;
using Cairn.Tests.Redaction;
using Cairn.Tests.Support;

namespace Cairn.Tests.Capture;

/// <summary>A hunt: secrets of every kind go in by every door, and no byte of them may lie anywhere below the data directory.</summary>
public sealed class SecretHuntTests : IAsyncLifetime
{
    // A shorter one may stand somewhere by chance.
    private const int LeastSecret = 8;

    private TestDaemon _daemon = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _daemon = await TestDaemon.StartAsync(settings: """{"log.level":"debug"}""");

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task No_secret_of_any_kind_by_any_door_is_found_in_any_file()
    {
        var planted = PlantedSecrets.All().Select(row => row.Data).Where(row => row.Item3.Length >= LeastSecret).ToList();
        var plants = 0;
        foreach (var (kind, text, _) in planted)
        {
            await HookAsync(kind, new() { ["hook_event_name"] = "UserPromptSubmit", ["prompt"] = "Please use this: " + text });
            await HookAsync(kind, new()
            {
                ["hook_event_name"] = "PostToolUse",
                ["tool_name"] = "Bash",
                ["tool_use_id"] = "call " + kind,
                ["tool_input"] = new JsonObject { ["command"] = "echo " + text },
                ["tool_response"] = new JsonObject { ["stdout"] = text, ["stderr"] = text },
            });
            await PostAsync("api/claude-hooks", Payload("other " + kind, new() { ["hook_event_name"] = "Stop", ["last_assistant_message"] = text }));
            await PostAsync("api/raw-events", new JsonObject
            {
                ["session_id"] = "raw " + kind,
                ["event_type"] = "tool.execute.after",
                ["event_id"] = kind,
                ["cwd"] = "/tmp/shop",
                ["payload"] = new JsonObject { ["tool"] = "bash", ["args"] = new JsonObject { ["command"] = text }, ["error"] = text },
            });
            await PostAsync("api/memories", new JsonObject { ["text"] = "Remember that " + text, ["cwd"] = "/tmp/shop", ["kind"] = "note", ["pin"] = false });
            await PostAsync("api/hooks/claude-code", text + " is not JSON");
            plants += 6;
        }

        await _daemon.ObservedAsync();
        Assert.Equal([(planted.Count * 4).ToString(CultureInfo.InvariantCulture)], _daemon.Query("SELECT COUNT(*) FROM event"));
        Assert.Equal([planted.Count.ToString(CultureInfo.InvariantCulture)], _daemon.Query("SELECT COUNT(*) FROM memory WHERE observer <> 'rules'"));
        await _daemon.StopAsync();
        var away = new CairnProcess(_daemon.Paths.Home, _daemon.Folder);
        await away.HookAsync(Payload("away", new() { ["hook_event_name"] = "UserPromptSubmit", ["prompt"] = string.Join("\n\n", planted.Select(row => row.Item2)) }).ToJsonString());
        plants += planted.Count;

        TestNotes.Write("secrets", $"Hunt for secrets: {plants} planted, of {planted.Count} kinds, by seven doors.");
        Assert.True(planted.Count >= 40);
        foreach (var (file, bytes) in _daemon.AllBytes())
        {
            var content = Encoding.UTF8.GetString(bytes);
            Assert.All(planted, row => Assert.False(content.Contains(row.Item3, StringComparison.Ordinal), $"{row.Item1} is in {Path.GetFileName(file)}"));
        }
    }

    [Fact]
    public async Task A_wholly_private_prompt_leaves_no_word_anywhere()
    {
        await HookAsync("private", new() { ["hook_event_name"] = "UserPromptSubmit", ["prompt"] = "<private>Zanzibarquokka</private>" });
        await HookAsync("private", new() { ["hook_event_name"] = "Stop", ["last_assistant_message"] = "Understood." });
        await _daemon.ObservedAsync();
        await _daemon.StopAsync();
        await new CairnProcess(_daemon.Paths.Home, _daemon.Folder).HookAsync(
            Payload("private", new() { ["hook_event_name"] = "UserPromptSubmit", ["prompt"] = "<PRIVATE>a <private>b</private> Zanzibarquokka" }).ToJsonString());

        Assert.All(_daemon.AllBytes(), file => Assert.DoesNotContain("Zanzibarquokka", Encoding.UTF8.GetString(file.Bytes)));
    }

    private Task HookAsync(string session, JsonObject payload) => PostAsync("api/hooks/claude-code", Payload(session, payload));

    private static JsonObject Payload(string session, JsonObject payload)
    {
        payload["session_id"] = session;
        payload["cwd"] = "/tmp/shop";
        return payload;
    }

    private Task PostAsync(string address, JsonObject body) => PostAsync(address, body.ToJsonString());

    private async Task PostAsync(string address, string body)
    {
        using var response = await _daemon.Client.PostAsync(new Uri(address, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Ct);
    }
}
