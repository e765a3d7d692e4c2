using System.Security.Cryptography;
using Cairn.Core.Files;
using Cairn.Core.Projects;

namespace Cairn.Engine.Capture.Transcripts;

/// <summary>A transcript that may be read, open: a regular file of this user, really below one of the agent's directories.</summary>
internal sealed class TranscriptFile : IDisposable
{
    private const int HeadBytes = 4096;
    private const int TailBytes = 512;

    private TranscriptFile(string path, FileStream stream, FileIdentity identity, DateTimeOffset modifiedAt) =>
        (Path, Stream, Identity, Length, ModifiedAt) = (path, stream, identity, stream.Length, modifiedAt);

    /// <summary>Its real path.</summary>
    public string Path { get; }

    /// <summary>Its bytes.</summary>
    public FileStream Stream { get; }

    /// <summary>What the system knows it by.</summary>
    public FileIdentity Identity { get; }

    /// <summary>Bytes when it was opened.</summary>
    public long Length { get; }

    /// <summary>When it was last written to, UTC.</summary>
    public DateTimeOffset ModifiedAt { get; }

    /// <summary>Opens a file for reading beside the agent that may be writing it.</summary>
    /// <param name="path">The path as the agent or the search says it.</param>
    /// <param name="roots">The directories below which it must really lie.</param>
    /// <param name="refusal">Why it was not opened: stable words fit for a log; empty when it was.</param>
    /// <returns>Null when it may not be read, or is not there.</returns>
    public static TranscriptFile? Open(string path, IReadOnlyList<string> roots, out string refusal)
    {
        refusal = "not-found";
        try
        {
            var real = RealPath.Of(path);
            var info = new FileInfo(real);
            if (!System.IO.Path.IsPathFullyQualified(path) || !roots.Any(root => IsBelow(real, RealPath.Of(root))))
            {
                refusal = "outside-the-agents-directories";
                return null;
            }

            // Asked before it is opened: opening a pipe waits for a writer. Pipes and devices have no length.
            if (!info.Exists || info.LinkTarget is not null || (info.Attributes & (FileAttributes.Directory | FileAttributes.Device)) != 0 || info.Length == 0)
            {
                refusal = info.Exists ? "empty-or-no-regular-file" : "not-found";
                return null;
            }

            var stream = new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var identity = FileIdentity.Of(stream.SafeFileHandle);
            if (identity is { IsRegular: true, IsOurs: true })
            {
                refusal = "";
                return new TranscriptFile(real, stream, identity, new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero));
            }

            stream.Dispose();
            refusal = identity.IsRegular ? "another-users-file" : "no-regular-file";
        }
        catch (Exception problem) when (RealPath.IsFileFault(problem))
        {
            refusal = problem.GetType().Name;
        }

        return null;
    }

    /// <summary>A hash of the file's head and of what stands before <paramref name="offset"/>: it stays the same while the file only grows.</summary>
    public string CheckHash(int headBytes, long offset)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, 0, headBytes);
        var tail = (int)Math.Min(TailBytes, offset);
        Append(hash, offset - tail, tail);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    /// <summary>How much of the head <see cref="CheckHash"/> can cover when so much was read.</summary>
    public static int HeadOf(long offset) => (int)Math.Min(HeadBytes, offset);

    public void Dispose() => Stream.Dispose();

    private void Append(IncrementalHash hash, long from, int length)
    {
        Span<byte> bytes = stackalloc byte[HeadBytes];
        var read = RandomAccess.Read(Stream.SafeFileHandle, bytes[..length], from);
        hash.AppendData(bytes[..read]);
    }

    private static bool IsBelow(string path, string directory) =>
        path.StartsWith(directory.TrimEnd(System.IO.Path.DirectorySeparatorChar) + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
