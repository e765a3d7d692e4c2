using Cairn.Engine.Agents;
using Microsoft.Extensions.Logging;

namespace Cairn.Engine.Capture.Transcripts;

/// <summary>Fills in from an agent's transcript what its hooks did not tell, or what was lost on its way.</summary>
public sealed partial class ReconcileTranscript
{
    /// <summary>Most bytes that are read at once; what is left is read in a next turn, after the others'.</summary>
    public const long ByteLimit = 16 * 1024 * 1024;

    private readonly IReadOnlyList<ITranscriptFormat> _formats;
    private readonly ReadTranscript _read;
    private readonly TranscriptPlaces _places;
    private readonly ILogger<ReconcileTranscript> _log;

    internal ReconcileTranscript(IReadOnlyList<ITranscriptFormat> formats, ReadTranscript read, TranscriptPlaces places, ILogger<ReconcileTranscript> log) =>
        (_formats, _read, _places, _log) = (formats, read, places, log);

    /// <summary>Runs it for one file.</summary>
    /// <param name="agent">Name of the agent; one without transcripts has nothing to read.</param>
    /// <param name="path">The file as the agent said it.</param>
    /// <param name="ended">True when the session is over.</param>
    /// <param name="rules">What the person allows in the session.</param>
    /// <param name="environment">The session's variables that its client forwarded.</param>
    /// <param name="ct">Stops it; what was read stays read.</param>
    /// <returns>What it brought; not complete when there is more to read.</returns>
    /// <exception cref="StoreUnavailableException">Not all could be stored; the next run adds the rest.</exception>
    public async Task<TranscriptReading> RunAsync(
        string agent, string path, bool ended, CaptureRules rules, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        if (_formats.FirstOrDefault(format => format.Agent.Name == agent) is not { } format)
        {
            return TranscriptReading.Nothing;
        }

        var request = new TranscriptRequest
        {
            Path = path,
            Roots = _places.Of(format, environment),
            Rules = rules,
            AtRest = ended,
            ByteLimit = ByteLimit,
        };
        var whole = Told(agent, await _read.RunAsync(format, request, ct));
        foreach (var part in whole.Refusal is null ? format.PartsOf(path) : [])
        {
            var reading = Told(agent, await _read.RunAsync(format, request with { Path = part }, ct));
            whole = whole with { Stored = whole.Stored + reading.Stored, Complete = whole.Complete && reading.Complete };
        }

        return whole;
    }

    private TranscriptReading Told(string agent, TranscriptReading reading)
    {
        if (reading.Refusal is { } refusal)
        {
            LogRefused(agent, refusal);
        }
        else if (reading.Stored > 0)
        {
            LogFilled(agent, reading.Stored, reading.Known, reading.Bytes);
        }

        return reading;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A transcript of {Agent} was left alone ({Reason})")]
    private partial void LogRefused(string agent, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Filled in {Stored} events from a transcript of {Agent}; {Known} were known ({Bytes} bytes)")]
    private partial void LogFilled(string agent, int stored, int known, long bytes);
}
