namespace Cairn.Core.Wire;

/// <summary>What an agent's plugin has to know before it sends events.</summary>
/// <param name="Version">The daemon's version.</param>
/// <param name="Settings">The plugin's settings as they hold for this session.</param>
/// <param name="Variables">Names of the environment variables that a client forwards: those that name a setting.</param>
public sealed record PluginReply(string Version, PluginSettingsReply Settings, IReadOnlyList<string> Variables);

/// <summary>The settings of OpenCode's plugin; see <see cref="Configuration.OpenCodeSettings"/>.</summary>
/// <param name="Stream">Whether it sends events.</param>
/// <param name="StartDaemon">Whether it starts the daemon.</param>
/// <param name="StopDaemon">Whether it stops the daemon that it started.</param>
/// <param name="BackoffMs">Milliseconds for which it leaves a daemon alone that does not answer.</param>
/// <param name="StatusCheckMs">Milliseconds between two such questions.</param>
/// <param name="BatchEvents">Most events at once.</param>
/// <param name="HardMaximum">Most events that it holds.</param>
/// <param name="CommandTimeoutMs">Most milliseconds for a command.</param>
/// <param name="ContextCharacters">Most characters of memories in front of the model.</param>
/// <param name="MinimumVersion">Oldest version that will do; empty for no check.</param>
/// <param name="UpdatePolicy"><c>notify</c>, <c>off</c> or <c>auto</c>.</param>
/// <param name="Viewer">Whether there are pages to point to.</param>
public sealed record PluginSettingsReply(
    bool Stream, bool StartDaemon, bool StopDaemon, int BackoffMs, int StatusCheckMs, int BatchEvents, int HardMaximum,
    int CommandTimeoutMs, int ContextCharacters, string MinimumVersion, string UpdatePolicy, bool Viewer);
