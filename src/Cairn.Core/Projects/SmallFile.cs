using System.Text;

namespace Cairn.Core.Projects;

/// <summary>Reads the start of small text files in folders that may be anybody's.</summary>
internal static class SmallFile
{
    /// <summary>Most bytes that are read of one file.</summary>
    public const int Limit = 64 * 1024;

    /// <summary>The first <see cref="Limit"/> bytes as text; null when there is no such file, it is empty, a pipe or a device, or may not be read.</summary>
    public static string? Read(string path)
    {
        try
        {
            // Pipes and devices have no length. Opening a pipe would wait for a writer that never comes.
            var file = new FileInfo(path);
            if (file.LinkTarget is not null)
            {
                file = new FileInfo(file.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
            }

            if (!file.Exists || file.Length == 0)
            {
                return null;
            }

            var bytes = new byte[Math.Min(file.Length, Limit)];
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception fault) when (RealPath.IsFileFault(fault))
        {
            return null;
        }
    }
}
