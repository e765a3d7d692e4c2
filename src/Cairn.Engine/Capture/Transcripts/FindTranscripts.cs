using System.Globalization;
using System.Text;
using Cairn.Core.Projects;
using Cairn.Engine.Agents;

namespace Cairn.Engine.Capture.Transcripts;

/// <summary>Finds the transcripts of past sessions, and tells of each what its first and last lines say.</summary>
internal sealed class FindTranscripts(TranscriptPlaces places, ITranscriptStore cursors, ProjectResolver projects)
{
    private const int GlanceBytes = 512 * 1024;
    private const int TailBytes = 64 * 1024;

    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 8,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
    };

    /// <summary>Finds them, the newest first. A file that names no session is not told.</summary>
    public async Task<IReadOnlyList<FoundTranscript>> RunAsync(ITranscriptFormat format, BackfillScope scope, CancellationToken ct)
    {
        var roots = places.Of(format, scope.Environment);
        var directories = format.NamesDirectoriesByHash ? await cursors.ListDirectoriesAsync(ct) : [];
        var found = new List<FoundTranscript>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in roots.Where(Directory.Exists).SelectMany(root => Files(format, root)))
        {
            ct.ThrowIfCancellationRequested();
            using var file = TranscriptFile.Open(path, roots, out _);
            if (file is not null && seen.Add(file.Path) && await GlanceAsync(format, file, directories, ct) is { } transcript && scope.Covers(transcript))
            {
                found.Add(transcript);
            }
        }

        return [.. found.OrderByDescending(transcript => transcript.LastAt).ThenBy(transcript => transcript.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Files(ITranscriptFormat format, string root) =>
        Directory.EnumerateFiles(root, "*", Below)
            .Where(path => format.IsTranscript("/" + Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/')))
            .Order(StringComparer.Ordinal);

    private async Task<FoundTranscript?> GlanceAsync(ITranscriptFormat format, TranscriptFile file, IReadOnlyList<string> directories, CancellationToken ct)
    {
        var parser = format.Open(file.Path, new TranscriptState(), directories);
        using ITranscriptPieces pieces = format.IsOneObject(file.Path) ? new JsonPieces(file.Stream) : new TranscriptLines(file.Stream, 0);
        DateTimeOffset? first = null;
        var ignored = new List<CaptureInput>();
        while (pieces.Offset < GlanceBytes && (first is null || parser.State.SessionId is null || parser.State.Cwd.Length == 0)
            && await pieces.NextAsync(ct) is { } line)
        {
            if (!line.IsTooLong)
            {
                parser.Take(line.Bytes, line.Offset, ignored);
            }

            first ??= parser.NewestAt;
        }

        if (parser.State.SessionId is not { } session)
        {
            return null;
        }

        var cursor = await cursors.FindAsync(file.Path, ct);
        var last = LastTime(file) ?? parser.NewestAt ?? file.ModifiedAt;
        return new FoundTranscript
        {
            Agent = format.Agent.Name,
            Path = file.Path,
            SessionId = session,
            Cwd = parser.State.Cwd,
            Project = projects.Resolve(parser.State.Cwd).Label,
            FirstAt = first ?? last,
            LastAt = last,
            Bytes = file.Length,
            IsSubagent = parser.State.SubagentId is not null,
            IsRead = cursor is not null && cursor.Reader == format.Version && cursor.Length == file.Length && cursor.ModifiedAt == Milliseconds(file.ModifiedAt),
        };
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static DateTimeOffset? LastTime(TranscriptFile file)
    {
        var bytes = new byte[(int)Math.Min(TailBytes, file.Length)];
        var read = RandomAccess.Read(file.Stream.SafeFileHandle, bytes, file.Length - bytes.Length);
        var tail = bytes.AsSpan(0, read);
        while (tail.LastIndexOf("\"timestamp\""u8) is var at and >= 0)
        {
            var rest = tail[(at + "\"timestamp\"".Length)..].TrimStart(": "u8);
            var end = rest.IsEmpty || rest[0] != (byte)'"' ? -1 : rest[1..].IndexOf((byte)'"');
            if (end is > 0 and < 40 && DateTimeOffset.TryParse(
                Encoding.UTF8.GetString(rest.Slice(1, end)), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            tail = tail[..at];
        }

        return null;
    }
}
