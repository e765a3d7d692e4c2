namespace Cairn.Cli.Hooks;

/// <summary>The moment by which something must be over.</summary>
internal readonly struct Deadline(TimeProvider time, int milliseconds)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>What is left, in whole milliseconds; 0 when it is over.</summary>
    public int RemainingMs => Math.Max(0, milliseconds - (int)Math.Min(int.MaxValue, time.GetElapsedTime(_start).TotalMilliseconds));

    /// <summary>True when nothing is left.</summary>
    public bool IsOver => RemainingMs == 0;
}
