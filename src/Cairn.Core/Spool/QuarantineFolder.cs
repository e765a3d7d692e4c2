using System.Globalization;
using System.Text;
using Cairn.Core.Files;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;

namespace Cairn.Core.Spool;

/// <summary>Input that could not be understood: kept redacted, 0600, each with its reason beside it; the oldest go when there are too many.</summary>
public sealed class QuarantineFolder(CairnPaths paths, Redactor redactor, TimeProvider time)
{
    /// <summary>Most inputs that are kept.</summary>
    public const int MostKept = 500;

    private const int MostBytes = 256 * 1024;
    private const string Input = ".input";
    private const string Reason = ".reason";

    /// <summary>How many inputs are kept.</summary>
    public int Count => Inputs().Count();

    /// <summary>Each kept input's reason, the newest first.</summary>
    public IEnumerable<string> Reasons() => Inputs().OrderDescending(StringComparer.Ordinal).Select(ReasonOf);

    /// <summary>Keeps one input; of a long one the beginning.</summary>
    /// <param name="input">The bytes as they came.</param>
    /// <param name="reason">What is wrong with them, without repeating them.</param>
    /// <exception cref="IOException">It cannot be written; also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Keep(ReadOnlySpan<byte> input, string reason)
    {
        SafeFile.EnsurePrivateDirectory(paths.QuarantineDirectory);
        var text = redactor.Redact(Encoding.UTF8.GetString(input[..Math.Min(input.Length, MostBytes)]));
        var at = time.GetUtcNow();
        string file;
        do
        {
            file = Path.Combine(paths.QuarantineDirectory, string.Create(
                CultureInfo.InvariantCulture, $"{at:yyyyMMdd-HHmmss-fffffff}-{Environment.ProcessId}"));
            at += TimeSpan.FromTicks(1);
        }
        while (File.Exists(file + Input));

        SafeFile.WriteAtomically(file + Reason, Encoding.UTF8.GetBytes(reason + "\n"), SafeFile.OwnerOnlyFile);
        SafeFile.WriteAtomically(file + Input, Encoding.UTF8.GetBytes(text), SafeFile.OwnerOnlyFile);
        foreach (var old in Inputs().Order(StringComparer.Ordinal).SkipLast(MostKept).ToList())
        {
            File.Delete(old);
            File.Delete(Path.ChangeExtension(old, Reason));
        }
    }

    private IEnumerable<string> Inputs() =>
        Directory.Exists(paths.QuarantineDirectory) ? Directory.EnumerateFiles(paths.QuarantineDirectory, "*" + Input) : [];

    private static string ReasonOf(string input)
    {
        try
        {
            return File.ReadAllText(Path.ChangeExtension(input, Reason)).Trim();
        }
        catch (IOException)
        {
            return "for a reason that is not known any more";
        }
    }
}
