using System.Globalization;
using System.Text;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;

namespace Cairn.Daemon.Hosting;

/// <summary>Keeps input that could not be understood, redacted, with the reason beside it; the oldest go when there are too many.</summary>
internal sealed partial class Quarantine(CairnPaths paths, Redactor redactor, TimeProvider time, ILogger<Quarantine> log)
{
    private const int MostKept = 500;
    private const int MostCharacters = 256 * 1024;

    private int _counter;

    /// <summary>How many inputs are kept.</summary>
    public int Count => Directory.Exists(paths.QuarantineDirectory) ? Directory.EnumerateFiles(paths.QuarantineDirectory, "*.input").Count() : 0;

    /// <summary>Keeps one input. A full or read-only disk only loses what was broken anyway.</summary>
    /// <param name="input">The bytes as they came.</param>
    /// <param name="reason">What is wrong with them.</param>
    public void Keep(ReadOnlySpan<byte> input, string reason)
    {
        LogQuarantined(input.Length, reason);
        try
        {
            PrivateFiles.MakeDirectory(paths.QuarantineDirectory);
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{time.GetUtcNow():yyyyMMdd-HHmmss-fff}-{Environment.ProcessId}-{Interlocked.Increment(ref _counter)}");
            var text = Encoding.UTF8.GetString(input[..Math.Min(input.Length, MostCharacters)]);
            var file = Path.Combine(paths.QuarantineDirectory, name);
            PrivateFiles.Write(file + ".input", Encoding.UTF8.GetBytes(redactor.Redact(text)));
            PrivateFiles.Write(file + ".reason", Encoding.UTF8.GetBytes(reason + "\n"));
            Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            LogNotKept(problem.GetType().Name);
        }
    }

    private void Trim()
    {
        foreach (var old in Directory.GetFiles(paths.QuarantineDirectory, "*.input").Order(StringComparer.Ordinal).SkipLast(MostKept))
        {
            File.Delete(old);
            File.Delete(Path.ChangeExtension(old, ".reason"));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Quarantined an input of {Bytes} bytes: {Reason}")]
    private partial void LogQuarantined(int bytes, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The quarantine could not be written ({Problem})")]
    private partial void LogNotKept(string problem);
}
