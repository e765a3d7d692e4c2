using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>
/// A model that follows a script, on a free loopback port, speaking enough of the Anthropic Messages API for a real client.
/// It keeps every request.
/// </summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<ModelRequest> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly IReadOnlyList<ModelScript> _scripts;
    private readonly WebApplication _app;
    private int _lastId;

    private ModelServer(IReadOnlyList<ModelScript> scripts)
    {
        _scripts = scripts;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null).UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Where it listens; what a client takes as its base URL.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>The steps of conversations, in the order that they arrived; the client's own errands are left out.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. _requests.Where(request => request.OffersTools)];

    /// <summary>The client's own errands: titles, summaries.</summary>
    public IReadOnlyList<ModelRequest> Errands => [.. _requests.Where(request => !request.OffersTools)];

    public static async Task<ModelServer> StartAsync(CancellationToken ct, params IReadOnlyList<ModelScript> scripts)
    {
        var server = new ModelServer(scripts);
        await server._app.StartAsync(ct);
        return server;
    }

    /// <summary>Waits until a request has arrived that fits.</summary>
    public async Task<ModelRequest> ArrivalAsync(Func<ModelRequest, bool> fits, CancellationToken ct)
    {
        while (true)
        {
            if (Requests.FirstOrDefault(fits) is { } request)
            {
                return request;
            }

            await _arrived.WaitAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A client that was killed in mid-answer must not hold up the test.
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        var path = context.Request.Path.Value ?? "";
        if (path.EndsWith("/messages/count_tokens", StringComparison.Ordinal))
        {
            await ModelAnswer.WriteJsonAsync(context.Response, new JsonObject { ["input_tokens"] = 1200 }, ct);
        }
        else if (HttpMethods.IsPost(context.Request.Method) && path.EndsWith("/messages", StringComparison.Ordinal))
        {
            using var reader = new StreamReader(context.Request.Body);
            var request = ModelRequest.Parse(
                await reader.ReadToEndAsync(ct), context.Request.Headers["x-claude-code-session-id"].FirstOrDefault());
            _requests.Enqueue(request);
            _arrived.Release();
            var turn = TurnFor(request);
            await Task.Delay(turn.Delay, ct);
            await new ModelAnswer(turn, request.Model, NextId).WriteAsync(context.Response, request.Streams, ct);
        }
        else if (!HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private ModelTurn TurnFor(ModelRequest request)
    {
        if (!request.OffersTools)
        {
            return ModelTurn.Say("Shop");
        }

        if (request.Prompt.Contains("detailed summary of", StringComparison.Ordinal))
        {
            return ModelTurn.Say("<analysis>Looked back.</analysis>\n<summary>The work so far, in short.</summary>");
        }

        var script = _scripts.FirstOrDefault(script => request.Prompt.Contains(script.Prompt, StringComparison.Ordinal));
        return script?.Turns.ElementAtOrDefault(request.ToolResults) ?? ModelTurn.Say("Done.");
    }

    private string NextId(string kind) => $"{kind}_{Random.Shared.GetHexString(8, lowercase: true)}{Interlocked.Increment(ref _lastId):D4}";
}
