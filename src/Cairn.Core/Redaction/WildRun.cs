using System.Buffers;

namespace Cairn.Core.Redaction;

/// <summary>
/// Finds long runs of letters and digits that look drawn at random: keys of issuers that nobody has a pattern for. Hashes in
/// hexadecimal, UUIDs, checksums of lock files, identifiers, paths and embedded files are left readable.
/// </summary>
internal static class WildRun
{
    private const int Least = 32;

    // Longer ones are files that were written as text: images, fonts, signatures.
    private const int Most = 128;
    private const int LeastDigits = 3;
    private const double LeastEntropy = 4.0;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-");

    // Ids of models' messages and calls: they stand all over transcripts, and open nothing.
    private static readonly string[] Ids = ["toolu_", "msg_", "req_", "call_", "resp_", "chatcmpl-", "ses_", "prt_"];

    private static readonly string[] Checksums = ["sha1-", "sha224-", "sha256-", "sha384-", "sha512-", "md5-"];

    /// <summary>The first run at or after <paramref name="from"/>; looks at one character of thirty-two where there are none.</summary>
    public static Finding Find(ReadOnlySpan<char> text, int from)
    {
        var start = from;
        while (start + Least <= text.Length)
        {
            var broken = text.Slice(start, Least).LastIndexOfAnyExcept(Characters);
            if (broken >= 0)
            {
                start += broken + 1;
                continue;
            }

            // A run that began before belongs to what was looked at before.
            var rest = text[start..];
            var length = rest.IndexOfAnyExcept(Characters) is var end and >= 0 ? end : rest.Length;
            if (IsSecret(text, start, length))
            {
                var padding = rest[length..].IndexOfAnyExcept('=') is var close and >= 0 ? close : rest.Length - length;
                return new(start, start + length + Math.Min(2, padding));
            }

            start += length + 1;
        }

        return default;
    }

    private static bool IsSecret(ReadOnlySpan<char> text, int start, int length)
    {
        var run = text.Slice(start, length);
        return length <= Most
            && !IsHarmless(text, start, run)
            && run.ContainsAnyInRange('A', 'Z') && run.ContainsAnyInRange('a', 'z')
            && IsDrawn(run);
    }

    // "sha512-…" of a package lock, "h1:…" of a Go checksum, "data:…;base64,…" of an embedded file.
    private static bool IsHarmless(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> run)
    {
        var before = text[Math.Max(0, start - 8)..start];
        if (before.EndsWith("h1:", StringComparison.Ordinal) || before.EndsWith("base64,", StringComparison.Ordinal)
            || before.EndsWith("SHA256:", StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var checksum in Checksums)
        {
            if (run.StartsWith(checksum, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var id in Ids)
        {
            if (run[..Math.Min(12, run.Length)].Contains(id, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // Words keep to one kind of letter for a while; what was drawn changes at every other place, and has no favourites.
    private static bool IsDrawn(ReadOnlySpan<char> run)
    {
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        var (digits, signs, changes) = (0, 0, 0);
        for (var i = 0; i < run.Length; i++)
        {
            counts[run[i]]++;
            digits += char.IsAsciiDigit(run[i]) ? 1 : 0;
            signs += char.IsAsciiLetterOrDigit(run[i]) ? 0 : 1;
            changes += i > 0 && KindOf(run[i]) != KindOf(run[i - 1]) ? 1 : 0;
        }

        return digits >= LeastDigits && signs * 8 <= run.Length && changes * 100 >= (run.Length - 1) * 45
            && EntropyOf(counts, run.Length) >= LeastEntropy;
    }

    private static double EntropyOf(ReadOnlySpan<int> counts, int length)
    {
        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / length;
                bits -= share * Math.Log2(share);
            }
        }

        return bits;
    }

    private static int KindOf(char c) => char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiLetterLower(c) ? 2 : 3;
}
