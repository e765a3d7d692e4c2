using Cairn.Core;
using Cairn.Core.Projects;

namespace Cairn.Engine.Curate;

/// <summary>The memories as people see and change them. A forgotten memory is not there for any of it.</summary>
public interface IMemoryStore
{
    /// <summary>Keeps a memory that a person wrote; makes its project where it is new.</summary>
    Task<Memory> AddAsync(NewMemory memory, CancellationToken ct);

    /// <summary>The memory with that number; null when there is none.</summary>
    Task<Memory?> FindAsync(long id, CancellationToken ct);

    /// <summary>A page of the memories that fit, newest first.</summary>
    /// <param name="filter">Which of them.</param>
    /// <param name="offset">How many come before the page, 0 or more.</param>
    /// <param name="limit">Most memories of the page; 0 only counts.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<MemoryPage> ListAsync(MemoryFilter filter, int offset, int limit, CancellationToken ct);

    /// <summary>Keeps a memory in view at every session start, or no longer.</summary>
    /// <returns>The memory as it is now; null when there is none with that number.</returns>
    Task<Memory?> SetPinnedAsync(long id, bool pinned, CancellationToken ct);

    /// <summary>
    /// Removes a memory's words, files and evidence for good. Of what an observer made a mark without words stays, so that
    /// observing again does not bring it back.
    /// </summary>
    /// <returns>False when there is none with that number.</returns>
    Task<bool> ForgetAsync(long id, CancellationToken ct);

    /// <summary>Forgets every memory that fits, in several transactions.</summary>
    /// <returns>How many were forgotten.</returns>
    Task<int> ForgetAllAsync(MemoryFilter filter, CancellationToken ct);

    /// <summary>The project of that label, alias or identity, the one last worked in where several share a label; null when there is none.</summary>
    Task<Project?> FindProjectAsync(string name, CancellationToken ct);
}

/// <summary>A memory that a person wrote.</summary>
/// <param name="Project">What it belongs to.</param>
/// <param name="Content">Its words.</param>
/// <param name="Pinned">True to keep it in view at every session start.</param>
/// <param name="At">When it was written, UTC.</param>
public sealed record NewMemory(ProjectIdentity Project, MemoryContent Content, bool Pinned, DateTimeOffset At);

/// <summary>Which memories are meant; what is not set does not matter.</summary>
public sealed record MemoryFilter
{
    /// <summary>Of this project only.</summary>
    public long? ProjectId { get; init; }

    /// <summary>Of this kind only.</summary>
    public string? Kind { get; init; }

    /// <summary>Only what happened before this instant.</summary>
    public DateTimeOffset? Before { get; init; }
}

/// <summary>Some of the memories that fit a filter.</summary>
/// <param name="Items">The memories of the page, newest first.</param>
/// <param name="Total">How many fit in all.</param>
public sealed record MemoryPage(IReadOnlyList<Memory> Items, long Total);
