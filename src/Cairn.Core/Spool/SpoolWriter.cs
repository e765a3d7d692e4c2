using System.Globalization;
using System.Text.Json;
using Cairn.Core.Files;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;

namespace Cairn.Core.Spool;

/// <summary>What became of an event that went to the spool.</summary>
public enum SpoolOutcome
{
    /// <summary>It is on disk and waits for the daemon.</summary>
    Kept = 0,

    /// <summary>It is no JSON: it is in quarantine, with the reason.</summary>
    Quarantined,

    /// <summary>The spool is full: it was counted and is lost.</summary>
    Refused,
}

/// <summary>
/// Keeps events that could not be delivered until the daemon takes them in: one file each, redacted before anything is
/// written, brought to the disk before it has its name, 0600. Many processes may write at once.
/// </summary>
public sealed class SpoolWriter(CairnPaths paths, Redactor redactor, TimeProvider time)
{
    /// <summary>Most bytes of all files together.</summary>
    public const long MostBytes = 64 * 1024 * 1024;

    /// <summary>Most files.</summary>
    public const int MostFiles = 20_000;

    // As deep as the daemon reads a payload; what is deeper than the redactor copies is cut there and marked.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 512, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Keeps one event.</summary>
    /// <param name="agent">Name of the agent that it came from.</param>
    /// <param name="payload">The agent's payload as it came.</param>
    /// <param name="environment">The session's variables that belong to it.</param>
    /// <param name="observedAt">When the hook ran, UTC.</param>
    /// <exception cref="IOException">It cannot be written; also <see cref="UnauthorizedAccessException"/>.</exception>
    public SpoolOutcome Append(
        string agent, ReadOnlySpan<byte> payload, IReadOnlyDictionary<string, string> environment, DateTimeOffset observedAt)
    {
        if (Redact(payload, out var problem) is not { } redacted)
        {
            CairnHome.Create(paths);
            new QuarantineFolder(paths, redactor, time).Keep(payload, $"{agent} sent what is no JSON: {problem}");
            return SpoolOutcome.Quarantined;
        }

        var text = new SpoolEnvelope
        {
            Agent = agent,
            ObservedAtMs = observedAt.ToUnixTimeMilliseconds(),
            Environment = environment,
            Payload = redacted,
        }.ToUtf8();

        try
        {
            CairnHome.Create(paths);
            SafeFile.EnsurePrivateDirectory(paths.SpoolDirectory);
            return Keep(paths.SpoolDirectory, text, observedAt);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // The disk is full or may not be written to: another one may.
            SpoolFiles.MakeSpare(paths);
            return Keep(paths.SpareSpoolDirectory, text, observedAt);
        }
    }

    private SpoolOutcome Keep(string directory, ReadOnlySpan<byte> text, DateTimeOffset observedAt)
    {
        if (IsFull(text.Length))
        {
            CountRefusal();
            return SpoolOutcome.Refused;
        }

        Write(directory, text, observedAt);
        return SpoolOutcome.Kept;
    }

    private byte[]? Redact(ReadOnlySpan<byte> payload, out string problem)
    {
        using var buffer = new MemoryStream(payload.Length);
        try
        {
            var reader = new Utf8JsonReader(payload.StartsWith("\uFEFF"u8) ? payload[3..] : payload, Deep);
            using (var writer = new Utf8JsonWriter(buffer))
            {
                redactor.RedactJson(ref reader, writer);
            }

            if (!reader.Read())
            {
                problem = "";
                return buffer.ToArray();
            }

            problem = "Something follows the first value.";
        }
        catch (JsonException wrong)
        {
            // The words of the exception may repeat the payload's; the place is enough.
            problem = string.Create(CultureInfo.InvariantCulture, $"line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine}.");
        }

        return null;
    }

    private bool IsFull(int adding)
    {
        var (files, bytes) = (0, (long)adding);
        foreach (var file in SpoolFiles.All(paths))
        {
            files++;
            bytes += SpoolFiles.SizeIn(file);
        }

        return files >= MostFiles || bytes > MostBytes;
    }

    private static void Write(string directory, ReadOnlySpan<byte> text, DateTimeOffset at)
    {
        var name = SpoolFiles.NameOf(at, Environment.ProcessId, text.Length);
        while (File.Exists(Path.Combine(directory, name)))
        {
            at += TimeSpan.FromTicks(1);
            name = SpoolFiles.NameOf(at, Environment.ProcessId, text.Length);
        }

        SafeFile.WriteAtomically(Path.Combine(directory, name), text, SafeFile.OwnerOnlyFile);
    }

    private void CountRefusal()
    {
        var file = SpoolFiles.RefusedFile(paths);
        _ = long.TryParse(File.Exists(file) ? File.ReadAllText(file) : "", NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        SafeFile.WriteAtomically(file, System.Text.Encoding.ASCII.GetBytes((count + 1).ToString(CultureInfo.InvariantCulture)), SafeFile.OwnerOnlyFile);
    }
}
