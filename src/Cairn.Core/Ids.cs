namespace Cairn.Core;

/// <summary>Names one memory outside the process. UUIDv7, so memories made later sort later.</summary>
/// <param name="Value">The 128-bit value; written as 32 lowercase hex digits everywhere outside the process.</param>
public readonly record struct MemoryId(Guid Value)
{
    /// <summary>Makes a fresh id stamped with the clock's current UTC time (millisecond resolution).</summary>
    public static MemoryId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("n");
}

/// <summary>Names one recall: what was shown to a session, when and why.</summary>
/// <param name="Value">The 128-bit value; written as 32 lowercase hex digits everywhere outside the process.</param>
public readonly record struct ReceiptId(Guid Value)
{
    /// <summary>Makes a fresh id stamped with the clock's current UTC time (millisecond resolution).</summary>
    public static ReceiptId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("n");
}

/// <summary>Names one conversation of an agent: the agent's name and the id that the agent gave it.</summary>
/// <param name="Agent">Name of an agent: see <see cref="AgentSpec"/>.</param>
/// <param name="AgentSessionId">The agent's own session id, opaque to us, 1 to 512 characters.</param>
public readonly record struct SessionKey(string Agent, string AgentSessionId)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Agent}/{AgentSessionId}";
}
