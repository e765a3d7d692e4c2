using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;
using Cairn.Core.Spool;
using Cairn.EndToEnd.Tests.Support;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// Eight sessions at once through the published hook, ten thousand events, while the daemon is killed twenty times and the
/// disk is full for a while: every event is stored exactly once, and the memories are those of a calm run.
/// </summary>
[Trait("Duration", "Long")]
public sealed class StormTests : IDisposable
{
    private const int Sessions = 8;
    private const int Turns = 250;
    private const int EventsOfTurn = 5;
    private const int Events = Sessions * Turns * EventsOfTurn;
    private const int Kills = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("cairn-storm-").FullName;
    private int _sent;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Programs => Repository.PathOf("artifacts", "publish", "current");

    [Fact(Timeout = 1_500_000)]
    public async Task Nothing_is_lost_and_nothing_doubled_and_the_memories_are_those_of_a_calm_run()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Programs, "cairn")), "The programs are not published: run scripts/publish.");
        var calm = Home("calm");
        await SendAllAsync(calm);
        await SettleAsync(calm);

        var stormy = Home("stormy");
        var small = Mount(stormy.Home);
        try
        {
            _sent = 0;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var trouble = Task.Run(() => TroubleAsync(stormy, small, over.Token), Ct);
            await SendAllAsync(stormy);
            var (kills, full) = await trouble;
            await SettleAsync(stormy);
            Report(calm, stormy, kills, full);
            Compare(calm, stormy);
            Assert.Equal(Kills, kills);
        }
        finally
        {
            await StopAsync(stormy);
            await StopAsync(calm);
            Unmount(stormy.Home, small);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private CairnPaths Home(string name) => new(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName);

    // A disk of its own that can be filled, where the system allows to make one.
    private static bool Mount(string directory) =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", ["-t", "tmpfs", "-o", "size=256m", "cairn-storm", directory]) == 0;

    private static void Unmount(string directory, bool mounted)
    {
        if (mounted)
        {
            Run("umount", ["-l", directory]);
        }
    }

    private Task SendAllAsync(CairnPaths paths) =>
        Task.WhenAll(Enumerable.Range(0, Sessions).Select(session => Task.Run(() => SendSessionAsync(paths, session), Ct)));

    private async Task SendSessionAsync(CairnPaths paths, int session)
    {
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var payload in TurnOf(session, turn))
            {
                payload["session_id"] = Invariant($"storm-{session}");
                payload["prompt_id"] = Invariant($"prompt-{session}-{turn}");
                payload["cwd"] = Invariant($"/home/dev/shop{session}");
                await HookAsync(paths, payload);
                Interlocked.Increment(ref _sent);
            }
        }
    }

    private static IEnumerable<JsonObject> TurnOf(int session, int turn)
    {
        var file = Invariant($"/home/dev/shop{session}/part{turn % 20}.js");
        yield return new() { ["hook_event_name"] = "UserPromptSubmit", ["prompt"] = Invariant($"Fix the failing rounding test number {turn} in part {turn % 20}") };
        yield return Tool(Invariant($"fail-{session}-{turn}"), "Bash", new() { ["command"] = "npm test" }, new() { ["error"] = Invariant($"Exit code 1: expected {turn} to equal {turn + 1}") });
        yield return Tool(Invariant($"edit-{session}-{turn}"), "Edit", new() { ["file_path"] = file, ["old_string"] = "floor(x)", ["new_string"] = Invariant($"round(x, {turn})") },
            new() { ["tool_response"] = new JsonObject { ["filePath"] = file } });
        yield return Tool(Invariant($"commit-{session}-{turn}"), "Bash", new() { ["command"] = Invariant($"git commit -am 'Round part {turn % 20} to {turn} digits'") },
            new() { ["tool_response"] = new JsonObject { ["stdout"] = Invariant($"[main 12ab34c] Round part {turn % 20} to {turn} digits") } });
        yield return new() { ["hook_event_name"] = "Stop", ["last_assistant_message"] = Invariant($"Part {turn % 20} now rounds to {turn} digits.") };
    }

    private static JsonObject Tool(string id, string tool, JsonObject input, JsonObject rest)
    {
        rest["hook_event_name"] = rest.ContainsKey("error") ? "PostToolUseFailure" : "PostToolUse";
        rest["tool_name"] = tool;
        rest["tool_use_id"] = id;
        rest["tool_input"] = input;
        return rest;
    }

    private static async Task HookAsync(CairnPaths paths, JsonObject payload)
    {
        using var process = Start(paths, ["hook", "claude-code"]);
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(payload.ToJsonString()), Ct);
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(CairnPaths paths, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs, "cairn"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CAIRN_HOME"] = paths.Home;
        return Process.Start(start)!;
    }

    // Spread over the run at random; the disk is full for a few hundred events in its middle.
    private async Task<(int Kills, int Full)> TroubleAsync(CairnPaths paths, bool small, CancellationToken ct)
    {
        var random = new Random(20261121);
        var moments = Enumerable.Range(0, Kills).Select(_ => random.Next(Events / 50, Events * 49 / 50)).Order().ToList();
        var filler = Path.Combine(paths.Home, "filler");
        var (kills, fullAt, full) = (0, -1, 0);
        while (kills < Kills && !ct.IsCancellationRequested)
        {
            if (small && fullAt < 0 && _sent > Events / 2)
            {
                Fill(filler);
                fullAt = _sent;
            }

            if (fullAt >= 0 && full == 0 && _sent > fullAt + 300)
            {
                File.Delete(filler);
                full = _sent - fullAt;
            }

            if (_sent >= moments[kills] && Kill(paths))
            {
                kills++;
            }

            await Task.Yield();
        }

        while (fullAt >= 0 && full == 0)
        {
            if (_sent > Math.Min(fullAt + 300, Events - 1))
            {
                File.Delete(filler);
                full = _sent - fullAt;
            }

            await Task.Yield();
        }

        return (kills, full);
    }

    private static void Fill(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            foreach (var size in (int[])[1 << 20, 1 << 12, 1])
            {
                FillWith(stream, new byte[size]);
            }
        }
        catch (IOException)
        {
            // Closing a file on a full disk may say so again.
        }
    }

    private static void FillWith(FileStream stream, byte[] block)
    {
        try
        {
            while (true)
            {
                stream.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static bool Kill(CairnPaths paths)
    {
        if (DaemonInfo.Read(paths) is not { } daemon)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(daemon.Pid);
            process.Kill();
            process.WaitForExit();
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task SettleAsync(CairnPaths paths)
    {
        await CommandAsync(paths, "start");
        var store = new Store(paths.DatabaseFile);
        var spool = new SpoolReader(paths, new Redactor(), TimeProvider.System);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromMinutes(3))
        {
            if (spool.Count == 0 && store.Number("SELECT count(*) FROM batch WHERE state <> 'completed'") == 0)
            {
                return;
            }

            await CommandAsync(paths, "status");
        }

        Assert.Fail($"Not settled after three minutes: {spool.Count} events in the spool.");
    }

    private static async Task StopAsync(CairnPaths paths) => await CommandAsync(paths, "stop");

    private static async Task CommandAsync(CairnPaths paths, string command)
    {
        using var process = Start(paths, [command]);
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
    }

    private static void Report(CairnPaths calm, CairnPaths stormy, int kills, int full)
    {
        var (before, after) = (new Store(calm.DatabaseFile), new Store(stormy.DatabaseFile));
        TestNotes.Write("storm", Invariant(
            $"Storm of {Events} events in {Sessions} sessions, {kills} kills, disk full for {full} events: {after.Number("SELECT count(*) FROM event")} stored, {after.Number("SELECT count(DISTINCT session_id || key) FROM event")} different; {after.Memories} memories, {before.Memories} in a calm run."));
    }

    private static void Compare(CairnPaths calm, CairnPaths stormy)
    {
        var (before, after) = (new Store(calm.DatabaseFile), new Store(stormy.DatabaseFile));
        const string events = "SELECT agent_session_id || ' ' || kind || ' ' || coalesce(tool_call_id, turn_id, '') AS event FROM event JOIN session ON session.id = session_id ORDER BY event";
        const string memories = "SELECT agent_session_id || ' ' || kind || ' ' || title AS memory FROM memory JOIN session ON session.id = session_id WHERE deleted_at_ms IS NULL ORDER BY memory";
        Assert.Equal(Events, before.Number("SELECT count(*) FROM event"));
        Assert.Equal(before.Words(events), after.Words(events));
        Assert.Equal(before.Words(memories), after.Words(memories));
        Assert.Equal(0, after.Number("SELECT count(*) FROM batch WHERE state <> 'completed'"));
    }

    private static int Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
        process!.WaitForExit();
        return process.ExitCode;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
