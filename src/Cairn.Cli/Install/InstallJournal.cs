using System.Text.Json;
using Cairn.Core.Files;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Install;

/// <summary>
/// The manifest in use. A change is written here before it is made, so that an installation that was interrupted
/// anywhere can be finished or reversed.
/// </summary>
internal sealed class InstallJournal
{
    private readonly InstallSite _site;
    private readonly List<InstallRecord> _records;

    private InstallJournal(InstallSite site, IReadOnlyList<InstallRecord> records) => (_site, _records) = (site, [.. records]);

    /// <summary>Every change that stands, oldest first.</summary>
    public IReadOnlyList<InstallRecord> Records => _records;

    /// <summary>Reads the manifest; without one there are no records.</summary>
    /// <exception cref="InstallRefusedException">It is broken, or a newer version's.</exception>
    public static InstallJournal Read(InstallSite site)
    {
        var file = site.Paths.ManifestFile;
        try
        {
            var manifest = File.Exists(file)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(file), InstallManifestJson.Default.InstallManifest)
                : null;
            return manifest is { Format: > InstallManifest.CurrentFormat }
                ? throw new InstallRefusedException($"{file} was written by a newer version of Cairn; use that version, or move the file away.")
                : new(site, manifest?.Records ?? []);
        }
        catch (JsonException)
        {
            throw new InstallRefusedException(
                $"{file} is damaged, so what was installed is not known. Move it away and run the command again; "
                + "'cairn install' then puts everything in its place again and 'cairn uninstall' takes it out.");
        }
    }

    /// <summary>The record of that change; null when it was never made or is reversed.</summary>
    public InstallRecord? Find(string kind, string path) => _records.FirstOrDefault(record => record.Concerns(kind, path));

    /// <summary>
    /// Notes that the change is about to be made. What an earlier record knows of the original stays: the original is
    /// what stood there before the first installation.
    /// </summary>
    public InstallRecord Begin(string kind, string path, string? agent = null, Func<OriginalFile>? original = null, AgentRegistration? registration = null)
    {
        var known = Find(kind, path);
        var record = new InstallRecord
        {
            Kind = kind,
            Agent = agent,
            Path = path,
            Done = false,
            StartedAtMs = _site.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            Version = _site.Version,
            Original = known?.Original ?? original?.Invoke(),
            Registration = registration,
        };
        Replace(record);
        return record;
    }

    /// <summary>Notes what is known by now about a change that is being made.</summary>
    public void Replace(InstallRecord record)
    {
        var index = _records.FindIndex(other => other.Concerns(record.Kind, record.Path));
        if (index < 0)
        {
            _records.Add(record);
        }
        else
        {
            _records[index] = record;
        }

        Save();
    }

    /// <summary>Notes that the change is made.</summary>
    public void Complete(InstallRecord record) => Replace(record with { Done = true });

    /// <summary>Forgets a change that is reversed; the manifest goes with the last one.</summary>
    public void Forget(InstallRecord record)
    {
        _records.RemoveAll(other => other.Concerns(record.Kind, record.Path));
        Save();
    }

    private void Save()
    {
        if (_records.Count == 0)
        {
            File.Delete(_site.Paths.ManifestFile);
            return;
        }

        CairnHome.Create(_site.Paths);
        SafeFile.WriteAtomically(
            _site.Paths.ManifestFile,
            JsonSerializer.SerializeToUtf8Bytes(
                new InstallManifest { Format = InstallManifest.CurrentFormat, Records = _records },
                InstallManifestJson.Default.InstallManifest),
            SafeFile.OwnerOnlyFile);
    }
}
