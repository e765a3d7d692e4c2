using System.Collections.Concurrent;
using Cairn.Core.Projects;

namespace Cairn.Engine.Capture;

/// <summary>Knows which project a working directory belongs to; reads the disk once in a while, not for every event.</summary>
public sealed class ProjectDirectory(TimeProvider time)
{
    // A directory can become a repository, or its branch change, while a session runs.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);
    private const int MostRemembered = 1_000;

    private readonly ProjectResolver _resolver = new();
    private readonly ConcurrentDictionary<string, (ProjectIdentity Project, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>The project of <paramref name="cwd"/>; never fails: a directory that cannot be read is a project of its own.</summary>
    public ProjectIdentity Resolve(string cwd)
    {
        if (_known.TryGetValue(cwd, out var known) && time.GetElapsedTime(known.At) < Remembered)
        {
            return known.Project;
        }

        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        var project = _resolver.Resolve(cwd);
        _known[cwd] = (project, time.GetTimestamp());
        return project;
    }
}
