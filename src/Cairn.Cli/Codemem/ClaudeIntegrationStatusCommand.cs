using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cairn.Core.Configuration;
using Cairn.Core.Wire;

namespace Cairn.Cli.Codemem;

/// <summary><c>cairn claude-integration-status</c></summary>
internal static class ClaudeIntegrationStatusCommand
{
    private const int Top = 5;

    private static readonly Option<int> Limit = new("--limit") { Description = "Most sessions looked at (100).", DefaultValueFactory = _ => 100 };

    public static CairnCommand Create() => new CairnCommand(
        "claude-integration-status",
        "Says how the capture of Claude Code stands, as the JSON object that codemem prints.",
        "cairn claude-integration-status")
    {
        Limit,
    }.Hide().Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var status = await daemon.GetAsync(
            Address.Of(Routes.RawEventStatus, ("limit", parsed.GetValue(Limit).ToString(CultureInfo.InvariantCulture))), WireJson.Default.RawEventStatusReply, ct);
        var settings = new SettingsReader(SettingsFile.Read(context.Home.Paths.SettingsFile), context.Environment);
        var streams = status.Items.Where(item => item.Source == "claude").ToList();
        context.Output.Line(Encoding.UTF8.GetString(Write(streams, status.Ingest.Available, settings)));
        return ExitCode.Ok;
    }

    // The keys in the order of the alphabet, as the older command prints them.
    private static byte[] Write(List<RawEventSessionReply> streams, bool available, SettingsReader settings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            var failed = streams.Sum(item => item.Queue.GetValueOrDefault("failed"));
            json.WriteStartObject();
            json.WriteStartArray("claude_command");
            json.WriteStringValue("claude");
            json.WriteEndArray();
            json.WriteNumber("claude_streams", streams.Count);
            json.WriteNumber("errored_streams", streams.Count(item => item.Batches.GetValueOrDefault("error") > 0));
            json.WriteString("health", !available ? "red" : failed > 0 ? "yellow" : "green");
            json.WriteString("observer_runtime", settings.Get(Settings.ObserverProvider));
            json.WriteNumber("pending_events", streams.Sum(item => item.Pending));
            json.WriteNumber("queue_claimed", streams.Sum(item => item.Queue.GetValueOrDefault("claimed")));
            json.WriteNumber("queue_failed", failed);
            json.WriteNumber("raw_events_sweeper_interval_s", settings.Get(Settings.SweeperInterval) / 1_000);
            json.WriteNumber("running_streams", streams.Count(item => item.Batches.GetValueOrDefault("running") > 0));
            json.WriteStartArray("top_streams");
            foreach (var item in streams.OrderByDescending(item => item.Pending).Take(Top))
            {
                WriteStream(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteStream(Utf8JsonWriter json, RawEventSessionReply item)
    {
        json.WriteStartObject();
        json.WriteNumber("batch_error", item.Batches.GetValueOrDefault("error"));
        json.WriteNumber("batch_running", item.Batches.GetValueOrDefault("running"));
        json.WriteNumber("pending", item.Pending);
        json.WriteString("project", item.Project);
        json.WriteNumber("queue_claimed", item.Queue.GetValueOrDefault("claimed"));
        json.WriteNumber("queue_failed", item.Queue.GetValueOrDefault("failed"));
        json.WriteString("stream_id", item.StreamId);
        json.WriteEndObject();
    }
}
