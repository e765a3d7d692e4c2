using System.Text.Json.Serialization;

namespace Cairn.Cli.Install;

/// <summary>What <c>cairn install --json</c> prints without an agent.</summary>
internal sealed record AgentListReply(IReadOnlyList<AgentReply> Agents);

/// <summary>One agent: whether it was found, by its program or its configuration directory, and whether Cairn is installed into it.</summary>
internal sealed record AgentReply(string Name, string Title, bool Found, string? Program, string? ConfigDirectory, bool Installed);

/// <summary>What <c>cairn install</c> and <c>cairn uninstall</c> print with <c>--json</c>.</summary>
/// <param name="DryRun">True when nothing was changed.</param>
/// <param name="Planned">What would be changed; empty when it was.</param>
/// <param name="Done">What was changed.</param>
/// <param name="Warnings">What the user should know.</param>
/// <param name="Failures">What could not be done, each with what finishes it.</param>
/// <param name="Port">The port that the daemon bound; null where it was not started.</param>
internal sealed record InstallReply(
    bool DryRun, IReadOnlyList<PlannedChange> Planned, IReadOnlyList<string> Done, IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Failures, int? Port);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AgentListReply))]
[JsonSerializable(typeof(InstallReply))]
internal sealed partial class InstallReplyJson : JsonSerializerContext;
