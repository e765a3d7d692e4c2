namespace Cairn.Core.Files;

/// <summary>Writes files so that nobody ever sees half of one, and keeps private what is.</summary>
public static class SafeFile
{
    /// <summary>Rights of a folder that is nobody else's business: 0700.</summary>
    public const UnixFileMode OwnerOnlyDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Rights of a file that is nobody else's business: 0600.</summary>
    public const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Writes a file whole or not at all: into a temporary file beside it, flushed to disk and renamed over it. Where the path is
    /// a symbolic link, the file that it leads to is replaced and the link stays. A file that is there keeps its mode; a
    /// temporary file never has more rights than the file will have.
    /// </summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="bytes">All of its contents.</param>
    /// <param name="mode">Rights of a file that is not there yet, exactly (the process's mask is not applied); nothing on Windows.</param>
    /// <exception cref="IOException">The disk is full, links run in a circle, the path is a folder; nothing is changed then.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; nothing is changed then.</exception>
    public static void WriteAtomically(string path, ReadOnlySpan<byte> bytes, UnixFileMode mode)
    {
        var full = Path.GetFullPath(path);
        var file = new FileInfo(full);
        var target = file.LinkTarget is null ? full : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var temporary = Path.Join(Path.GetDirectoryName(target), $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            Write(temporary, bytes, target, mode);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes a folder that only its owner can look into, or takes the rights of others away from one that is there.</summary>
    /// <exception cref="IOException">There is a file of that name.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made, or belongs to somebody else.</exception>
    public static void EnsurePrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // Below a user's profile the inherited rights are already those of the owner alone.
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnlyDirectory);
        if (File.GetUnixFileMode(path) != OwnerOnlyDirectory)
        {
            File.SetUnixFileMode(path, OwnerOnlyDirectory);
        }
    }

    /// <summary>Opens a file for reading and writing that, where it has to be made, only its owner can read (0600).</summary>
    /// <exception cref="IOException">Another program holds it in a way that <paramref name="share"/> does not allow.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened or made.</exception>
    public static FileStream OpenPrivate(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile;
        }

        return new FileStream(path, options);
    }

    private static void Write(string temporary, ReadOnlySpan<byte> bytes, string target, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            mode = File.Exists(target) ? File.GetUnixFileMode(target) : mode;
            options.UnixCreateMode = mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var stream = new FileStream(temporary, options);
        stream.Write(bytes);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
        }

        stream.Flush(flushToDisk: true);
    }
}
