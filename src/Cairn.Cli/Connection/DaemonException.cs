namespace Cairn.Cli.Connection;

/// <summary>The daemon could not be reached, or refused. Message and advice are fit to show.</summary>
internal sealed class DaemonException(string message, string advice, int exitCode) : Exception(message)
{
    /// <summary>What to do about it; empty when the message says it all.</summary>
    public string Advice { get; } = advice;

    /// <summary>What the command ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
