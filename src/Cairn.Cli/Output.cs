using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cairn.Cli;

/// <summary>
/// The one place that writes to the terminal. Colours and progress only where a person watches; in a pipe plain text, or JSON
/// where asked for.
/// </summary>
internal sealed class Output
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _out;
    private readonly TextWriter _error;
    private readonly TextReader _in;
    private readonly bool _colours;

    private Output(TextWriter @out, TextWriter error, TextReader @in, bool colours, bool watched, bool json, int width)
    {
        (_out, _error, _in, _colours) = (@out, error, @in, colours);
        (IsWatched, IsJson, Width) = (watched, json, width);
    }

    /// <summary>True when a person reads it and can answer.</summary>
    public bool IsWatched { get; }

    /// <summary>True when a program reads it.</summary>
    public bool IsJson { get; }

    /// <summary>Characters in a line.</summary>
    public int Width { get; }

    /// <summary>The process's own terminal or pipes.</summary>
    /// <param name="environment">Its variables: <c>NO_COLOR</c> and <c>TERM=dumb</c> are respected.</param>
    /// <param name="json">True for JSON.</param>
    public static Output OfProcess(IReadOnlyDictionary<string, string> environment, bool json)
    {
        var watched = !Console.IsOutputRedirected && !Console.IsInputRedirected;
        var plain = environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 } || environment.GetValueOrDefault("TERM") == "dumb";
        var width = watched ? WidthOfTerminal() : 100;
        return new(
            new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" },
            new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" },
            Console.In, watched && !plain && !json, watched, json, width);
    }

    /// <summary>Where the command line writes its help.</summary>
    public TextWriter Writer => _out;

    /// <summary>Writes one line.</summary>
    public void Line(string text = "") => _out.WriteLine(text);

    /// <summary>Writes text as it is.</summary>
    public void Text(string text) => _out.Write(text);

    /// <summary>Writes a heading with an empty line before it.</summary>
    public void Heading(string text)
    {
        _out.WriteLine();
        _out.WriteLine(Strong(text));
    }

    /// <summary>Writes what a program reads: the daemon's own words.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type)
    {
        using var document = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(value, type));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            document.WriteTo(writer);
        }

        _out.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>Says what was wrong and what to do.</summary>
    public void Error(string problem, string advice = "")
    {
        _error.WriteLine($"{Paint("31", "cairn:")} {problem}");
        foreach (var line in advice.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _error.WriteLine("  " + line);
        }
    }

    /// <summary>Says something beside the result, where only a person reads it.</summary>
    public void Note(string text) => _error.WriteLine(text);

    /// <summary>Asks a yes-or-no question; no where nobody can answer.</summary>
    public bool Confirms(string question)
    {
        if (!IsWatched)
        {
            return false;
        }

        _out.Write(question + " [y/N] ");
        return _in.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>Lets a person look around.</summary>
    public void WaitForEnter(string text)
    {
        _out.Write(text);
        _in.ReadLine();
    }

    /// <summary>Everything that comes on the standard input.</summary>
    public string ReadToEnd() => _in.ReadToEnd();

    /// <summary>Shows that something takes its time, from one second on; ends when disposed.</summary>
    public IDisposable Progress(string what) => new ProgressLine(IsWatched ? _error : null, what);

    /// <summary>Shows how far something is, over what was shown before; only where a person watches.</summary>
    /// <param name="text">One line; empty to take it away.</param>
    public void ShowProgress(string text)
    {
        if (IsWatched && !IsJson)
        {
            _error.Write("\r" + (text.Length > Width - 1 ? text[..(Width - 1)] : text) + "\u001b[K");
        }
    }

    /// <summary>Text that someone else wrote, without the control characters that could move the cursor or recolour the terminal.</summary>
    public static string Safe(string text) =>
        text.Any(IsControl) ? string.Concat(text.Select(character => IsControl(character) ? '\uFFFD' : character)) : text;

    /// <summary>Makes text stand out.</summary>
    public string Strong(string text) => Paint("1", text);

    /// <summary>Makes text step back.</summary>
    public string Faint(string text) => Paint("2", text);

    /// <summary>Marks what is well.</summary>
    public string Good(string text) => Paint("32", text);

    /// <summary>Marks what wants attention.</summary>
    public string Warning(string text) => Paint("33", text);

    /// <summary>Marks what is wrong.</summary>
    public string Bad(string text) => Paint("31", text);

    // Line breaks and tabs are harmless; so-called bidirectional controls make text read other than it is.
    private static bool IsControl(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\t'))
        || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private string Paint(string code, string text) => _colours && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;

    private static int WidthOfTerminal()
    {
        try
        {
            return Math.Clamp(Console.WindowWidth, 40, 200);
        }
        catch (IOException)
        {
            return 100;
        }
    }

    private sealed class ProgressLine : IDisposable
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

        private readonly Timer? _timer;
        private readonly TextWriter? _target;
        private int _seconds;

        public ProgressLine(TextWriter? target, string what)
        {
            _target = target;
            _timer = target is null
                ? null
                : new Timer(_ => target.Write($"\r{what} … {Interlocked.Increment(ref _seconds)} s"), null, Interval, Interval);
        }

        public void Dispose()
        {
            using var done = new ManualResetEvent(false);
            if (_timer?.Dispose(done) == true)
            {
                done.WaitOne();
            }

            if (_seconds > 0)
            {
                _target?.Write("\r\u001b[K");
            }
        }
    }
}
