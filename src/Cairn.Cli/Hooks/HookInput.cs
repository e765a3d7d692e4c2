using Microsoft.Win32.SafeHandles;

namespace Cairn.Cli.Hooks;

/// <summary>What an agent wrote to the hook.</summary>
internal static class HookInput
{
    /// <summary>The largest payload that is taken, in bytes.</summary>
    public const int Limit = 64 * 1024 * 1024;

    /// <summary>Reads standard input to its end; null when it is longer than <see cref="Limit"/>.</summary>
    public static ReadOnlyMemory<byte>? Read()
    {
        // The handle itself: the console library costs more than the rest of the hook together.
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (true)
        {
            var read = input.Read(buffer, length, buffer.Length - length);
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            length += read;
            if (length > Limit)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 4);
            }
        }
    }

    /// <summary>
    /// True when the payload is the start of a session, the one event whose answer is worth waiting for. Looks for the words
    /// without parsing: inside a text of the payload its quotes would be escaped, so they can't be met there.
    /// </summary>
    public static bool IsSessionStart(ReadOnlySpan<byte> payload)
    {
        var name = "\"hook_event_name\""u8;
        var at = payload.IndexOf(name);
        if (at < 0)
        {
            return false;
        }

        var rest = payload[(at + name.Length)..].TrimStart(" \t\r\n"u8);
        return rest.StartsWith(":"u8) && rest[1..].TrimStart(" \t\r\n"u8).StartsWith("\"SessionStart\""u8);
    }
}
