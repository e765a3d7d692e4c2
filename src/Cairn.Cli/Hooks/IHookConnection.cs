namespace Cairn.Cli.Hooks;

/// <summary>A connection to the daemon's socket, blocking, as a hook needs it and no more.</summary>
internal interface IHookConnection : IDisposable
{
    /// <summary>Connects.</summary>
    /// <param name="socketFile">The daemon's Unix socket.</param>
    /// <param name="deadline">When to give up.</param>
    ConnectOutcome Connect(string socketFile, Deadline deadline);

    /// <summary>Sends everything.</summary>
    /// <returns>False when the other side hung up or the time is over; it may still have answered.</returns>
    bool Send(ReadOnlySpan<byte> bytes, Deadline deadline);

    /// <summary>Receives what is there.</summary>
    /// <returns>How many bytes; 0 when the other side is done; -1 when the connection broke or the time is over.</returns>
    int Receive(Span<byte> buffer, Deadline deadline);
}

/// <summary>What became of a connection.</summary>
internal enum ConnectOutcome
{
    /// <summary>It stands.</summary>
    Connected,

    /// <summary>Nobody listens, or somebody else does.</summary>
    NobodyListens,

    /// <summary>Somebody listens and did not take it in time.</summary>
    TimedOut,
}
