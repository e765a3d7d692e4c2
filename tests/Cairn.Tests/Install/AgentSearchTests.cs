using Cairn.Cli.Install;

namespace Cairn.Tests.Install;

/// <summary>The agents of this machine are listed with what was found of each; none is chosen for the user.</summary>
public sealed class AgentSearchTests : IDisposable
{
    private readonly InstallHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_configuration_directory_alone_is_a_sign_of_it()
    {
        var found = Search();

        Assert.Equal("claude-code", found.Agent.Name);
        Assert.Equal(_home.Config, found.ConfigDirectory);
        Assert.Null(found.Program);
        Assert.True(found.IsHere);
        Assert.False(found.IsInstalled);
    }

    [Fact]
    public async Task Its_program_is_looked_for_on_the_path_and_ours_in_the_manifest()
    {
        StandInClient.Put(_home);
        await _home.InstallAsync();

        var found = Search();

        Assert.Equal(Path.Combine(_home.Programs, "claude"), found.Program);
        Assert.True(found.IsInstalled);
    }

    [Fact]
    public void Without_any_sign_it_is_not_here()
    {
        Directory.Delete(_home.Config);

        Assert.False(Search().IsHere);
    }

    private FoundAgent Search() => Assert.Single(new AgentSearch(_home.Site, InstallJournal.Read(_home.Site)).Run(), found => found.Agent == Cairn.Core.AgentSpec.ClaudeCode);
}
