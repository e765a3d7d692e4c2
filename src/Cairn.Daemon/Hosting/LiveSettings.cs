using Cairn.Core.Configuration;
using Cairn.Core.Hosting;

namespace Cairn.Daemon.Hosting;

/// <summary>The settings as the file says them now: an edit applies to the next request, with no restart.</summary>
internal sealed class LiveSettings(CairnPaths paths, TimeProvider time)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(250);
    private static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>();

    private readonly Lock _gate = new();
    private SettingsFile _file = SettingsFile.Empty;
    private SettingsReader _reader = SettingsReader.Defaults;
    private (DateTime WrittenAt, long Length) _stamp;
    private long _lookedAt = long.MinValue;

    /// <summary>The file as it is now.</summary>
    public SettingsFile File
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _file;
            }
        }
    }

    /// <summary>The settings of one session.</summary>
    /// <param name="environment">The variables that its client forwarded; empty for none.</param>
    public SettingsReader For(IReadOnlyDictionary<string, string> environment)
    {
        lock (_gate)
        {
            Refresh();
            return environment.Keys.All(IsNoSetting) ? _reader : _reader.For(environment);
        }
    }

    private static bool IsNoSetting(string variable) => ProcessEnvironment.AgentDirectories.Contains(variable);

    private void Refresh()
    {
        if (_lookedAt != long.MinValue && time.GetElapsedTime(_lookedAt) < LookAgainAfter)
        {
            return;
        }

        _lookedAt = time.GetTimestamp();
        var info = new FileInfo(paths.SettingsFile);
        var stamp = info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
        if (stamp != _stamp)
        {
            _stamp = stamp;
            _file = SettingsFile.Read(paths.SettingsFile);
            _reader = new SettingsReader(_file, NoEnvironment);
        }
    }
}
