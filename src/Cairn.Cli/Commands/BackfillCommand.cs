using System.CommandLine;
using System.Globalization;
using Cairn.Cli.Connection;
using Cairn.Core;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn backfill</c></summary>
internal static class BackfillCommand
{
    private static readonly Argument<string?> Agent = new("agent")
    {
        Description = "One agent only: " + string.Join(", ", AgentSpec.WithTranscripts.Select(agent => agent.Name)) + ".",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Since = new("--since") { Description = "Only what happened since this day (yyyy-mm-dd), or in so many days (30d)." };

    private static readonly Option<string?> Project = new("--project", "-p") { Description = "Only sessions of this project: its name, or a directory." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what there is, and read nothing." };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    private static readonly Option<bool> Status = new("--status") { Description = "Show how far a backfill is." };

    private static readonly Option<bool> Stop = new("--stop") { Description = "Stop a backfill that runs. Run again, it goes on." };

    public static CairnCommand Create() => new CairnCommand(
        "backfill",
        "Make memories of past sessions, from the files that your agents kept. Shows what there is and asks first.",
        "cairn backfill", "cairn backfill claude-code --since 30d", "cairn backfill --project shop --dry-run", "cairn backfill --yes --json")
    {
        Agent, Since, Project, DryRun, Yes, Status, Stop,
    }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        if (Problem(context, parsed, out var request) is { } problem)
        {
            context.Output.Error(problem, "'cairn backfill --help' shows examples.");
            return ExitCode.Usage;
        }

        var daemon = await context.RunningDaemonAsync(ct);
        if (parsed.GetValue(Status) || parsed.GetValue(Stop))
        {
            return await ShowAsync(context, daemon, parsed.GetValue(Stop), ct);
        }

        BackfillFindingsReply found;
        using (context.Output.Progress("Looking for past sessions"))
        {
            found = await daemon.PostAsync(Routes.BackfillFindings, request, WireJson.Default.BackfillRequest, WireJson.Default.BackfillFindingsReply, ct);
        }

        if (parsed.GetValue(DryRun) && context.Output.IsJson)
        {
            context.Output.Json(found, WireJson.Default.BackfillFindingsReply);
            return ExitCode.Ok;
        }

        Show(context.Output, found);
        if (parsed.GetValue(DryRun) || found.Files == 0)
        {
            return found.Files == 0 ? ExitCode.NothingFound : ExitCode.Ok;
        }

        return Agrees(context.Output, parsed.GetValue(Yes), found) is { } refused
            ? refused
            : await BackfillProgress.RunAsync(context, daemon, request, ct);
    }

    private static int? Agrees(Output output, bool yes, BackfillFindingsReply found)
    {
        if (yes)
        {
            return null;
        }

        if (!output.IsWatched || output.IsJson)
        {
            output.Error("Nobody is here to be asked.", "Say --yes to read them, or --dry-run to see only what there is.");
            return ExitCode.Usage;
        }

        if (output.Confirms($"Read {Words.Count(found.Unread, "file")}? Secrets are taken out before anything is stored; nothing leaves this machine."))
        {
            return null;
        }

        output.Line("Nothing was read.");
        return ExitCode.Ok;
    }

    private static async Task<int> ShowAsync(CommandContext context, DaemonClient daemon, bool stop, CancellationToken ct)
    {
        if (stop)
        {
            await daemon.DeleteAsync(Routes.Backfill, ct);
        }

        var reply = await daemon.GetAsync(Routes.Backfill, WireJson.Default.BackfillReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(reply, WireJson.Default.BackfillReply);
        }
        else
        {
            context.Output.Line(reply.State == "idle" ? "No backfill has run since the daemon started." : BackfillProgress.Line(reply));
        }

        return ExitCode.Ok;
    }

    private static void Show(Output output, BackfillFindingsReply found)
    {
        if (output.IsJson)
        {
            return;
        }

        if (found.Files == 0)
        {
            output.Note("No past sessions were found there.");
            return;
        }

        var table = new TextTable(output, "agent", "sessions", "new files", "size", "from", "to", "project");
        foreach (var item in found.Items)
        {
            table.Add(
                item.Agent, item.Sessions.ToString(CultureInfo.InvariantCulture), item.Unread.ToString(CultureInfo.InvariantCulture), Words.Size(item.Bytes),
                Words.Moment(item.FirstAtMs)[..10], Words.Moment(item.LastAtMs)[..10], item.Project);
        }

        table.Write();
        output.Line($"{Words.Count(found.Sessions, "session")}, {Words.Size(found.Bytes)}; {Words.Count(found.Unread, "file")} of {found.Files} not read yet.");
    }

    private static string? Problem(CommandContext context, ParseResult parsed, out BackfillRequest request)
    {
        var (agent, since, project) = (parsed.GetValue(Agent), parsed.GetValue(Since), parsed.GetValue(Project));
        var from = since is null ? null : DayOf(since, context.Time);
        var directories = context.Environment.Where(variable => ProcessEnvironment.AgentDirectories.Contains(variable.Key) && variable.Value.Length > 0);
        var place = project is not null && (project.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || project == ".")
            ? Path.GetFullPath(project, context.Directory)
            : project;
        request = new(agent, from, place, directories.ToDictionary(variable => variable.Key, variable => Path.GetFullPath(variable.Value, context.Directory)));
        return agent is not null && AgentSpec.WithTranscripts.All(known => known.Name != agent)
            ? $"'{agent}' is no agent whose past sessions can be read; it can be one of: {string.Join(", ", AgentSpec.WithTranscripts.Select(known => known.Name))}."
            : since is not null && from is null ? $"'{since}' is no day (yyyy-mm-dd) and no number of days (30d)." : null;
    }

    private static long? DayOf(string since, TimeProvider time)
    {
        if (since.EndsWith('d') && int.TryParse(since.AsSpan(0, since.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500)
        {
            return (time.GetUtcNow() - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds();
        }

        return DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var day) && day.Year > 1970 ? day.ToUnixTimeMilliseconds() : null;
    }
}
