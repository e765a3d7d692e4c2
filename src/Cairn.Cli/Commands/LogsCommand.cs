using System.CommandLine;
using System.Text;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn logs</c></summary>
internal static class LogsCommand
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on showing what is added, until Ctrl-C." };

    private static readonly Option<int> Lines = new("--lines", "-n") { Description = "How many of the last lines to show.", DefaultValueFactory = _ => 50 };

    public static CairnCommand Create() => new CairnCommand(
        "logs",
        "Show the daemon's log: what it did and what went wrong. Never what people wrote. Works without a daemon.",
        "cairn logs", "cairn logs -n 200", "cairn logs -f")
    {
        Follow, Lines,
    }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var directory = context.Home.Paths.LogsDirectory;
        var files = Files(directory);
        if (files.Count == 0)
        {
            context.Output.Note($"Nothing is logged yet; the daemon's log comes to {directory}.");
            return ExitCode.NothingFound;
        }

        foreach (var line in LastLines(files, Math.Max(0, parsed.GetValue(Lines))))
        {
            context.Output.Line(Output.Safe(line));
        }

        if (parsed.GetValue(Follow))
        {
            await FollowAsync(context, files[^1], ct);
        }

        return ExitCode.Ok;
    }

    /// <summary>The last lines of the log, the oldest first.</summary>
    public static IReadOnlyList<string> LastLines(string directory, int count) => LastLines(Files(directory), count);

    private static List<string> Files(string directory) =>
        Directory.Exists(directory)
            ? [.. new DirectoryInfo(directory).GetFiles("*.log").OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal).Select(file => file.FullName)]
            : [];

    // The files are small, a quarter of the log's cap each; the last two hold more than anyone reads.
    private static List<string> LastLines(List<string> files, int count)
    {
        var lines = new List<string>();
        foreach (var file in files.AsEnumerable().Reverse())
        {
            using var reader = new StreamReader(OpenShared(file));
            lines.InsertRange(0, reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
            if (lines.Count >= count)
            {
                break;
            }
        }

        return [.. lines.TakeLast(count)];
    }

    private static async Task FollowAsync(CommandContext context, string file, CancellationToken ct)
    {
        var stream = OpenShared(file);
        stream.Seek(0, SeekOrigin.End);
        try
        {
            while (true)
            {
                using (var buffer = new MemoryStream())
                {
                    await stream.CopyToAsync(buffer, ct);
                    context.Output.Text(Output.Safe(Encoding.UTF8.GetString(buffer.ToArray())));
                }

                // The log goes on in another file when this one is full.
                if (Files(context.Home.Paths.LogsDirectory) is [.., var newest] && newest != file)
                {
                    await stream.DisposeAsync();
                    (file, stream) = (newest, OpenShared(newest));
                    continue;
                }

                await Task.Delay(Poll, context.Time, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how this ends.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private static FileStream OpenShared(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
