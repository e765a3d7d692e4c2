using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Core.Files;

/// <summary>What the system knows an open file by, beside its path.</summary>
/// <param name="Device">The disk that it lies on; 0 where the system does not tell.</param>
/// <param name="Inode">Its number there; 0 where the system does not tell.</param>
/// <param name="OwnerId">The user that owns it; null where the system does not tell.</param>
/// <param name="IsRegular">True for a file of bytes: no pipe, device or directory.</param>
public sealed partial record FileIdentity(long Device, long Inode, uint? OwnerId, bool IsRegular)
{
    private const int WithoutPath = 0x1000; // AT_EMPTY_PATH
    private const uint BasicFacts = 0x7ff;  // STATX_BASIC_STATS
    private const int TypeBits = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>True when the file belongs to the user of this process, or the system does not tell.</summary>
    public bool IsOurs => OwnerId is null || OwnerId == Hosting.CairnPaths.UserId;

    /// <summary>Asks about an open file. Only Linux tells owner and number; elsewhere a file that can be opened counts as ours.</summary>
    public static FileIdentity Of(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!OperatingSystem.IsLinux())
        {
            return new(0, 0, null, IsRegular: true);
        }

        return Ask((int)file.DangerousGetHandle(), "", WithoutPath, BasicFacts, out var facts) == 0
            ? new(((long)facts.DeviceMajor << 32) | facts.DeviceMinor, (long)facts.Inode, facts.OwnerId, (facts.Mode & TypeBits) == RegularFile)
            : new(0, 0, null, IsRegular: false);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Ask(int directory, string path, int flags, uint mask, out Facts facts);

    // The kernel's struct statx: the same on every processor.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Facts
    {
        [FieldOffset(20)]
        public uint OwnerId;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
