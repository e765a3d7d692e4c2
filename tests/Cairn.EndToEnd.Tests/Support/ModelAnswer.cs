using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>Writes one turn as the Anthropic Messages API does: server-sent events, or one object where the client does not stream.</summary>
internal sealed class ModelAnswer(ModelTurn turn, string model, Func<string, string> nextId)
{
    private readonly string _id = nextId("msg");

    public async Task WriteAsync(HttpResponse response, bool stream, CancellationToken ct)
    {
        if (turn.Status is { } status)
        {
            response.StatusCode = status;
            await WriteJsonAsync(response, new JsonObject
            {
                ["type"] = "error",
                ["error"] = new JsonObject { ["type"] = "invalid_request_error", ["message"] = "the scripted model refuses" },
            }, ct);
        }
        else if (stream)
        {
            await WriteEventsAsync(response, ct);
        }
        else
        {
            await WriteJsonAsync(response, Message([.. Blocks()], StopReason), ct);
        }
    }

    public static Task WriteJsonAsync(HttpResponse response, JsonObject json, CancellationToken ct)
    {
        response.ContentType = "application/json";
        return response.WriteAsync(json.ToJsonString(), ct);
    }

    private string StopReason => turn.Tools.Count > 0 ? "tool_use" : "end_turn";

    private async Task WriteEventsAsync(HttpResponse response, CancellationToken ct)
    {
        response.ContentType = "text/event-stream";
        var events = new StringBuilder();
        Add("message_start", new JsonObject { ["message"] = Message([], null) });
        foreach (var (index, block) in Blocks().Index())
        {
            var (opening, delta) = block["type"]!.GetValue<string>() == "text"
                ? (new JsonObject { ["type"] = "text", ["text"] = "" },
                    new JsonObject { ["type"] = "text_delta", ["text"] = block["text"]!.DeepClone() })
                : (new JsonObject { ["type"] = "tool_use", ["id"] = block["id"]!.DeepClone(), ["name"] = block["name"]!.DeepClone(), ["input"] = new JsonObject() },
                    new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = block["input"]!.ToJsonString() });
            Add("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = opening });
            Add("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = delta });
            Add("content_block_stop", new JsonObject { ["index"] = index });
        }

        Add("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = StopReason, ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = 40 },
        });
        Add("message_stop", []);
        await response.WriteAsync(events.ToString(), ct);

        void Add(string name, JsonObject data)
        {
            data["type"] = name;
            events.Append("event: ").Append(name).Append("\ndata: ").Append(data.ToJsonString()).Append("\n\n");
        }
    }

    private JsonObject Message(JsonArray content, string? stopReason) => new()
    {
        ["id"] = _id,
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = model,
        ["content"] = content,
        ["stop_reason"] = stopReason,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = 1200,
            ["cache_creation_input_tokens"] = 0,
            ["cache_read_input_tokens"] = 0,
            ["output_tokens"] = 40,
        },
    };

    private IEnumerable<JsonNode> Blocks()
    {
        if (turn.Text is { } text)
        {
            yield return new JsonObject { ["type"] = "text", ["text"] = text };
        }

        foreach (var tool in turn.Tools)
        {
            yield return new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = nextId("toolu"),
                ["name"] = tool.Name,
                ["input"] = tool.Input.DeepClone(),
            };
        }
    }
}
