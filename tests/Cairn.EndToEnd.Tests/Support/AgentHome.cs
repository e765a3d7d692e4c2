namespace Cairn.EndToEnd.Tests.Support;

/// <summary>A fresh home directory of somebody who uses Claude Code, with a place for projects; gone afterwards.</summary>
internal sealed class AgentHome : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("e2e-").FullName;

    /// <param name="name">Name of the home directory; people have spaces and letters of their own in it.</param>
    public AgentHome(string name = "dev")
    {
        Path = System.IO.Path.Combine(_root, name);
        Directory.CreateDirectory(ClaudeFolder);
    }

    /// <summary>The home directory.</summary>
    public string Path { get; }

    /// <summary>Claude Code's own directory in it.</summary>
    public string ClaudeFolder => System.IO.Path.Combine(Path, ".claude");

    /// <summary>Claude Code's settings of the user.</summary>
    public string SettingsFile => System.IO.Path.Combine(ClaudeFolder, "settings.json");

    /// <summary>Cairn's data directory.</summary>
    public string CairnFolder => System.IO.Path.Combine(Path, ".cairn");

    /// <summary>Makes a project directory that is a git repository with the given files committed.</summary>
    public async Task<string> ProjectAsync(string name, CancellationToken ct, params IReadOnlyList<(string Name, string Content)> files)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
        await ProcessRun.SucceedAsync("git", ["init", "--quiet", "--initial-branch", "main"], folder, ct);
        foreach (var (file, content) in files)
        {
            await File.WriteAllTextAsync(System.IO.Path.Combine(folder, file), content, ct);
        }

        await ProcessRun.SucceedAsync("git", ["add", "--all"], folder, ct);
        await ProcessRun.SucceedAsync("git", ["commit", "--quiet", "--allow-empty", "--message", "Begin"], folder, ct);
        return folder;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // A process that is just ending may still write its last file; what is left is in the temporary directory.
        }
    }
}
