namespace Cairn.Cli.Install;

/// <summary>
/// One kind of change that an installation makes: it can say what it would do, do it, and reverse it from its record
/// alone. Doing it twice is doing it once; reversing what is no longer there is no failure.
/// </summary>
internal abstract class InstallStep(InstallSite site, InstallJournal journal)
{
    /// <summary>Name of the kind of change in the manifest.</summary>
    public abstract string Kind { get; }

    /// <summary>Where it happens.</summary>
    protected InstallSite Site { get; } = site;

    /// <summary>Where it is noted before it happens.</summary>
    protected InstallJournal Journal { get; } = journal;

    /// <summary>What <see cref="ApplyAsync"/> would change now; nothing when all is as it should be.</summary>
    /// <exception cref="InstallRefusedException">It cannot be done, and why.</exception>
    public abstract IReadOnlyList<PlannedChange> Describe();

    /// <summary>Makes the change, noted before it is made.</summary>
    public abstract Task ApplyAsync(InstallReport report, CancellationToken ct);

    /// <summary>What <see cref="UndoAsync"/> would change.</summary>
    public abstract PlannedChange DescribeUndo(InstallRecord record);

    /// <summary>What <see cref="UndoAsync"/> did, as a sentence.</summary>
    public abstract string SayUndone(InstallRecord record);

    /// <summary>Reverses the change as far as it can, and says in <paramref name="report"/> what it could not.</summary>
    /// <returns>True when nothing of it is left.</returns>
    public abstract Task<bool> UndoAsync(InstallRecord record, InstallReport report, CancellationToken ct);
}

/// <summary>A change that is yet to be made.</summary>
/// <param name="What">What happens, beginning with a verb: <c>copy the programs</c>.</param>
/// <param name="Path">The file or directory that changes.</param>
/// <param name="Details">More lines to show: files copied, or the difference of a text.</param>
internal sealed record PlannedChange(string What, string Path, IReadOnlyList<string> Details);
