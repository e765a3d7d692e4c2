using System.Text;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;
using Cairn.Core.Spool;
using Cairn.Tests.Support;

namespace Cairn.Tests.Cli;

/// <summary>Events that wait on disk.</summary>
public sealed class SpoolTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CairnPaths _paths;
    private readonly FakeTime _time = FakeTime.AtNoon();
    private readonly SpoolWriter _writer;
    private readonly SpoolReader _reader;

    public SpoolTests()
    {
        _paths = new CairnPaths(Path.Combine(_folder.Path, "home"));
        _writer = new SpoolWriter(_paths, new Redactor(), _time);
        _reader = new SpoolReader(_paths, new Redactor(), _time);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_in_the_order_in_which_it_happened()
    {
        Append("""{"n":2}""", seconds: 2);
        Append("""{"n":1}""", seconds: 1);
        Append("""{"n":3}""", seconds: 3);

        Assert.Equal(["""{"n":1}""", """{"n":2}""", """{"n":3}"""], _reader.List().Select(Payload));
    }

    [Fact]
    public void Events_of_the_same_moment_are_all_kept()
    {
        Append("""{"n":1}""");
        Append("""{"n":2}""");

        Assert.Equal(2, _reader.Count);
    }

    [Fact]
    public void Everything_that_the_daemon_needs_comes_back()
    {
        _writer.Append("claude-code", """{"text":"grüße 😀"}"""u8, new Dictionary<string, string> { ["CAIRN_RECALL_PROMPT"] = "false" }, _time.GetUtcNow());

        var envelope = _reader.Read(_reader.List()[0])!;
        Assert.Equal("claude-code", envelope.Agent);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), envelope.ObservedAtMs);
        Assert.Equal("false", envelope.Environment["CAIRN_RECALL_PROMPT"]);
        using var payload = System.Text.Json.JsonDocument.Parse(envelope.Payload);
        Assert.Equal("grüße 😀", payload.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public void What_is_stored_is_deleted_and_nothing_else()
    {
        Append("""{"n":1}""", seconds: 1);
        Append("""{"n":2}""", seconds: 2);

        _reader.Delete(_reader.List()[0]);

        Assert.Equal("""{"n":2}""", Payload(Assert.Single(_reader.List())));
    }

    [Fact]
    public void Only_the_owner_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows knows no modes of files.");
            return;
        }

        Append("""{"n":1}""");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_paths.SpoolDirectory));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_paths.SpoolDirectory, _reader.List()[0])));
    }

    [Fact]
    public void A_full_spool_refuses_and_counts()
    {
        Directory.CreateDirectory(_paths.SpoolDirectory);
        File.WriteAllBytes(Path.Combine(_paths.SpoolDirectory, $"{1:D19}-1-{SpoolWriter.MostBytes}.json"), []);

        Assert.Equal(SpoolOutcome.Refused, Append("""{"n":1}"""));
        Assert.Equal(SpoolOutcome.Refused, Append("""{"n":2}"""));

        Assert.Equal(2, _reader.Refused);
        Assert.Equal(1, _reader.Count);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("\0")]
    public void What_is_no_json_goes_into_quarantine(string payload)
    {
        Assert.Equal(SpoolOutcome.Quarantined, Append(payload));

        Assert.Equal(0, _reader.Count);
        Assert.Single(new QuarantineFolder(_paths, new Redactor(), _time).Reasons());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"version":99,"agent":"claude-code","observed_at_ms":1,"environment":{},"payload":{}}""")]
    [InlineData("""{"version":1,"payload":{}}""")]
    public void A_file_that_is_no_event_does_not_stand_in_the_way(string text)
    {
        Append("""{"n":1}""");
        File.WriteAllText(Path.Combine(_paths.SpoolDirectory, $"{1:D19}-1-10.json"), text);

        Assert.Null(_reader.Read(_reader.List()[0]));

        Assert.Equal("""{"n":1}""", Payload(Assert.Single(_reader.List())));
        Assert.Equal(1, new QuarantineFolder(_paths, new Redactor(), _time).Count);
    }

    [Fact]
    public void What_a_killed_writer_left_is_taken_back()
    {
        Append("""{"n":1}""");
        var name = _reader.List()[0];
        var left = Path.Combine(_paths.SpoolDirectory, $".{name}.abc.tmp");
        File.Move(Path.Combine(_paths.SpoolDirectory, name), left);
        File.WriteAllText(Path.Combine(_paths.SpoolDirectory, $".{1:D19}-1-9.json.abd.tmp"), """{"version":1,"ag""");
        foreach (var file in Directory.GetFiles(_paths.SpoolDirectory, ".*"))
        {
            File.SetLastWriteTimeUtc(file, _time.GetUtcNow().AddHours(-1).UtcDateTime);
        }

        _reader.Recover();

        Assert.Equal("""{"n":1}""", Payload(Assert.Single(_reader.List())));
        Assert.Equal(1, new QuarantineFolder(_paths, new Redactor(), _time).Count);
    }

    [Fact]
    public void A_file_that_is_being_written_is_left_alone()
    {
        Append("""{"n":1}""");
        var beside = Path.Combine(_paths.SpoolDirectory, $".{1:D19}-1-9.json.abc.tmp");
        File.WriteAllText(beside, """{"vers""");
        File.SetLastWriteTimeUtc(beside, _time.GetUtcNow().UtcDateTime);

        _reader.Recover();

        Assert.True(File.Exists(beside));
        Assert.Equal(1, _reader.Count);
    }

    private SpoolOutcome Append(string payload, int seconds = 0) => _writer.Append(
        "claude-code", Encoding.UTF8.GetBytes(payload), new Dictionary<string, string>(), _time.GetUtcNow().AddSeconds(seconds));

    private string Payload(string name) => Encoding.UTF8.GetString(_reader.Read(name)!.Payload.Span);
}
