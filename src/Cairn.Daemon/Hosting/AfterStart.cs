namespace Cairn.Daemon.Hosting;

/// <summary>Lets background work wait until the daemon answers: who starts it waits for the first answer, and for nothing else.</summary>
internal static class AfterStart
{
    /// <summary>Completes when the daemon answers; on a thread of the pool.</summary>
    public static async Task AnsweringAsync(this IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(answering.SetResult);
        await answering.Task.WaitAsync(ct);
    }
}
