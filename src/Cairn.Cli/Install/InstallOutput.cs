namespace Cairn.Cli.Install;

/// <summary>Shows what an installation would change and what it did.</summary>
internal static class InstallOutput
{
    // A published build has hundreds of files; the rest is counted.
    private const int MostDetails = 60;

    /// <summary>Shows the changes that were not made.</summary>
    public static void ShowPlan(Output output, IReadOnlyList<PlannedChange> changes, InstallReport report)
    {
        if (output.IsJson)
        {
            output.Json(new InstallReply(true, changes, [], report.Warnings, [], null), InstallReplyJson.Default.InstallReply);
            return;
        }

        output.Line(changes.Count == 0 ? "Everything is as it should be; nothing would be changed." : "This would be changed; nothing was:");
        foreach (var change in changes)
        {
            output.Line($"  {output.Strong(change.What)}: {change.Path}");
            foreach (var line in change.Details.Take(MostDetails))
            {
                output.Line("      " + line);
            }

            if (change.Details.Count > MostDetails)
            {
                output.Line($"      … and {change.Details.Count - MostDetails} more");
            }
        }

        ShowWarnings(output, report);
    }

    /// <summary>Shows what is to be known at the end; what was done has been shown as it was done.</summary>
    /// <param name="output">Where.</param>
    /// <param name="report">What happened.</param>
    /// <param name="port">The port that the daemon bound; null where it was not started.</param>
    public static void ShowEnd(Output output, InstallReport report, int? port)
    {
        if (output.IsJson)
        {
            output.Json(new InstallReply(false, [], report.Done, report.Warnings, report.Failures, port), InstallReplyJson.Default.InstallReply);
            return;
        }

        ShowWarnings(output, report);
        foreach (var failure in report.Failures)
        {
            output.Line($"{output.Bad("✗")} {failure}");
        }
    }

    private static void ShowWarnings(Output output, InstallReport report)
    {
        foreach (var warning in report.Warnings)
        {
            output.Line($"{output.Warning("!")} {warning}");
        }
    }
}
