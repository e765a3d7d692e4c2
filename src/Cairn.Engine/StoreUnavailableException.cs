namespace Cairn.Engine;

/// <summary>The database cannot be used now: corrupt, locked, read-only, full, foreign or newer than this version. Nothing was written.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Makes one with its reason.</summary>
    /// <param name="reason">What is wrong and what to do, fit to show to a person.</param>
    /// <param name="inner">What the database said.</param>
    public StoreUnavailableException(string reason, Exception? inner = null) : base(reason, inner) { }
}
