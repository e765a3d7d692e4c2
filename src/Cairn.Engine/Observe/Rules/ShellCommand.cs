using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Reads a shell command line as far as telling its parts apart needs; nothing is run or expanded.</summary>
internal static partial class ShellCommand
{
    /// <summary>The commands that a line joins with <c>&amp;&amp;</c>, <c>||</c>, <c>;</c>, pipes and line ends, here-documents left out.</summary>
    public static List<string> Parts(string command)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var quote = '\0';
        var line = WithoutHereDocuments(command);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\0' && (c is '&' or ';' or '|' or '\n') && !IsRedirection(line, i))
            {
                Flush();
                continue;
            }

            quote = quote == '\0' ? (c is '"' or '\'' ? c : '\0') : (c == quote ? '\0' : quote);
            part.Append(c);
        }

        Flush();
        return parts;

        void Flush()
        {
            if (part.ToString().Trim() is { Length: > 0 } trimmed)
            {
                parts.Add(trimmed);
            }

            part.Clear();
        }
    }

    /// <summary>
    /// What makes two runs the same check: the test or build command of the line, else its first command that can fail
    /// for a reason; without redirections and verbosity. Null when the line only looks around.
    /// </summary>
    public static string? CheckOf(string command)
    {
        var parts = Parts(command).ConvertAll(WithoutNoise);
        var check = parts.Find(part => IsTest(part)) ?? parts.Find(part => IsBuild(part))
            ?? parts.Find(part => !ObserverRules.LookingCommands.Contains(Program(part)));
        return check is { Length: > 0 and <= 200 } ? check : null;
    }

    /// <summary>The words that name a check without its arguments, e.g. <c>npm test</c>, <c>go test</c>, <c>mise run lint</c>.</summary>
    public static string Label(string check)
    {
        var words = check.Split(' ').Take(3).ToList();
        var named = words.TakeWhile((word, i) => i == 0 || SubCommand.IsMatch(word)).ToList();
        return named is [var only] && only.Contains('/', StringComparison.Ordinal) ? only[(only.LastIndexOf('/') + 1)..] : string.Join(' ', named);
    }

    /// <summary>True for a command that runs tests.</summary>
    public static bool IsTest(string command) => ObserverRules.TestCommand.IsMatch(command);

    /// <summary>True for a command that compiles or lints.</summary>
    public static bool IsBuild(string command) => ObserverRules.BuildCommand.IsMatch(command);

    /// <summary>True when the line's own exit code hides that of the check: a pipe, or a command after it that runs anyway.</summary>
    public static bool HidesExitCode(string command) => HidingTail.IsMatch(WithoutHereDocuments(command));

    /// <summary>The body of the first here-document; null when there is none.</summary>
    public static string? HereDocument(string command)
    {
        var start = HereDocumentStart.Match(command);
        if (!start.Success)
        {
            return null;
        }

        var word = start.Groups[1].Value;
        var newline = command.IndexOf('\n', start.Index);
        if (newline < 0)
        {
            return null;
        }

        var body = command[(newline + 1)..].Split('\n').TakeWhile(line => line.Trim() != word);
        return string.Join('\n', body).Trim();
    }

    /// <summary>The values of an option that may be given more than once, quotes taken off, e.g. those of <c>-m</c>.</summary>
    public static List<string> OptionValues(string command, Regex option)
    {
        var values = new List<string>();
        for (var match = option.Match(command); match.Success; match = option.Match(command, match.Index + match.Length))
        {
            if (Quoted(command, match.Index + match.Length) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private static string WithoutHereDocuments(string command)
    {
        if (!command.Contains("<<", StringComparison.Ordinal))
        {
            return command;
        }

        var kept = new StringBuilder();
        string? until = null;
        foreach (var line in command.Split('\n'))
        {
            if (until is not null)
            {
                until = line.Trim() == until ? null : until;
                continue;
            }

            kept.Append(line).Append('\n');
            until = HereDocumentStart.Match(line) is { Success: true } start ? start.Groups[1].Value : null;
        }

        return kept.ToString();
    }

    private static string WithoutNoise(string part) =>
        Spaces.Replace(Verbosity.Replace(Redirection.Replace(Assignment.Replace(part, ""), " "), " "), " ").Trim();

    private static string Program(string part)
    {
        var end = part.IndexOf(' ', StringComparison.Ordinal);
        var name = end < 0 ? part : part[..end];
        return name[(name.LastIndexOf('/') + 1)..];
    }

    // The & of "2>&1" and "&>file" joins nothing.
    private static bool IsRedirection(string line, int at) =>
        line[at] == '&' && ((at > 0 && line[at - 1] == '>') || (at + 1 < line.Length && line[at + 1] == '>'));

    private static string? Quoted(string command, int start)
    {
        if (start >= command.Length)
        {
            return null;
        }

        var quote = command[start];
        if (quote is not ('"' or '\''))
        {
            var end = command.AsSpan(start).IndexOfAny(" \n;&|");
            return end < 0 ? command[start..] : command.Substring(start, end);
        }

        var value = new StringBuilder();
        for (var i = start + 1; i < command.Length && command[i] != quote; i++)
        {
            i += quote == '"' && command[i] == '\\' && i + 1 < command.Length ? 1 : 0;
            value.Append(command[i]);
        }

        return value.ToString();
    }

    [GeneratedRegex(@"<<-?\s*['""\\]?([A-Za-z_]\w*)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex HereDocumentStart { get; }

    [GeneratedRegex(@"\d*&?>>?\s*(?:&\d|[^\s]+)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Redirection { get; }

    [GeneratedRegex(@"\s(?:-v|--verbose|-count=\d+|--silent|--color(?:=\w+)?|--no-color|--nologo|-q)\b", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Verbosity { get; }

    [GeneratedRegex(@"^(?:(?:[A-Z_][A-Z0-9_]*=\S*|time|env|sudo)\s+)+", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Assignment { get; }

    [GeneratedRegex(@"^[a-z][a-z:-]*$", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex SubCommand { get; }

    [GeneratedRegex(@"\s+", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Spaces { get; }

    [GeneratedRegex(@"[^|]\|[^|]|\|\||;\s*\S|\n\s*\S", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex HidingTail { get; }
}
