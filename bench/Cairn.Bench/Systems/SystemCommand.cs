using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cairn.Core.Projects;

namespace Cairn.Bench.Systems;

/// <summary>Measures the published programs as a whole, beside baselines of the same minutes.</summary>
internal sealed class SystemCommand(string programs, bool quick, string? only)
{
    private readonly List<Figure> _figures = [];
    private readonly ProjectIdentity _project = new("dir:/home/dev/shop", "shop", "/home/dev/shop", "/home/dev/shop", null);

    private int Rounds => quick ? 10 : 40;

    private TimeSpan LoadLength => TimeSpan.FromSeconds(quick ? 2 : 6);

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var programs = args.FirstOrDefault(argument => !argument.StartsWith('-')) ?? Path.Combine("artifacts", "publish", "current");
        var command = new SystemCommand(programs, args.Contains("--quick"), args.FirstOrDefault(argument => argument.StartsWith("--only=", StringComparison.Ordinal))?[7..]);
        await command.MeasureAsync(ct);
        await Console.Out.WriteLineAsync(FigureTable.Of(command._figures));
        return 0;
    }

    private async Task MeasureAsync(CancellationToken ct)
    {
        if (only is null or "start")
        {
            await MeasureStartAsync(ct);
        }

        if (only is null or "hook")
        {
            await MeasureHookAsync(ct);
        }

        if (only is null or "ingest")
        {
            await MeasureIngestAsync(ct);
        }

        if (only is null or "recall")
        {
            await MeasureRecallAsync(10_000, ct);
            await MeasureRecallAsync(100_000, ct);
        }
    }

    private const string Spooled = "cairn hook claude-code (2 KB), no daemon: to the spool";

    private async Task MeasureStartAsync(CancellationToken ct)
    {
        await ReportAsync("starting the daemon");
        var starts = new List<double>();
        for (var round = 0; round < (quick ? 5 : 15); round++)
        {
            await using var cairn = new PublishedCairn(programs);
            starts.Add((await cairn.StartAsync(ct)).TotalMilliseconds);
        }

        var samples = new Samples(starts);
        Add("daemon, start to first answer", samples, "≤ 250 ms");

        await using var idle = new PublishedCairn(programs);
        await idle.StartAsync(ct);
        await Task.Delay(TimeSpan.FromSeconds(5), ct);
        _figures.Add(new("daemon, idle memory", Megabytes(idle.ResidentMegabytes()), "≤ 90 MB", "after 5 s"));
    }

    private async Task MeasureHookAsync(CancellationToken ct)
    {
        await ReportAsync("timing the hook");
        await using var cairn = new PublishedCairn(programs);
        await cairn.StartAsync(ct);
        await using var away = new PublishedCairn(programs);
        IReadOnlyList<ProcessTimer.Candidate> candidates =
        [
            new("true", "true", [], null),
            new("curl to the daemon's health", "curl", ["-s", "--unix-socket", cairn.Paths.SocketFile, "http://localhost/health"], null),
            new("node -e ''", "node", ["-e", ""], null),
            new("cairn hook claude-code (2 KB)", cairn.Command, ["hook", "claude-code"], round => PublishedCairn.Payload("hook", $"call-{round}")),
            new(Spooled, "env", [$"CAIRN_HOME={away.Paths.Home}", "CAIRN_DAEMON=/nowhere/cairn-daemon", cairn.Command, "hook", "claude-code"],
                round => PublishedCairn.Payload("hook", $"call-{round}")),
        ];
        var environment = new Dictionary<string, string> { ["CAIRN_HOME"] = cairn.Paths.Home };
        foreach (var (name, samples) in await ProcessTimer.RunAsync(candidates, environment, Rounds, ct))
        {
            Add("process: " + name, samples, name == Spooled ? "≤ 12 ms" : name.StartsWith("cairn", StringComparison.Ordinal) ? "≤ 45 ms trimmed, ≤ 6 ms native" : "");
        }

        await AssertStoredAsync(cairn, Rounds + 2, ct);
    }

    private async Task MeasureIngestAsync(CancellationToken ct)
    {
        await using var cairn = new PublishedCairn(programs);
        await cairn.StartAsync(ct);
        var load = new LoadGenerator(cairn);
        await load.RunAsync(8, TimeSpan.FromSeconds(2), ct);
        foreach (var connections in new[] { 1, 8, 32 })
        {
            await ReportAsync($"sending events over {connections} connections");
            var before = await CountAsync(cairn, ct);
            var used = cairn.ProcessorTime();
            var (acknowledged, rate) = await load.RunAsync(connections, LoadLength, ct);
            var cost = (cairn.ProcessorTime() - used).TotalMicroseconds / acknowledged;
            var stored = await CountAsync(cairn, ct) - before;
            _figures.Add(new(
                $"durable events/s, {connections} connections", string.Create(CultureInfo.InvariantCulture, $"{rate:N0}/s"),
                connections == 32 ? "≥ 15,000/s" : "", string.Create(CultureInfo.InvariantCulture, $"{acknowledged:N0} acknowledged, {stored:N0} stored; {cost:0} µs of the daemon's CPU each")));
        }

        await using var memory = new PublishedCairn(programs);
        await memory.StartAsync(ct);
        var few = new LoadGenerator(memory);
        for (var sent = 0L; sent < 10_000;)
        {
            sent += (await few.RunAsync(8, TimeSpan.FromMilliseconds(200), ct)).Acknowledged;
        }

        _figures.Add(new("daemon, memory after 10,000 events", Megabytes(memory.ResidentMegabytes()), "≤ 200 MB after 100,000", ""));
    }

    private async Task MeasureRecallAsync(int memories, CancellationToken ct)
    {
        await ReportAsync($"searching {memories:N0} memories");
        await using var cairn = new PublishedCairn(programs);
        var seeded = new SeededMemories(cairn.Paths, _project);
        await seeded.FillAsync(0, memories, ct);
        await cairn.StartAsync(ct);
        using var client = cairn.Client();
        var size = memories.ToString("N0", CultureInfo.InvariantCulture);
        Add($"search, natural question, {size} memories", await TimeAsync(
            number => client.GetAsync(new Uri("api/search?limit=20&query=" + Uri.EscapeDataString(seeded.Question(number)), UriKind.Relative), ct), 200),
            memories == 100_000 ? "p95 ≤ 30 ms" : "");
        Add($"context at session start, {size} memories", await TimeAsync(number => StartSessionAsync(client, number, ct), 100), memories == 10_000 ? "≤ 15 ms" : "");
        Add($"prompt, {size} memories", await TimeAsync(number => PromptAsync(client, seeded.Question(number), number, ct), 100), "");
    }

    private static Task<HttpResponseMessage> StartSessionAsync(HttpClient client, int number, CancellationToken ct) =>
        HookAsync(client, $$"""{"session_id":"start-{{number}}","cwd":"/home/dev/shop","hook_event_name":"SessionStart","source":"startup"}""", ct);

    private static Task<HttpResponseMessage> PromptAsync(HttpClient client, string prompt, int number, CancellationToken ct) =>
        HookAsync(client, $$"""{"session_id":"start-{{number}}","cwd":"/home/dev/shop","prompt_id":"p-{{number}}","hook_event_name":"UserPromptSubmit","prompt":"{{prompt}}"}""", ct);

    private static Task<HttpResponseMessage> HookAsync(HttpClient client, string payload, CancellationToken ct) =>
        client.PostAsync(new Uri("api/hooks/claude-code", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(payload)), ct);

    private static async Task<Samples> TimeAsync(Func<int, Task<HttpResponseMessage>> call, int rounds)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds + 20; round++)
        {
            var started = Stopwatch.GetTimestamp();
            using var reply = await call(round);
            reply.EnsureSuccessStatusCode();
            if (round >= 20)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return new Samples(times);
    }

    private static async Task AssertStoredAsync(PublishedCairn cairn, int expected, CancellationToken ct)
    {
        if (await CountAsync(cairn, ct) != expected)
        {
            throw new InvalidOperationException($"{expected} hooks ran, but {await CountAsync(cairn, ct)} events are stored.");
        }
    }

    private static async Task<long> CountAsync(PublishedCairn cairn, CancellationToken ct)
    {
        using var client = cairn.Client();
        var text = await client.GetStringAsync(new Uri("api/stats", UriKind.Relative), ct);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("events").GetInt64();
    }

    private void Add(string what, Samples samples, string goal) => _figures.Add(new(
        what, Milliseconds(samples.Median), goal, $"min {Milliseconds(samples.Min)}, p95 {Milliseconds(samples.P95)}"));

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms");

    private static string Megabytes(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0} MB");

    private static Task ReportAsync(string what) => Console.Error.WriteLineAsync($"… {what}");
}
