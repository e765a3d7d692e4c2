using System.CommandLine;
using System.Globalization;
using Cairn.Cli.Connection;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn forget</c></summary>
internal static class ForgetCommand
{
    private const int PageSize = 100;

    private static readonly Argument<long[]> Ids = new("id")
    {
        Description = "Numbers of the memories to forget.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Project = new("--project", "-p") { Description = "Forget the memories of this project; together with --before." };

    private static readonly Option<DateTime?> Before = new("--before")
    {
        Description = "Forget what is older than this day (yyyy-mm-dd); together with --project.",
    };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    public static CairnCommand Create() => new CairnCommand(
        "forget",
        "Forget memories for good. Shows what would go and asks first.",
        "cairn forget 12 13", "cairn forget --project shop --before 2026-01-01", "cairn forget 12 --yes")
    {
        Ids, Project, Before, Yes,
    }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var ids = parsed.GetValue(Ids) ?? [];
        var (project, before) = (parsed.GetValue(Project), parsed.GetValue(Before));
        if (ids.Length > 0 == (project is not null || before is not null) || (project is null) != (before is null))
        {
            context.Output.Error("Say which: numbers, or --project and --before together.", "'cairn recent' and 'cairn search' show the numbers.");
            return ExitCode.Usage;
        }

        var daemon = await context.RunningDaemonAsync(ct);
        var memories = project is null
            ? await ByIdAsync(daemon, ids, ct)
            : await ByAgeAsync(daemon, project, new DateTimeOffset(before!.Value).ToUnixTimeMilliseconds(), ct);
        if (memories.Count == 0)
        {
            context.Output.Note("There is nothing of that to forget.");
            return ExitCode.NothingFound;
        }

        if (!parsed.GetValue(Yes) && !Confirms(context, memories))
        {
            return ExitCode.Failed;
        }

        foreach (var memory in memories)
        {
            await daemon.DeleteAsync(Address.Of(Routes.MemoryById, memory.Id), ct);
        }

        Report(context, memories);
        return ExitCode.Ok;
    }

    private static bool Confirms(CommandContext context, IReadOnlyList<MemoryReply> memories)
    {
        if (!context.Output.IsWatched)
        {
            context.Output.Error($"{Words.Count(memories.Count, "memory", "memories")} would be forgotten; nobody is here to ask.", "--yes forgets without asking.");
            return false;
        }

        MemoryText.List(context.Output, memories);
        return context.Output.Confirms($"Forget {Words.Count(memories.Count, "memory", "memories")} for good?");
    }

    private static void Report(CommandContext context, IReadOnlyList<MemoryReply> memories)
    {
        if (context.Output.IsJson)
        {
            context.Output.Json(new MemoryListReply(memories, memories.Count, 0, memories.Count, HasMore: false), WireJson.Default.MemoryListReply);
        }
        else
        {
            context.Output.Line($"Forgotten: {Words.Count(memories.Count, "memory", "memories")}.");
        }
    }

    private static async Task<IReadOnlyList<MemoryReply>> ByIdAsync(DaemonClient daemon, long[] ids, CancellationToken ct)
    {
        var memories = new List<MemoryReply>();
        foreach (var id in ids.Distinct())
        {
            memories.Add(await daemon.GetAsync(Address.Of(Routes.MemoryById, id), WireJson.Default.MemoryReply, ct));
        }

        return memories;
    }

    private static async Task<IReadOnlyList<MemoryReply>> ByAgeAsync(DaemonClient daemon, string project, long beforeMs, CancellationToken ct)
    {
        var memories = new List<MemoryReply>();
        MemoryListReply page;
        var offset = 0;
        do
        {
            page = await daemon.GetAsync(
                Address.Of(Routes.Memories, ("project", project), ("limit", Number(PageSize)), ("offset", Number(offset))), WireJson.Default.MemoryListReply, ct);
            memories.AddRange(page.Items.Where(memory => memory.CreatedAtMs < beforeMs));
            offset += page.Items.Count;
        }
        while (page.HasMore && page.Items.Count > 0);

        return memories;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
