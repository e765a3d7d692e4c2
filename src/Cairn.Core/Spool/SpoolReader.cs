using System.Globalization;
using System.Text.Json;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;

namespace Cairn.Core.Spool;

/// <summary>
/// Takes the events of the spool in their order. What is read stays until it is deleted: delete it once the event is stored,
/// put it into quarantine when it never will be. Reading one again is harmless: an event stored twice is one event.
/// </summary>
public sealed class SpoolReader(CairnPaths paths, Redactor redactor, TimeProvider time)
{
    // A writer is done within milliseconds; what is older was left by one that was killed in the middle.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(5);

    /// <summary>How many events wait.</summary>
    public int Count => SpoolFiles.All(paths).Count();

    /// <summary>How many events were lost because the spool was full, since it was made.</summary>
    public long Refused
    {
        get
        {
            var file = SpoolFiles.RefusedFile(paths);
            return File.Exists(file) && long.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        }
    }

    /// <summary>Names of the files that wait, the oldest event first.</summary>
    public IReadOnlyList<string> List() => [.. SpoolFiles.All(paths).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>Reads one. What is no event goes into quarantine with its reason and is gone from the list.</summary>
    /// <returns>Null when it was no event, or another process took it meanwhile.</returns>
    /// <exception cref="IOException">The disk does not let it be read; it stays.</exception>
    public SpoolEnvelope? Read(string name)
    {
        try
        {
            return SpoolEnvelope.Parse(File.ReadAllBytes(PathOf(name)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException problem)
        {
            Quarantine(name, $"A file of the spool could not be read: {problem.Message}");
            return null;
        }
    }

    /// <summary>Forgets one: its event is stored.</summary>
    public void Delete(string name) => File.Delete(PathOf(name));

    /// <summary>Takes one out of the way for good.</summary>
    /// <param name="name">One of <see cref="List"/>.</param>
    /// <param name="reason">Why its event can never be stored, without repeating it.</param>
    public void Quarantine(string name, string reason)
    {
        new QuarantineFolder(paths, redactor, time).Keep(File.ReadAllBytes(PathOf(name)), reason);
        Delete(name);
    }

    /// <summary>Takes back what writers left that were killed in the middle: a whole event joins the list, half of one goes into quarantine.</summary>
    public void Recover()
    {
        foreach (var file in Leftovers())
        {
            // ".<name>.json.<random>.tmp"
            var name = Path.GetFileName(file);
            var end = name.IndexOf(".json", StringComparison.Ordinal);
            if (Read(name) is not null && end > 0)
            {
                File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, name[1..end] + ".json"), overwrite: true);
            }
        }
    }

    private IEnumerable<string> Leftovers() =>
        SpoolFiles.Directories(paths).SelectMany(directory => Directory.GetFiles(directory, ".*.tmp")).Where(file => time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > Abandoned);

    private string PathOf(string name) =>
        SpoolFiles.Directories(paths).Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists)
        ?? Path.Combine(paths.SpoolDirectory, name);
}
