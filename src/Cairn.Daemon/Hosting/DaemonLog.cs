using Cairn.Core.Configuration;
using Cairn.Core.Files;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;
using Serilog;
using Serilog.Extensions.Logging;

namespace Cairn.Daemon.Hosting;

/// <summary>
/// The daemon's log: files that roll by size and never grow past the cap together, each line redacted once more. Made with
/// the first line that is written: who starts the daemon does not wait for it.
/// </summary>
internal sealed class DaemonLog : ILoggerProvider
{
    private const int Files = 4;

    private readonly LogLevel _least;
    private readonly Lazy<SerilogLoggerProvider> _written;

    public DaemonLog(CairnPaths paths, SettingsReader settings)
    {
        _least = settings.Get(Settings.LogLevel) switch
        {
            "debug" => LogLevel.Debug,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        };
        var megabytes = settings.Get(Settings.LogMegabytes);
        _written = new(() => Open(paths, megabytes));
    }

    /// <inheritdoc/>
    public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName)
    {
        var framework = categoryName.StartsWith("Microsoft.", StringComparison.Ordinal);
        return new Category(this, categoryName, framework && _least < LogLevel.Warning ? LogLevel.Warning : _least);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_written.IsValueCreated)
        {
            _written.Value.Dispose();
        }
    }

    private static SerilogLoggerProvider Open(CairnPaths paths, int megabytes)
    {
        SafeFile.EnsurePrivateDirectory(paths.LogsDirectory);
        var logger = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.File(
                new LogLine(new Redactor()), Path.Combine(paths.LogsDirectory, "cairn.log"),
                fileSizeLimitBytes: megabytes * 1024L * 1024L / Files, rollOnFileSizeLimit: true, retainedFileCountLimit: Files)
            .CreateLogger();
        return new SerilogLoggerProvider(logger, dispose: true);
    }

    private sealed class Category(DaemonLog log, string name, LogLevel least) : Microsoft.Extensions.Logging.ILogger
    {
        private readonly Lazy<Microsoft.Extensions.Logging.ILogger> _written = new(() => log._written.Value.CreateLogger(name));

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _written.Value.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
