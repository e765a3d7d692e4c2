using System.Globalization;
using System.Text.Json;
using Cairn.Core.Wire;
using Cairn.Engine;

namespace Cairn.Daemon.Http;

/// <summary>Every refusal has one shape. What failed inside stays inside: no stack trace, no path of the program.</summary>
internal sealed partial class Errors(RequestDelegate next, ILogger<Errors> log)
{
    private const int RetryAfterSeconds = 2;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (StoreUnavailableException problem) when (!context.Response.HasStarted)
        {
            LogNotReady(problem.Message);
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "not_ready", problem.Message);
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, problem.StatusCode, "invalid_request", problem.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has hung up; there is nobody to answer.
        }
        catch (Exception problem) when (!context.Response.HasStarted)
        {
            LogFailed(problem, context.Request.Method, context.Request.Path);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "failed", "Something went wrong inside Cairn; 'cairn logs' says what.");
        }
    }

    /// <summary>Writes one refusal.</summary>
    public static Task WriteAsync(HttpContext context, int status, string code, string message, params IReadOnlyList<string> details)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var reply = new ErrorReply(code.Replace('_', ' '), message, code, details);
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(reply, WireJson.Default.ErrorReply)).AsTask();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: {Reason}")]
    private partial void LogNotReady(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception problem, string method, string path);
}
