using Cairn.Core.Hosting;

namespace Cairn.Daemon.Hosting;

/// <summary>Says in the log when the daemon came and went: what people look for first when something is missing.</summary>
internal sealed partial class DaemonLife(ListeningPoint endpoint, TimeProvider time, ILogger<DaemonLife> log)
{
    private readonly long _since = time.GetTimestamp();

    /// <summary>It answers.</summary>
    public void NoteStart()
    {
        var pid = Environment.ProcessId;
        LogStart(ProductVersion.Current, pid, endpoint.Port);
    }

    /// <summary>It answers no more.</summary>
    public void NoteStop()
    {
        var seconds = (long)time.GetElapsedTime(_since).TotalSeconds;
        LogStop(seconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Started: version {Version}, process {Pid}, port {Port}")]
    private partial void LogStart(string version, int pid, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped after {Seconds} s")]
    private partial void LogStop(long seconds);
}
