using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Finds the line of a failing command's output that says what was wrong.</summary>
internal static partial class ErrorLine
{
    /// <summary>One line of at most <see cref="ObserverRules.ErrorLength"/> text elements; empty when the output says nothing.</summary>
    public static string From(string output, ProjectPaths paths)
    {
        var lines = Lines(output);
        var found = Comparison(lines) ?? FirstTelling(lines) ?? "";
        return TitleText.Cut(paths.Shorten(Clean(found)), ObserverRules.ErrorLength);
    }

    /// <summary>Names of the tests that the output says failed, at most three.</summary>
    public static List<string> FailedTests(string output) =>
        [.. Lines(output).Select(line => FailedTest.Match(line)).Where(match => match.Success)
            .Select(match => Duration.Replace(match.Groups[1].Value, "").Trim()).Where(name => name.Length is > 2 and < 120).Distinct().Take(3)];

    /// <summary>True when text printed by a check reports a failure; asked only where the exit code is hidden.</summary>
    public static bool Reports(string output) => Failure.IsMatch(output.Length > ObserverRules.OutputLimit ? output[^ObserverRules.OutputLimit..] : output);

    private static List<string> Lines(string output)
    {
        var capped = output.Length > ObserverRules.OutputLimit ? output[..ObserverRules.OutputLimit] : output;
        return [.. Colour.Replace(capped, "").Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 1 && !ExitCode.IsMatch(line) && !Rule.IsMatch(line))];
    }

    // "Expected: 90" and "Received: 100" on lines of their own, as most assertion libraries print them.
    private static string? Comparison(List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (Expected.Match(lines[i]) is { Success: true } expected)
            {
                var actual = lines.Skip(i + 1).Take(3).Select(line => Actual.Match(line)).FirstOrDefault(match => match.Success);
                if (actual is not null)
                {
                    return $"expected {expected.Groups[1].Value.Trim()} but got {actual.Groups[1].Value.Trim()}";
                }
            }
        }

        return null;
    }

    private static string? FirstTelling(List<string> lines)
    {
        foreach (var sign in ObserverRules.ErrorSigns)
        {
            var at = lines.FindIndex(sign.IsMatch);
            if (at >= 0)
            {
                var goesOn = lines[at].EndsWith(':') && at + 1 < lines.Count;
                return goesOn ? $"{lines[at]} {lines[at + 1]}" : lines[at];
            }
        }

        return null;
    }

    private static string Clean(string line) => Duration.Replace(Wrapping.Replace(line, ""), "").Trim();

    [GeneratedRegex(@"\x1B\[[0-9;]*[A-Za-z]", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Colour { get; }

    [GeneratedRegex(@"^(?:[=_─━~^*. -]+|# \S+(?: \[\S+\])?|\[[\w:-]+\] \$ .*)$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Rule { get; }

    [GeneratedRegex(@"^(?:Error: )?(?:Exit code|exit status) \d+$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex ExitCode { get; }

    [GeneratedRegex(@"^[-+|]?\s*(?:Expected|expected|want)(?: value)?:\s*(\S.*)$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Expected { get; }

    [GeneratedRegex(@"^[-+|]?\s*(?:Received|Actual|actual|But was|but was|Got|got)(?: value)?:\s*(\S.*)$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Actual { get; }

    [GeneratedRegex(@"^(?:E\s+|[✗✕×●>│|]+\s*|\[?error\]?\s+)?(?:(?:Uncaught )?(?:AssertionError|AssertionFailedError|Error)(?: \[[^\]]*\])?:\s*|(?:[\w./-]+\.\w{1,5}:\d+(?::\d+)?:\s*))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Wrapping { get; }

    [GeneratedRegex(@"\s*\(\d+(?:\.\d+)?\s?m?s\)|\s*\[\d+(?:\.\d+)?\s?m?s\]", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Duration { get; }

    [GeneratedRegex(@"^(?:--- FAIL: |FAILED |[✗✕×] |● |not ok \d+ - |test (?:\S+) \.\.\. FAILED|Failed )(\S.*)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex FailedTest { get; }

    [GeneratedRegex(@"(?m:^(?:--- FAIL|FAIL\b|FAILED\b|ERROR:|error\[|panic:|E\s{3}))|\b[1-9]\d* (?:failed|failing|errors?)\b|(?:Exit code|exit status) [1-9]|: error (?:CS|TS)\d+", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Failure { get; }
}
