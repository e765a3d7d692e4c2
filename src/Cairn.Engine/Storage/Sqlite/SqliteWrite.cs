namespace Cairn.Engine.Storage.Sqlite;

/// <summary>One piece of work that waits for the writer.</summary>
internal abstract class SqliteWrite
{
    /// <summary>True when it may not stand in a transaction.</summary>
    public bool IsAlone { get; init; }

    public abstract void Run(SqliteSession session);

    public abstract void Succeed();

    public abstract void Fail(Exception problem);
}

/// <summary>One piece of work and the caller who waits for its result.</summary>
internal sealed class SqliteWrite<T>(Func<SqliteSession, T> work) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Succeed() => _done.SetResult(_result!);

    public override void Fail(Exception problem) => _done.SetException(problem);
}
