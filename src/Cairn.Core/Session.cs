namespace Cairn.Core;

/// <summary>One conversation of an agent, as stored.</summary>
public sealed record Session
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>The agent and its own id of the conversation.</summary>
    public required SessionKey Key { get; init; }

    /// <summary>The project that it worked in.</summary>
    public required Project Project { get; init; }

    /// <summary>The directory that it was started in, as the agent said it.</summary>
    public required string Cwd { get; init; }

    /// <summary>When its first event happened, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its last event happened, UTC.</summary>
    public required DateTimeOffset LastEventAt { get; init; }

    /// <summary>When the agent said that it ended, UTC; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many prompts people gave it.</summary>
    public required int Prompts { get; init; }

    /// <summary>How many events are stored of it.</summary>
    public required int Events { get; init; }
}

/// <summary>A body of work: a repository, or a directory that is none.</summary>
/// <param name="Id">Row id.</param>
/// <param name="Identity">What makes it the same project: see <see cref="Projects.ProjectIdentity"/>.</param>
/// <param name="Label">What people call it: the last part of its path.</param>
/// <param name="Root">Absolute path of the main checkout or directory.</param>
public sealed record Project(long Id, string Identity, string Label, string Root);
