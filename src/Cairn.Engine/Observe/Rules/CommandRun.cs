using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>One run of a command that can fail for a reason.</summary>
internal sealed record CommandRun
{
    /// <summary>What makes two runs the same check; see <see cref="ShellCommand.CheckOf"/>.</summary>
    public required string Check { get; init; }

    /// <summary>True when it succeeded, as far as its exit code or else its output tells.</summary>
    public required bool Passed { get; init; }

    /// <summary>True when it ran tests.</summary>
    public required bool IsTest { get; init; }

    /// <summary>The line that says what was wrong; empty when it passed.</summary>
    public required string Error { get; init; }

    /// <summary>Names of tests that failed; empty when it passed.</summary>
    public required IReadOnlyList<string> FailedTests { get; init; }

    /// <summary>The event that it rests on; a later one has a larger id.</summary>
    public required long EventId { get; init; }

    /// <summary>Reads a finished shell call; null when it checks nothing or a person refused it.</summary>
    public static CommandRun? From(string command, SessionEvent call, ProjectPaths paths)
    {
        var output = call.Tool!.Output;
        if (ShellCommand.CheckOf(command) is not { } check || ObserverRules.RefusedCall.IsMatch(output))
        {
            return null;
        }

        var isTest = ShellCommand.IsTest(check);
        var failed = call.Kind == EventKind.ToolFailure || call.Tool.Failed
            || ((isTest || ShellCommand.IsBuild(check)) && ShellCommand.HidesExitCode(command) && ErrorLine.Reports(output));
        return new CommandRun
        {
            Check = paths.Shorten(check),
            Passed = !failed,
            IsTest = isTest,
            Error = failed ? ErrorLine.From(output, paths) : "",
            FailedTests = failed && isTest ? ErrorLine.FailedTests(output) : [],
            EventId = call.Id,
        };
    }

    /// <summary>True when a pass of the other run shows that what failed here was mended: the same check, or a wider run of it.</summary>
    public bool IsCoveredBy(CommandRun other) =>
        other.Check == Check || (IsTest && other.IsTest && Check.StartsWith(other.Check + " ", StringComparison.Ordinal));
}

/// <summary>A check that failed before an edit and passed after it.</summary>
/// <param name="Failed">The failing run.</param>
/// <param name="Passed">The first passing run after the edit.</param>
/// <param name="BeforeEdits">True when it failed before anything was edited: it is what the work was for, not a slip on the way.</param>
internal sealed record Repair(CommandRun Failed, CommandRun Passed, bool BeforeEdits)
{
    /// <summary>The repairs in a stretch of work, those that the work was for first, tests first; a check that failed again afterwards is none.</summary>
    public static List<Repair> Find(IReadOnlyList<TurnEvidence> turns)
    {
        var runs = turns.SelectMany(turn => turn.Runs).ToList();
        var edits = turns.SelectMany(turn => turn.Edits).ToList();
        var repairs = new List<Repair>();
        foreach (var turn in turns)
        {
            foreach (var failed in turn.Runs.Where(run => !run.Passed && !repairs.Exists(known => known.Failed.Check == run.Check)))
            {
                var edit = edits.Find(edit => edit.EventId > failed.EventId);
                var passed = edit is null ? null : runs.Find(run => run.Passed && run.EventId > edit.EventId && failed.IsCoveredBy(run));
                if (passed is not null && runs.FindLast(failed.IsCoveredBy) is { Passed: true })
                {
                    repairs.Add(new Repair(failed, passed, !turn.Edits.Any(earlier => earlier.EventId < failed.EventId)));
                }
            }
        }

        return [.. repairs.OrderByDescending(repair => repair.BeforeEdits).ThenByDescending(repair => repair.Failed.IsTest)];
    }
}
