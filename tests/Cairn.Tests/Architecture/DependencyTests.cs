using System.Reflection;

namespace Cairn.Tests.Architecture;

/// <summary>The dependency rules of ARCHITECTURE.md, checked against the compiled code.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Core = Assembly.Load("Cairn.Core");
    private static readonly Assembly Engine = Assembly.Load("Cairn.Engine");
    private static readonly Assembly Daemon = Assembly.Load("cairn-daemon");
    private static readonly Assembly Cli = Assembly.Load("cairn");

    [Fact]
    public void Core_uses_only_the_base_library() =>
        Assert.All(TypeReferences.AssembliesUsedBy(Core), name => Assert.StartsWith("System.", name));

    [Fact]
    public void The_command_line_uses_only_core() =>
        Assert.DoesNotContain(TypeReferences.AssembliesUsedBy(Cli), name => name.StartsWith("Cairn.", StringComparison.Ordinal) && name != "Cairn.Core");

    [Fact]
    public void The_engine_does_not_know_it_is_served_over_http() =>
        Assert.DoesNotContain(TypeReferences.AssembliesUsedBy(Engine), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void Only_the_sqlite_folder_uses_sqlite() => OnlyIn(Engine, "Cairn.Engine.Storage.Sqlite", "Microsoft.Data.Sqlite");

    [Fact]
    public void Features_do_not_use_storage() =>
        None(Violations(Engine, from: Feature, to: name => name.StartsWith("Cairn.Engine.Storage.", StringComparison.Ordinal)));

    [Fact]
    public void Features_do_not_use_each_other()
    {
        var features = TypeReferences.UsedBy(Engine).Keys.Where(Feature).Select(FolderOf).Distinct().ToList();
        Assert.All(features, feature => None(Violations(
            Engine, from: name => FolderOf(name) == feature, to: name => Feature(name) && FolderOf(name) != feature)));
    }

    [Fact]
    public void The_daemon_reaches_storage_only_through_the_engine() =>
        None(Violations(Daemon, from: _ => true, to: name => name.StartsWith("Cairn.Engine.Storage.", StringComparison.Ordinal)));

    [Fact]
    public void Agents_use_only_core_and_what_capture_takes_in() =>
        None(Violations(
            Engine,
            from: name => name.StartsWith("Cairn.Engine.Agents.", StringComparison.Ordinal),
            to: name => name.StartsWith("Cairn.Engine.", StringComparison.Ordinal)
                && !name.StartsWith("Cairn.Engine.Agents.", StringComparison.Ordinal)
                && !name.StartsWith("Cairn.Engine.Capture.", StringComparison.Ordinal)));

    [Fact]
    public void Storage_uses_only_core_and_the_ports_of_features() =>
        None(Violations(
            Engine,
            from: name => name.StartsWith("Cairn.Engine.Storage.", StringComparison.Ordinal),
            to: name => name.StartsWith("Cairn.Engine.Agents.", StringComparison.Ordinal) || name.StartsWith("Cairn.Engine.Observe.Rules.", StringComparison.Ordinal)));

    [Fact]
    public void The_doors_do_not_use_each_other()
    {
        string[] doors = ["Http", "Mcp", "Stream", "Viewer"];
        Assert.All(doors, door => None(Violations(
            Daemon,
            from: name => name.StartsWith($"Cairn.Daemon.{door}.", StringComparison.Ordinal),
            to: name => doors.Any(other => other != door && name.StartsWith($"Cairn.Daemon.{other}.", StringComparison.Ordinal)))));
    }

    [Fact]
    public void The_hook_client_touches_no_command_line_library_and_no_http_client() =>
        None(Violations(
            Cli,
            from: name => name.StartsWith("Cairn.Cli.Hooks.", StringComparison.Ordinal),
            to: name => name.StartsWith("System.CommandLine", StringComparison.Ordinal)
                || name.StartsWith("System.Net.Http", StringComparison.Ordinal)
                || name is "System.Console" or "Spectre.Console"));

    [Fact]
    public void Services_are_looked_up_only_where_requests_and_the_host_begin() =>
        None(new[] { Core, Engine, Cli }.SelectMany(assembly => Violations(assembly, _ => true, name => name == "System.IServiceProvider")));

    [Fact]
    public void Concrete_types_are_sealed() =>
        None(new[] { Core, Engine, Daemon, Cli }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false })
            .Where(type => type.Namespace?.StartsWith("Cairn.", StringComparison.Ordinal) == true)
            .Where(type => !type.Name.StartsWith('<'))
            .Select(type => type.FullName));

    // Jobs, Storage and Text are rooms, not features: everything may enqueue, only Storage may store, words are words.
    private static bool Feature(string name) =>
        name.StartsWith("Cairn.Engine.", StringComparison.Ordinal) && FolderOf(name) is not ("" or "Jobs" or "Storage" or "Text" or "Models" or "Agents");

    private static string FolderOf(string name) => name.Split('.') is [_, _, var folder, _, ..] ? folder : "";

    private static void None(IEnumerable<string?> violations) =>
        Assert.True(!violations.Any(), string.Join('\n', violations));

    private static void OnlyIn(Assembly assembly, string home, string used) =>
        None(Violations(assembly, from: name => !name.StartsWith(home, StringComparison.Ordinal), to: name => name.StartsWith(used, StringComparison.Ordinal)));

    private static IEnumerable<string> Violations(Assembly assembly, Func<string, bool> from, Func<string, bool> to) =>
        from type in TypeReferences.UsedBy(assembly)
        where @from(type.Key)
        from used in type.Value
        where to(used)
        select $"{type.Key} uses {used}";
}
