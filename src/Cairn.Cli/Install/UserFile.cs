using System.Security.Cryptography;
using Cairn.Core.Files;

namespace Cairn.Cli.Install;

/// <summary>A file of the user's as it stands on the disk at one moment.</summary>
/// <param name="Path">Where it is; it may be a symbolic link.</param>
/// <param name="Bytes">What it holds; null when there is none.</param>
/// <param name="LinkTarget">What it points to where it is a symbolic link, as the link says it.</param>
internal sealed record UserFile(string Path, byte[]? Bytes, string? LinkTarget)
{
    /// <summary>SHA-256 of what it holds in lowercase hex; null when there is none.</summary>
    public string? Sha256 => Bytes is null ? null : Hash(Bytes);

    /// <summary>Reads it.</summary>
    /// <exception cref="InstallRefusedException">It is there and cannot be read.</exception>
    public static UserFile Read(string path)
    {
        try
        {
            return new(path, File.Exists(path) ? File.ReadAllBytes(path) : null, new FileInfo(path).LinkTarget);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InstallRefusedException($"{path} cannot be read ({problem.Message}). Nothing was changed.");
        }
    }

    /// <summary>Makes the file hold <paramref name="content"/>, null for no file, keeping it the link that it was here.</summary>
    /// <returns>False when it did already.</returns>
    public bool Put(byte[]? content)
    {
        var now = Read(Path);
        if (now.LinkTarget == LinkTarget && IsSame(now.Bytes, content))
        {
            return false;
        }

        if (LinkTarget is not null && now.LinkTarget is null)
        {
            File.Delete(Path);
            File.CreateSymbolicLink(Path, LinkTarget);
        }

        if (content is null)
        {
            File.Delete(Path);
        }
        else
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            SafeFile.WriteAtomically(Path, content, SafeFile.OwnerOnlyFile);
        }

        return true;
    }

    /// <summary>Keeps a copy in <paramref name="directory"/> and says how to get the file back as it is here.</summary>
    public OriginalFile Keep(string directory, string name)
    {
        if (Bytes is null)
        {
            return new() { Existed = false, LinkTarget = LinkTarget };
        }

        var backup = System.IO.Path.Combine(directory, $"{name}-{Sha256![..12]}.json");
        SafeFile.EnsurePrivateDirectory(directory);
        SafeFile.WriteAtomically(backup, Bytes, SafeFile.OwnerOnlyFile);
        return new() { Existed = true, Sha256 = Sha256, Backup = backup, LinkTarget = LinkTarget };
    }

    /// <summary>The bytes that <see cref="Keep"/> kept; null when the copy is gone or is not what was kept.</summary>
    public static byte[]? Kept(OriginalFile original)
    {
        try
        {
            var bytes = original.Backup is null ? null : File.ReadAllBytes(original.Backup);
            return bytes is not null && Hash(bytes) == original.Sha256 ? bytes : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>SHA-256 in lowercase hex.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static bool IsSame(byte[]? left, byte[]? right) =>
        left is null || right is null ? left is null && right is null : left.AsSpan().SequenceEqual(right);
}
