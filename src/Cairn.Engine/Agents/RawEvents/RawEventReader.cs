using System.Text.Json;

namespace Cairn.Engine.Agents.RawEvents;

/// <summary>
/// Reads what codemem's plugin and hooks post: one event, or a list with defaults for all. Contract: codemem's plugin
/// reference and the validation messages of its server. Never throws for any input.
/// </summary>
public static class RawEventReader
{
    private static readonly string[] SessionIds = ["session_stream_id", "session_id", "stream_id", "opencode_session_id"];
    private static readonly string[] Texts = ["cwd", "project", "started_at"];

    /// <summary>Reads one request.</summary>
    /// <param name="utf8">Its body.</param>
    public static RawEventRequest Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = PayloadReader.Parse(utf8, out var reason);
        if (document is null)
        {
            return new([], false, reason.Contains("object", StringComparison.Ordinal) ? "payload must be an object" : "invalid json");
        }

        var root = document.RootElement;
        if (!root.TryGetProperty("events", out var events))
        {
            return new([ReadOne(root, root)], false, null);
        }

        return events.ValueKind == JsonValueKind.Array
            ? new([.. events.EnumerateArray().Select(item => ReadOne(item, root))], true, null)
            : new([], true, "events must be a list");
    }

    private static SentEvent ReadOne(JsonElement item, JsonElement request)
    {
        var id = item.Text("event_id") ?? item.Part("payload")?.Text("_raw_event_id");
        return new(id, Problem(item, request) is { } problem
            ? new RawEvent.Invalid(problem)
            : new RawEventTranslation(item, request, SessionOf(item, request)!, id).Translate());
    }

    private static string? Problem(JsonElement item, JsonElement request) =>
        item.ValueKind != JsonValueKind.Object ? "event must be an object" : ProblemOfObject(item, request);

    private static string? ProblemOfObject(JsonElement item, JsonElement request) =>
        SessionProblem(item, request)
        ?? (item.Text("event_type") is { Length: > 0 } ? null : "event_type required")
        ?? (item.TryGetProperty("payload", out var payload) && payload.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null) ? "payload must be an object" : null)
        ?? (IsMissingOr(item, "ts_wall_ms", IsWhole) ? null : "ts_wall_ms must be int")
        ?? (IsMissingOr(item, "ts_mono_ms", value => value.ValueKind == JsonValueKind.Number) ? null : "ts_mono_ms must be number")
        ?? (IsMissingOr(item, "event_seq", IsWhole) ? null : "event_seq must be int")
        ?? Texts.Where(name => !IsMissingOr(item, name, IsText) || !IsMissingOr(request, name, IsText))
            .Select(name => name + " must be string").FirstOrDefault();

    private static string? SessionProblem(JsonElement item, JsonElement request)
    {
        var wrong = SessionIds.FirstOrDefault(name => !IsMissingOr(item, name, IsText));
        if (wrong is not null)
        {
            return wrong + " must be string";
        }

        var own = Ids(item).ToList();
        var given = own.Count > 0 ? own : [.. Ids(request)];
        return given switch
        {
            [] => "session id required",
            [var first, .. var others] when others.Any(other => other != first) => "conflicting session id fields",
            // An id of a message is taken for a session's by mistake, and would make a session of each message.
            [var first, ..] when first.StartsWith("msg_", StringComparison.Ordinal) || first.Length > 512 => "invalid session id",
            _ => null,
        };
    }

    private static string? SessionOf(JsonElement item, JsonElement request) => Ids(item).Concat(Ids(request)).FirstOrDefault();

    private static IEnumerable<string> Ids(JsonElement element) =>
        SessionIds.Select(name => element.Text(name)?.Trim()).OfType<string>().Where(id => id.Length > 0);

    private static bool IsMissingOr(JsonElement element, string name, Func<JsonElement, bool> accepts) =>
        !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null || accepts(value);

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsWhole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _);
}
