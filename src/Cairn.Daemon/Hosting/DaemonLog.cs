using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;
using Serilog;
using Serilog.Events;

namespace Cairn.Daemon.Hosting;

/// <summary>The daemon's log: files that roll by size and never grow past the cap together, each line redacted once more.</summary>
internal static class DaemonLog
{
    private const int Files = 4;

    /// <summary>Adds it to the host's logging.</summary>
    public static ILoggingBuilder AddDaemonLog(this ILoggingBuilder logging, CairnPaths paths, SettingsReader settings, TimeProvider time)
    {
        PrivateFiles.MakeDirectory(paths.LogsDirectory);
        var megabytes = settings.Get(Settings.LogMegabytes);
        var level = settings.Get(Settings.LogLevel) switch
        {
            "debug" => LogEventLevel.Debug,
            "warning" => LogEventLevel.Warning,
            "error" => LogEventLevel.Error,
            _ => LogEventLevel.Information,
        };
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .WriteTo.File(
                new LogLine(new Redactor()), Path.Combine(paths.LogsDirectory, "cairn.log"),
                fileSizeLimitBytes: megabytes * 1024L * 1024L / Files, rollOnFileSizeLimit: true, retainedFileCountLimit: Files)
            .CreateLogger();
        return logging.SetMinimumLevel(LogLevel.Debug).AddSerilog(logger, dispose: true);
    }
}
