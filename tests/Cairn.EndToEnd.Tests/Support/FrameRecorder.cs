using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>Stands where the daemon listens and keeps what OpenCode's plugin sends, one by one.</summary>
internal sealed class FrameRecorder : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _frames = new();
    private readonly WebApplication _app;

    private FrameRecorder(string home)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(Path.Combine(home, "cairn.sock")));
        _app = builder.Build();
        _app.MapGet("/api/agents/opencode", () => Results.Text("{\"settings\":{\"start_daemon\":false,\"batch_events\":1}}", "application/json"));
        _app.MapPost("/api/hooks/opencode", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _frames.Enqueue(await reader.ReadToEndAsync(context.RequestAborted));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }

    public static async Task<FrameRecorder> StartAsync(string home, CancellationToken ct)
    {
        Directory.CreateDirectory(home);
        var recorder = new FrameRecorder(home);
        await recorder._app.StartAsync(ct);
        return recorder;
    }

    /// <summary>Writes the frames, one file each, with the project's directory under another name.</summary>
    public async Task SaveAsync(string folder, string project, CancellationToken ct)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach (var (index, frame) in _frames.Index())
        {
            var text = frame.Replace(project, "/home/dev/demo", StringComparison.Ordinal);
            using var json = JsonDocument.Parse(text);
            var name = string.Create(CultureInfo.InvariantCulture, $"{index + 1:D3}-{json.RootElement.GetProperty("hook_event_name").GetString()}.json");
            await File.WriteAllTextAsync(Path.Combine(folder, name), text, ct);
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
