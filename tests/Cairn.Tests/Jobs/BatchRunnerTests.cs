using System.Collections.Concurrent;
using System.Globalization;
using Cairn.Core;
using Cairn.Core.Projects;
using Cairn.Engine.Capture;
using Cairn.Engine.Jobs;
using Cairn.Engine.Observe;
using Cairn.Engine.Observe.Rules;
using Cairn.Engine.Storage.Sqlite;
using Cairn.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Tests.Jobs;

/// <summary>Batches whose observer fails or cannot work, on real SQLite with a clock that the test moves.</summary>
public sealed class BatchRunnerTests : IAsyncLifetime
{
    private const int Sessions = 8;
    private const int Turns = 250;

    private readonly TempFolder _folder = new();
    private readonly FakeTime _time = FakeTime.AtNoon();
    private readonly RulesObserver _rules = new();
    private readonly ConcurrentDictionary<long, int> _tries = [];
    private readonly ConcurrentDictionary<long, int> _observed = [];
    private readonly CancellationTokenSource _end = new();
    private SqliteDatabase _database = null!;
    private BatchRunner _runner = null!;
    private ObserveSession _observe = null!;
    private Task _running = Task.CompletedTask;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _database = new SqliteDatabase(new SqliteFile(Path.Combine(_folder.Path, "cairn.db"), _folder.Path, SqliteFile.Migrations, _time), _time);
        _observe = new ObserveSession(new SqliteSessionLogStore(_database), new SqliteObservedMemoryStore(_database, _time), [_rules]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _runner.Dispose();
        _end.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Ten_thousand_events_wait_a_day_for_a_provider_that_is_down_and_each_session_is_then_observed_once()
    {
        var down = true;
        Start((batch, ct) => down ? throw new BatchPostponedException("the provider is down", _time.GetUtcNow() + TimeSpan.FromHours(1)) : ObserveAsync(batch, ct));
        await AddEventsAsync();

        for (var hour = 0; hour < 24; hour++)
        {
            await Eventually.TrueAsync(() => _tries.Count == Sessions && _tries.Values.All(tries => tries > hour));
            _time.Advance(TimeSpan.FromMinutes(61));
            _runner.Wake();
        }

        Assert.Equal(["0 failed"], await QueryAsync("SELECT DISTINCT attempts || ' ' || state FROM batch"));
        Assert.Equal(["BatchPostponedException: the provider is down"], await QueryAsync("SELECT DISTINCT error FROM batch"));
        down = false;
        _time.Advance(TimeSpan.FromMinutes(61));
        _runner.Wake();

        Assert.True(await Eventually.TrueAsync(() => _observed.Count == Sessions));
        Assert.True(await Eventually.TrueAsync(() => QueryAsync("SELECT COUNT(*) FROM batch WHERE state <> 'completed'").Result is ["0"]));
        Assert.All(_observed.Values, times => Assert.Equal(1, times));
        Assert.Equal(["10000"], await QueryAsync("SELECT COUNT(*) FROM event"));
        Assert.Equal(["0"], await QueryAsync("SELECT COUNT(*) FROM (SELECT 1 FROM memory GROUP BY session_id, observer_key HAVING COUNT(*) > 1)"));
    }

    [Fact]
    public async Task A_session_whose_observation_fails_is_given_up_with_its_reason_redacted_and_stops_no_other()
    {
        Start((batch, ct) => batch.SessionId == 1 ? throw new InvalidOperationException("refused with password=hunter2hunter2") : ObserveAsync(batch, ct));
        await AddEventsAsync();

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            Assert.True(await Eventually.TrueAsync(() => _tries.GetValueOrDefault(1) >= attempt));
            _time.Advance(TimeSpan.FromHours(1));
            _runner.Wake();
        }

        Assert.True(await Eventually.TrueAsync(() => QueryAsync("SELECT state FROM batch WHERE session_id = 1").Result is ["gave_up"]));
        Assert.Equal(["5 InvalidOperationException: refused with password=[redacted]"], await QueryAsync("SELECT attempts || ' ' || error FROM batch WHERE session_id = 1"));
        Assert.True(await Eventually.TrueAsync(() => _observed.Count == Sessions - 1));
    }

    private void Start(Func<Batch, CancellationToken, Task> work)
    {
        _runner = new BatchRunner(
            new SqliteBatchStore(_database),
            (batch, ct) =>
            {
                _tries.AddOrUpdate(batch.SessionId, 1, (_, tries) => tries + 1);
                return work(batch, ct);
            },
            new Core.Redaction.Redactor().Redact, _time, NullLogger<BatchRunner>.Instance);
        _running = _runner.RunAsync(_end.Token);
    }

    private async Task ObserveAsync(Batch batch, CancellationToken ct)
    {
        await _observe.RunAsync(batch, ct);
        _observed.AddOrUpdate(batch.SessionId, 1, (_, times) => times + 1);
    }

    private async Task AddEventsAsync()
    {
        var store = new SqliteEventStore(_database, _rules.Name);
        var project = new ProjectIdentity("dir:/srv/shop", "shop", "/srv/shop", "/srv/shop", null);
        for (var session = 0; session < Sessions; session++)
        {
            var events = Enumerable.Range(0, Turns).SelectMany(turn => TurnOf(session, turn)).ToList();
            await Task.WhenAll(events.Select(input => store.AddAsync(new NewEvent(input, project, _time.GetUtcNow(), _time.GetUtcNow()), Ct)));
        }

        _runner.Wake();
    }

    // Only the last turn's end opens the batch: a batch that is being tried must not meet new events of its session.
    private static IEnumerable<CaptureInput> TurnOf(int session, int turn) => Enumerable.Range(0, 5).Select(number =>
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{session}-{turn}-{number}");
        return new CaptureInput
        {
            Session = new SessionKey("claude-code", string.Create(CultureInfo.InvariantCulture, $"s{session}")),
            Kind = number == 0 ? EventKind.Prompt : turn == Turns - 1 && number == 4 ? EventKind.AssistantMessage : EventKind.ToolResult,
            Identity = new EventIdentity.Named(name),
            Origin = EventOrigin.Hook,
            Cwd = "/srv/shop",
            TurnId = string.Create(CultureInfo.InvariantCulture, $"t{turn}"),
            Text = number is 0 or 4 ? "Round part " + name : null,
            Tool = number is 0 || (turn == Turns - 1 && number == 4) ? null : new ToolUse
            {
                Name = "Bash",
                CallId = name,
                InputJson = """{"command":"npm test"}""",
                Output = "ok",
                Failed = false,
            },
        };
    });

    private Task<IReadOnlyList<string>> QueryAsync(string sql) =>
        _database.ReadAsync(connection => connection.Query(sql, row => row.GetValue(0).ToString()!), Ct);
}
