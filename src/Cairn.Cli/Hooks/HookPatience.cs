using Cairn.Core.Configuration;
using Cairn.Core.Files;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Hooks;

/// <summary>
/// How long a hook waits. A daemon that listens and does not answer costs the agent <c>hook.timeout_ms</c> once, not at
/// every step: for half a minute after that, hooks wait a tenth of a second, and the first answer ends it.
/// </summary>
internal sealed class HookPatience(CairnPaths paths, SettingsReader settings, TimeProvider time)
{
    private const int ShortWaitMs = 100;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly bool _noted = File.Exists(paths.UnansweredFile);

    /// <summary>Milliseconds until this hook gives up.</summary>
    public int LimitMs => WasUnanswered ? Math.Min(ShortWaitMs, settings.Get(Settings.HookTimeout)) : settings.Get(Settings.HookTimeout);

    /// <summary>Milliseconds until this hook gives up waiting for the connection.</summary>
    public int ConnectLimitMs => Math.Min(LimitMs, settings.Get(Settings.HookConnectTimeout));

    private bool WasUnanswered => _noted && time.GetUtcNow() - File.GetLastWriteTimeUtc(paths.UnansweredFile) < Remembered;

    /// <summary>Notes that there was no answer in time.</summary>
    public void NoteSilence()
    {
        if (!WasUnanswered)
        {
            SafeFile.WriteAtomically(paths.UnansweredFile, [], SafeFile.OwnerOnlyFile);
        }
    }

    /// <summary>Notes that there was an answer.</summary>
    public void NoteAnswer()
    {
        if (_noted)
        {
            File.Delete(paths.UnansweredFile);
        }
    }
}
