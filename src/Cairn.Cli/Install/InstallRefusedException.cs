namespace Cairn.Cli.Install;

/// <summary>The installation stops before it changes anything more; the message says why and what to do, fit to show.</summary>
internal sealed class InstallRefusedException(string message) : Exception(message);
