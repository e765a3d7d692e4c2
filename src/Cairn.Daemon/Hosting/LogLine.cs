using System.Globalization;
using Cairn.Core.Redaction;
using Serilog.Events;
using Serilog.Formatting;

namespace Cairn.Daemon.Hosting;

/// <summary>
/// One line of the log: time, level, source, message. Of an exception only its type and where it was thrown: its message
/// may hold what people wrote.
/// </summary>
internal sealed class LogLine(Redactor redactor) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var source = logEvent.Properties.TryGetValue("SourceContext", out var context) && context is ScalarValue { Value: string name }
            ? name[(name.LastIndexOf('.') + 1)..]
            : "-";
        output.Write(logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        output.Write(' ');
        output.Write(logEvent.Level.ToString().ToLowerInvariant());
        output.Write(' ');
        output.Write(source);
        output.Write(' ');
        output.WriteLine(redactor.Redact(logEvent.RenderMessage(CultureInfo.InvariantCulture)).ReplaceLineEndings(" "));
        for (var problem = logEvent.Exception; problem is not null; problem = problem.InnerException)
        {
            output.Write("  ");
            output.WriteLine(problem.GetType().FullName);
            output.WriteLine(problem.StackTrace);
        }
    }
}
