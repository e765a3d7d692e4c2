using Cairn.Core.Hosting;
using Cairn.Core.Wire;

namespace Cairn.Cli.Connection;

/// <summary>How a daemon was stopped.</summary>
internal enum StopOutcome
{
    /// <summary>There was none.</summary>
    NotRunning,

    /// <summary>It finished its writes and ended.</summary>
    Stopped,

    /// <summary>It did not end by itself and was killed.</summary>
    Killed,

    /// <summary>It did not end by itself, and its process cannot be told from others for sure: it was left alone.</summary>
    StillRunning,
}

/// <summary>Stops the daemon: asks it, waits, and ends the verified process where it does not listen to reason.</summary>
internal sealed class DaemonStop(CairnPaths paths, DaemonClient client, TimeProvider time)
{
    /// <summary>How long the daemon has to finish.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(2);

    /// <summary>Does it.</summary>
    public async Task<StopOutcome> RunAsync(Func<string, IDisposable> progress, CancellationToken ct)
    {
        var process = DaemonInfo.Read(paths) is { } info ? new DaemonProcess(info) : null;
        if (process is not { IsRunning: true } && !client.IsListening)
        {
            return StopOutcome.NotRunning;
        }

        using (progress("Waiting for the daemon to finish its writes"))
        {
            // The time for its answer counts: who waits for a stop waits ten seconds in all.
            var start = time.GetTimestamp();
            await AskAsync(ct);
            if (await IsGoneAsync(process, start, Patience, ct))
            {
                return StopOutcome.Stopped;
            }
        }

        return process?.Kill() == true && await IsGoneAsync(process, time.GetTimestamp(), AfterKill, ct) ? StopOutcome.Killed : StopOutcome.StillRunning;
    }

    private async Task AskAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await client.PostAsync(Routes.Shutdown, patience.Token);
        }
        catch (Exception problem) when (problem is DaemonException || (problem is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // It does not answer; whether it ends is seen below.
        }
    }

    private async Task<bool> IsGoneAsync(DaemonProcess? process, long start, TimeSpan patience, CancellationToken ct)
    {
        while (process is null ? client.IsListening : process.IsRunning)
        {
            if (time.GetElapsedTime(start) > patience)
            {
                return false;
            }

            await Task.Delay(Poll, time, ct);
        }

        return true;
    }
}
