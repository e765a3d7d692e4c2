using System.CommandLine;
using System.Text;
using System.Text.Json;
using Cairn.Core.Wire;

namespace Cairn.Cli.Codemem;

/// <summary><c>cairn enqueue-raw-event</c></summary>
internal static class EnqueueRawEventCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "enqueue-raw-event",
        "Takes in one raw event from the standard input and says whether it was new, as codemem's plugin expects.",
        "cairn enqueue-raw-event < event.json")
        .Hide().Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var text = context.Output.ReadToEnd();
        if (Problem(text) is { } problem)
        {
            context.Output.Error(problem, "One JSON object with session_id, event_type and event_id is read from the standard input.");
            return ExitCode.Usage;
        }

        var daemon = await context.RunningDaemonAsync(ct);
        var reply = await daemon.PostTextAsync(Routes.RawEvents, Encoding.UTF8.GetBytes(text), WireJson.Default.RawEventsReply, ct);
        context.Output.Line($$"""{"inserted":{{reply.Inserted}}}""");
        return ExitCode.Ok;
    }

    // The daemon says the rest; without an id of its own a retry would be a second event.
    private static string? Problem(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? "payload must be an object"
                : IsText(root, "event_id") || (root.TryGetProperty("payload", out var payload) && IsText(payload, "_raw_event_id")) ? null
                : "event_id required";
        }
        catch (JsonException)
        {
            return "invalid json";
        }
    }

    private static bool IsText(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 };
}
