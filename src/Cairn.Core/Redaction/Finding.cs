namespace Cairn.Core.Redaction;

/// <summary>A stretch of text to be replaced; the default value means that nothing was found.</summary>
/// <param name="Start">First character of it.</param>
/// <param name="End">First character after it; 0 when nothing was found.</param>
internal readonly record struct Finding(int Start, int End)
{
    /// <summary>True when there is something to replace.</summary>
    public bool Found => End > 0;
}
