using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>Installing into OpenCode leaves its configuration as it was but for our entry, and uninstalling leaves no trace, also after sessions.</summary>
public sealed class OpenCodeInstallTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task After_a_session_uninstalling_gives_the_configuration_back_byte_for_byte()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct, install: false);
        var before = await File.ReadAllBytesAsync(dev.OpenCode.ConfigFile, Ct);
        await dev.Cairn.SucceedAsync(Ct, "install", "opencode");
        Assert.Contains("// The scripted model", await File.ReadAllTextAsync(dev.OpenCode.ConfigFile, Ct), StringComparison.Ordinal);
        await dev.PromptAsync("Say hello", Ct);
        Assert.Equal(1, dev.Store.Prompts);

        await dev.Cairn.SucceedAsync(Ct, "uninstall", "opencode");

        Assert.Equal(before, await File.ReadAllBytesAsync(dev.OpenCode.ConfigFile, Ct));
        await dev.PromptAsync("Say hello once more", Ct);
        Assert.Equal(1, dev.Store.Prompts);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_the_product_nothing_of_the_first_session_is_in_the_next()
    {
        await using var dev = await OpenCodeDeveloper.StartAsync(Ct, install: false);
        await dev.PromptAsync(Recordings.DemoStory.Prompts[0], Ct);

        await dev.PromptAsync("Please add shipping costs to the cart total", Ct);

        Assert.All(dev.RequestsFor("shipping costs"), request => Assert.Empty(request.InstructedRecollections()));
    }
}
