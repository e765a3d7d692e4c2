using System.Collections.Concurrent;

namespace Cairn.Engine.Capture;

/// <summary>What a pause applies to.</summary>
public enum PauseScope
{
    /// <summary>One session, named by its agent's id.</summary>
    Session = 0,

    /// <summary>One project, named by its identity.</summary>
    Project,
}

/// <summary>The sessions and projects of which a person wants nothing captured for now. Outlives the daemon.</summary>
public sealed class PauseList(IPauseStore store, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private ConcurrentDictionary<(PauseScope, string), bool>? _paused;
    private IReadOnlyList<PastPause>? _past;

    /// <summary>True when nothing of it is to be captured.</summary>
    public async ValueTask<bool> IsPausedAsync(PauseScope scope, string subject, CancellationToken ct) =>
        (_paused ?? await LoadAsync(ct)).ContainsKey((scope, subject));

    /// <summary>True when it had been paused at that time and was resumed since.</summary>
    public async ValueTask<bool> WasPausedAsync(PauseScope scope, string subject, DateTimeOffset at, CancellationToken ct)
    {
        var past = Volatile.Read(ref _past);
        if (past is null)
        {
            Volatile.Write(ref _past, past = await store.ListPastAsync(ct));
        }

        return past.Count > 0 && past.Any(pause => pause.Scope == scope && pause.Subject == subject && at >= pause.PausedAt && at <= pause.ResumedAt);
    }

    /// <summary>Everything that is paused.</summary>
    public async Task<IReadOnlyList<(PauseScope Scope, string Subject)>> ListAsync(CancellationToken ct) =>
        [.. (_paused ?? await LoadAsync(ct)).Keys];

    /// <summary>Stops the capture.</summary>
    /// <returns>False when it was paused already.</returns>
    public async Task<bool> PauseAsync(PauseScope scope, string subject, CancellationToken ct)
    {
        var paused = _paused ?? await LoadAsync(ct);
        await store.AddAsync(scope, subject, time.GetUtcNow(), ct);
        return paused.TryAdd((scope, subject), true);
    }

    /// <summary>Lets it be captured again.</summary>
    /// <returns>False when it was not paused.</returns>
    public async Task<bool> ResumeAsync(PauseScope scope, string subject, CancellationToken ct)
    {
        var paused = _paused ?? await LoadAsync(ct);
        await store.RemoveAsync(scope, subject, time.GetUtcNow(), ct);
        Volatile.Write(ref _past, null);
        return paused.TryRemove((scope, subject), out _);
    }

    /// <inheritdoc/>
    public void Dispose() => _loading.Dispose();

    private async Task<ConcurrentDictionary<(PauseScope, string), bool>> LoadAsync(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            return _paused ??= new((await store.ListAsync(ct)).Select(entry => KeyValuePair.Create(entry, true)));
        }
        finally
        {
            _loading.Release();
        }
    }
}

/// <summary>Keeps pauses on disk.</summary>
public interface IPauseStore
{
    /// <summary>Every pause.</summary>
    Task<IReadOnlyList<(PauseScope Scope, string Subject)>> ListAsync(CancellationToken ct);

    /// <summary>Adds a pause; an existing one stays as it is.</summary>
    Task AddAsync(PauseScope scope, string subject, DateTimeOffset at, CancellationToken ct);

    /// <summary>The agent's id of the project's session that was active last; null when there is none.</summary>
    Task<string?> NewestSessionAsync(string projectIdentity, CancellationToken ct);

    /// <summary>Every pause that is over.</summary>
    Task<IReadOnlyList<PastPause>> ListPastAsync(CancellationToken ct);

    /// <summary>Ends a pause, and remembers from when to when it was; a missing one is fine.</summary>
    Task RemoveAsync(PauseScope scope, string subject, DateTimeOffset at, CancellationToken ct);
}

/// <summary>A pause that is over.</summary>
/// <param name="Scope">What was paused.</param>
/// <param name="Subject">Its name.</param>
/// <param name="PausedAt">When it began, UTC.</param>
/// <param name="ResumedAt">When it ended, UTC.</param>
public sealed record PastPause(PauseScope Scope, string Subject, DateTimeOffset PausedAt, DateTimeOffset ResumedAt);
