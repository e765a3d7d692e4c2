using System.Diagnostics;
using Cairn.Core.Projects;

namespace Cairn.Engine.Capture;

/// <summary>Leaves a session or a project alone, or takes it up again, as a person asked.</summary>
public sealed class PauseCapture(PauseList pauses, IPauseStore store, ProjectResolver projects)
{
    /// <summary>Runs it.</summary>
    /// <param name="input">What is meant.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<PauseOutcome> RunAsync(PauseInput input, CancellationToken ct)
    {
        var project = projects.Resolve(input.Cwd);
        var (subject, words) = input.Scope switch
        {
            PauseScope.Project => (project.Identity, $"project {project.Label}"),
            PauseScope.Session when input.AgentSessionId is { Length: > 0 } id => (id, $"session {id}"),
            PauseScope.Session => await store.NewestSessionAsync(project.Identity, ct) is { } newest ? (newest, $"session {newest}") : ("", ""),
            _ => throw new UnreachableException(),
        };
        if (subject.Length == 0)
        {
            return new PauseOutcome.NoSession($"No session of {project.Label} is known yet; name one with --session, or pause the project with --project.");
        }

        var changed = input.Paused
            ? await pauses.PauseAsync(input.Scope, subject, ct)
            : await pauses.ResumeAsync(input.Scope, subject, ct);
        return new PauseOutcome.Done(changed, words);
    }
}

/// <summary>What a person wants left alone, or taken up again.</summary>
/// <param name="Paused">True to leave it alone.</param>
/// <param name="Scope">A session or a project.</param>
/// <param name="AgentSessionId">The agent's id of the session; null for the newest one of the project.</param>
/// <param name="Cwd">A directory of the project.</param>
public sealed record PauseInput(bool Paused, PauseScope Scope, string? AgentSessionId, string Cwd);

/// <summary>What became of it. Closed: nothing outside this file adds a case.</summary>
public abstract record PauseOutcome
{
    private PauseOutcome() { }

    /// <summary>It is so now.</summary>
    /// <param name="Changed">False when it was so already.</param>
    /// <param name="Subject">What was meant, in words fit to show.</param>
    public sealed record Done(bool Changed, string Subject) : PauseOutcome;

    /// <summary>There is no session to pause.</summary>
    /// <param name="Reason">What to do, fit to show.</param>
    public sealed record NoSession(string Reason) : PauseOutcome;
}
