using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests.Recordings;

/// <summary>
/// Makes the session that <c>cairn demo</c> replays: the real client in a small shop whose discount is taken twice. Run by
/// hand, see demo/README.md.
/// </summary>
public sealed class DemoRecording
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Record_the_demo_session()
    {
        var installed = InstalledClient.OrSkip();
        using var home = new AgentHome();
        var folder = await home.ProjectAsync("shop", Ct, DemoStory.Files);
        var recorder = new HookRecorder(home, folder);
        await recorder.HookAsync(HookRecorder.HookedEvents, Ct);
        await using var model = await ModelServer.StartAsync(Ct, DemoStory.Scripts(folder));
        var claude = new ClaudeClient(installed, home, model);
        await using (var conversation = ClaudeConversation.Start(installed, folder, claude.EnvironmentVariables()))
        {
            foreach (var prompt in DemoStory.Prompts)
            {
                await conversation.PromptAsync(prompt, Ct);
            }

            Assert.Equal(0, await conversation.EndAsync(Ct));
        }

        Assert.Contains(recorder.Payloads(), recorded => recorded.Event == "PostToolUseFailure");
        await recorder.SaveAsync(Repository.PathOf("demo", "session"), Ct);
    }
}
