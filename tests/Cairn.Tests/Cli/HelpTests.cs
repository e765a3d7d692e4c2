using System.CommandLine;
using Cairn.Cli;
using Cairn.Tests.Support;

namespace Cairn.Tests.Cli;

/// <summary>The help: a newcomer's first reading.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Commands => [.. All(CommandLine.Create(), "").Select(command => command.Path)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_says_what_it_is_for_and_gives_an_example(string path)
    {
        var command = Assert.IsType<CairnCommand>(All(CommandLine.Create(), "").Single(command => command.Path == path).Command);

        Assert.EndsWith(".", command.Description);
        Assert.NotEmpty(command.Examples);
        Assert.Contains(command.Examples, example => example.Contains("cairn " + path, StringComparison.Ordinal));
        Assert.All(command.Options, option => Assert.EndsWith(".", option.Description));
        Assert.All(command.Arguments, argument => Assert.EndsWith(".", argument.Description));
    }

    [Fact]
    public async Task The_help_of_a_command_shows_its_examples()
    {
        var result = await new CairnProcess(Path.Combine(_folder.Path, "home"), _folder.Path).RunAsync("search", "--help");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("cairn search timeout --here --kind bugfix", result.Output);
    }

    [Fact]
    public async Task A_slip_is_met_with_the_nearest_command()
    {
        var result = await new CairnProcess(Path.Combine(_folder.Path, "home"), _folder.Path).RunAsync("serach", "x");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("Did you mean search?", result.Error);
    }

    private static IEnumerable<(string Path, Command Command)> All(Command parent, string path) =>
        parent.Subcommands.SelectMany(child => All(child, $"{path} {child.Name}".Trim()).Prepend(($"{path} {child.Name}".Trim(), child)));
}
