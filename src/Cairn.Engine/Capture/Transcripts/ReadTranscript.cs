using Cairn.Core.Hosting;
using Cairn.Engine.Agents;

namespace Cairn.Engine.Capture.Transcripts;

/// <summary>
/// Reads a transcript from where it was read last, and captures what is new in it. What hooks told already is known by its key.
/// A file that was rewritten or cut is read anew, which adds only what was not there.
/// </summary>
internal sealed class ReadTranscript(ITranscriptStore cursors, CaptureEvent capture, CairnPaths paths, TimeProvider time)
{
    private const int GroupSize = 32;

    /// <summary>Runs it.</summary>
    /// <exception cref="StoreUnavailableException">Not all could be stored; what was is known the next time.</exception>
    public async Task<TranscriptReading> RunAsync(ITranscriptFormat format, TranscriptRequest request, CancellationToken ct)
    {
        using var file = TranscriptFile.Open(request.Path, request.Roots, out var refusal);
        if (file is null)
        {
            return TranscriptReading.Nothing with { Refusal = refusal };
        }

        var cursor = await cursors.FindAsync(file.Path, ct);
        var goesOn = cursor is not null && cursor.Reader == format.Version && cursor.ReadBytes <= file.Length
            && file.CheckHash(cursor.HeadBytes, cursor.ReadBytes) == cursor.CheckHash;
        if (goesOn && cursor!.ReadBytes == file.Length)
        {
            return TranscriptReading.Nothing with { Unknown = cursor.Unknown };
        }

        var oneObject = format.IsOneObject(file.Path);
        var start = goesOn && !oneObject ? cursor!.ReadBytes : 0;
        file.Stream.Seek(start, SeekOrigin.Begin);
        var directories = format.NamesDirectoriesByHash ? await cursors.ListDirectoriesAsync(ct) : [];
        var parser = format.Open(file.Path, start > 0 ? TranscriptState.Read(cursor!.State) : new TranscriptState(), directories);
        using ITranscriptPieces pieces = oneObject ? new JsonPieces(file.Stream) : new TranscriptLines(file.Stream, start);
        return await RunAsync(new TranscriptRun(file, format, parser, pieces, request, start > 0 ? cursor : null, paths.Home), ct);
    }

    private async Task<TranscriptReading> RunAsync(TranscriptRun run, CancellationToken ct)
    {
        var complete = true;
        while (await run.Pieces.NextAsync(ct) is { } line)
        {
            if (!run.Take(line))
            {
                break;
            }

            if (run.Happened.Count >= GroupSize && !await StoreAsync(run, ct))
            {
                return run.Reading with { Refusal = "paused-or-disabled" };
            }

            if (run.BytesRead > run.Request.ByteLimit)
            {
                complete = false;
                break;
            }
        }

        if (complete && run.Request.AtRest)
        {
            run.TakeRest();
            run.Parser.Finish(run.Happened);
        }

        if (!await StoreAsync(run, ct))
        {
            return run.Reading with { Refusal = "paused-or-disabled" };
        }

        await SaveAsync(run, complete && run.Request.AtRest, ct);
        return run.Reading with { Complete = complete };
    }

    // In order, and waiting together: the writer puts them into one transaction.
    private async Task<bool> StoreAsync(TranscriptRun run, CancellationToken ct)
    {
        foreach (var group in run.Happened.Where(run.IsWanted).Chunk(GroupSize))
        {
            var outcomes = await Task.WhenAll(group.Select(input => capture.RunAsync(run.Located(input), run.Request.Rules, ct)));
            run.Count(outcomes);
            if (outcomes.Any(outcome => outcome is CaptureOutcome.Excluded { Reason: "paused-session" or "paused-project" or "disabled" }))
            {
                // Nothing is lost: the file is read from the same place when it may be.
                return false;
            }

            await run.Request.GiveWay(ct);
        }

        run.Happened.Clear();
        return true;
    }

    private Task SaveAsync(TranscriptRun run, bool ended, CancellationToken ct)
    {
        var readBytes = run.ReadBytes(ended);
        var head = TranscriptFile.HeadOf(readBytes);
        return cursors.SaveAsync(
            new TranscriptCursor
            {
                Path = run.File.Path,
                Agent = run.Format.Agent.Name,
                Reader = run.Format.Version,
                Device = run.File.Identity.Device,
                Inode = run.File.Identity.Inode,
                Length = run.File.Length,
                ModifiedAt = run.File.ModifiedAt,
                ReadBytes = readBytes,
                HeadBytes = head,
                CheckHash = run.File.CheckHash(head, readBytes),
                State = run.Parser.State.Write(),
                Unknown = run.Unknown,
                ReadAt = time.GetUtcNow(),
            },
            run.Sessions, ended && run.Parser.State.SubagentId is null ? run.Parser.NewestAt : null, ct);
    }
}
