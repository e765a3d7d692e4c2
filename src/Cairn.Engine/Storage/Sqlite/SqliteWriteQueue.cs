namespace Cairn.Engine.Storage.Sqlite;

/// <summary>What waits for the writer. The writer sleeps while there is nothing, and takes all that waits at once.</summary>
internal sealed class SqliteWriteQueue
{
    private readonly object _gate = new();
    private List<SqliteWrite> _waiting = [];
    private List<SqliteWrite> _taken = [];
    private bool _closed;

    /// <summary>Adds one; false when the queue was closed.</summary>
    public bool TryAdd(SqliteWrite write)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _waiting.Add(write);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Takes all that waits, oldest first, and sleeps until there is something. Empty when the queue was closed. For one thread; the list is good until the next call.</summary>
    public IReadOnlyList<SqliteWrite> Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            _taken.Clear();
            (_waiting, _taken) = (_taken, _waiting);
            return _taken;
        }
    }

    /// <summary>Takes no more; what waits is still given out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }
}
