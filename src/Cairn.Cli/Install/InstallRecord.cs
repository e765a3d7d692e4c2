namespace Cairn.Cli.Install;

/// <summary>One change that an installation made or was about to make: all that is needed to reverse it.</summary>
internal sealed record InstallRecord
{
    /// <summary>The kind of change, a <see cref="InstallStep.Kind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The agent that it was made for; null for what all agents share.</summary>
    public string? Agent { get; init; }

    /// <summary>The file, link or directory that was made or changed.</summary>
    public required string Path { get; init; }

    /// <summary>False while the change is being made; a record that stays so was interrupted.</summary>
    public required bool Done { get; init; }

    /// <summary>When it was begun, in milliseconds since 1970.</summary>
    public required long StartedAtMs { get; init; }

    /// <summary>The version that made it.</summary>
    public required string Version { get; init; }

    /// <summary>What stood at <see cref="Path"/> before the first installation; null where that was nothing of the user's.</summary>
    public OriginalFile? Original { get; init; }

    /// <summary>How the agent was told of us; only for that kind of change.</summary>
    public AgentRegistration? Registration { get; init; }

    /// <summary>True when both speak of the same thing.</summary>
    public bool Concerns(string kind, string path) => Kind == kind && Path == path;
}

/// <summary>A file of the user's as it was before we first changed it.</summary>
internal sealed record OriginalFile
{
    /// <summary>False when there was no such file.</summary>
    public required bool Existed { get; init; }

    /// <summary>SHA-256 of its bytes in lowercase hex; null when there was no such file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>A copy of its bytes; null when there was no such file.</summary>
    public string? Backup { get; init; }

    /// <summary>What the path pointed to where it was a symbolic link, as the link says it.</summary>
    public string? LinkTarget { get; init; }
}

/// <summary>How an agent was told of us.</summary>
internal sealed record AgentRegistration
{
    /// <summary>Which way was taken, a name of <see cref="ClaudeCode.RegistrationRoute"/>.</summary>
    public required string Route { get; init; }

    /// <summary>The agent's configuration directory where it was set by the environment; null for the usual one.</summary>
    public string? ConfigDirectory { get; init; }

    /// <summary>The agent's program that was asked; null when none was.</summary>
    public string? Client { get; init; }

    /// <summary>SHA-256 of the settings file as we left it; null when we did not change it.</summary>
    public string? LeftSha256 { get; init; }

    /// <summary>Directories of the agent's that we made, the outer one first.</summary>
    public IReadOnlyList<string> MadeDirectories { get; init; } = [];

    /// <summary>Addresses of the HTTP hooks that were ever put into the settings file.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];
}
