using Cairn.Core.Hosting;

namespace Cairn.Tests.Install;

/// <summary>What is installed below a data directory works on that directory, whatever environment an agent starts it with.</summary>
public sealed class InstalledHomeTests : IDisposable
{
    private readonly InstallHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task An_installed_program_uses_the_directory_that_it_was_installed_into()
    {
        await _home.InstallAsync();
        var environment = new Dictionary<string, string> { ["HOME"] = "/nowhere" };

        Assert.Equal(_home.Paths.Home, CairnHome.Resolve(environment, _home.Site.CurrentProgram).Paths.Home);
        Assert.Equal(_home.Paths.Home, CairnHome.Resolve(environment, Path.Combine(_home.Site.VersionDirectory, "cairn")).Paths.Home);
    }

    [Fact]
    public async Task The_environment_outranks_it()
    {
        await _home.InstallAsync();
        var other = Path.Combine(_home.Home, "other");

        Assert.Equal(other, CairnHome.Resolve(new Dictionary<string, string> { ["CAIRN_HOME"] = other }, _home.Site.CurrentProgram).Paths.Home);
        Assert.Equal(other, CairnHome.Resolve(new Dictionary<string, string> { ["CLAUDE_MEM_DATA_DIR"] = other }, _home.Site.CurrentProgram).Paths.Home);
    }

    [Fact]
    public void A_program_elsewhere_uses_the_usual_directory()
    {
        InstallHome.Write(Path.Combine(_home.Home, "local", "bin", "tools", "cairn"), "");
        var environment = new Dictionary<string, string> { ["HOME"] = _home.Home };

        Assert.Equal(_home.Paths.Home, CairnHome.Resolve(environment, Path.Combine(_home.Home, "local", "bin", "tools", "cairn")).Paths.Home);
        Assert.Equal(_home.Paths.Home, CairnHome.Resolve(environment, null).Paths.Home);
    }
}
