using Cairn.Core.Files;
using Cairn.Core.Hosting;

namespace Cairn.Daemon.Hosting;

/// <summary>Held by the one daemon of a data directory; the system lets go of it when the process ends, however it ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; null when another daemon holds it.</summary>
    public static InstanceLock? TryTake(CairnPaths paths)
    {
        try
        {
            return new InstanceLock(SafeFile.OpenPrivate(paths.LockFile, FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException) when (File.Exists(paths.LockFile))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
