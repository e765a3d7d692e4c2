using System.Diagnostics;

namespace Cairn.Bench.Systems;

/// <summary>Times whole processes, from start to exit. Several are timed in turn, so that a busy minute hits all alike.</summary>
internal static class ProcessTimer
{
    /// <summary>One program to time.</summary>
    /// <param name="Name">What it is called in the table.</param>
    /// <param name="File">The program.</param>
    /// <param name="Arguments">Its arguments.</param>
    /// <param name="Input">What its standard input holds in each round; null for nothing.</param>
    public sealed record Candidate(string Name, string File, IReadOnlyList<string> Arguments, Func<int, byte[]>? Input);

    public static async Task<IReadOnlyList<(string Name, Samples Milliseconds)>> RunAsync(
        IReadOnlyList<Candidate> candidates, IReadOnlyDictionary<string, string> environment, int rounds, CancellationToken ct)
    {
        var times = candidates.Select(_ => new List<double>()).ToList();
        for (var round = -2; round < rounds; round++)
        {
            foreach (var (index, candidate) in candidates.Index())
            {
                var elapsed = await TimeAsync(candidate, environment, round + 2, ct);
                if (round >= 0)
                {
                    times[index].Add(elapsed.TotalMilliseconds);
                }
            }
        }

        return [.. candidates.Select((candidate, index) => (candidate.Name, new Samples(times[index])))];
    }

    private static async Task<TimeSpan> TimeAsync(Candidate candidate, IReadOnlyDictionary<string, string> environment, int round, CancellationToken ct)
    {
        var start = new ProcessStartInfo(candidate.File, candidate.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var input = candidate.Input?.Invoke(round) ?? [];
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input.
        }

        process.WaitForExit();
        return Stopwatch.GetElapsedTime(started);
    }
}

/// <summary>Some measurements of one thing.</summary>
internal sealed class Samples(IEnumerable<double> values)
{
    private readonly List<double> _sorted = [.. values.Order()];

    public double Median => At(0.5);

    public double P95 => At(0.95);

    public double Min => _sorted[0];

    private double At(double share) => _sorted[Math.Min(_sorted.Count - 1, (int)(share * _sorted.Count))];
}
