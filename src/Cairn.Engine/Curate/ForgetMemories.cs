namespace Cairn.Engine.Curate;

/// <summary>Forgets many memories at once, after saying how many they are.</summary>
/// <param name="store">Where they are kept.</param>
public sealed class ForgetMemories(IMemoryStore store)
{
    /// <summary>Counts what fits, and forgets it unless only a preview was asked for.</summary>
    public async Task<ForgetOutcome> RunAsync(ForgetInput input, CancellationToken ct)
    {
        if (input.Filter is { ProjectId: null, Before: null })
        {
            return new ForgetOutcome.Refused("Say of which project, or before which day; everything at once goes with the data directory.");
        }

        return input.Preview
            ? new ForgetOutcome.Counted((int)(await store.ListAsync(input.Filter, 0, 0, ct)).Total)
            : new ForgetOutcome.Forgotten(await store.ForgetAllAsync(input.Filter, ct));
    }
}

/// <summary>What to forget.</summary>
/// <param name="Filter">Which memories; names at least a project or a date.</param>
/// <param name="Preview">True to count only.</param>
public sealed record ForgetInput(MemoryFilter Filter, bool Preview);

/// <summary>What became of it. Closed: nothing outside this file adds a case.</summary>
public abstract record ForgetOutcome
{
    private ForgetOutcome() { }

    /// <summary>So many would be forgotten; nothing was.</summary>
    /// <param name="Count">How many fit.</param>
    public sealed record Counted(int Count) : ForgetOutcome;

    /// <summary>They are forgotten for good.</summary>
    /// <param name="Count">How many they were.</param>
    public sealed record Forgotten(int Count) : ForgetOutcome;

    /// <summary>Too much is meant.</summary>
    /// <param name="Reason">Why, fit to show.</param>
    public sealed record Refused(string Reason) : ForgetOutcome;
}
