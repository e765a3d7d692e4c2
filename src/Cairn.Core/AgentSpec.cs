namespace Cairn.Core;

/// <summary>One coding agent that we know. Adding an agent is adding a row to <see cref="All"/>, a folder in the engine and one in <c>agents/</c>.</summary>
public sealed record AgentSpec
{
    /// <summary>Name used on the command line, in routes and in stored records, e.g. <c>claude-code</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>The program that a user starts, looked for on PATH.</summary>
    public required string Command { get; init; }

    /// <summary>Most characters that the agent puts in front of its model from one hook; what is longer it replaces by a pointer to a file.</summary>
    public required int ContextLimit { get; init; }

    /// <summary>True when what it was shown is part of the conversation that a resumed session brings back; else it starts without it.</summary>
    public required bool KeepsContext { get; init; }

    /// <summary>Claude Code. Limit measured on version 2.1.197: 9,000 characters arrive whole, 11,000 do not.</summary>
    public static readonly AgentSpec ClaudeCode = new()
    {
        Name = "claude-code",
        Title = "Claude Code",
        Command = "claude",
        ContextLimit = 10_000,
        KeepsContext = true,
    };

    /// <summary>OpenCode. It has no limit of its own for what a plugin adds; seen with version 1.18.33.</summary>
    public static readonly AgentSpec OpenCode = new()
    {
        Name = "opencode",
        Title = "OpenCode",
        Command = "opencode",
        ContextLimit = 16_000,
        KeepsContext = false,
    };

    /// <summary>Codex. Its past sessions are read; it is not installed into yet. Limit as its hooks cut text, version 0.169.0.</summary>
    public static readonly AgentSpec Codex = new()
    {
        Name = "codex",
        Title = "Codex",
        Command = "codex",
        ContextLimit = 10_000,
        KeepsContext = true,
    };

    /// <summary>Gemini CLI. Its past sessions are read; it is not installed into yet.</summary>
    public static readonly AgentSpec GeminiCli = new()
    {
        Name = "gemini-cli",
        Title = "Gemini CLI",
        Command = "gemini",
        ContextLimit = 10_000,
        KeepsContext = true,
    };

    /// <summary>Every agent whose sessions are captured as they happen.</summary>
    public static IReadOnlyList<AgentSpec> All { get; } = [ClaudeCode, OpenCode];

    /// <summary>Every agent whose own files of past sessions can be read.</summary>
    public static IReadOnlyList<AgentSpec> WithTranscripts { get; } = [ClaudeCode, Codex, GeminiCli];

    /// <summary>Finds an agent of <see cref="All"/> by its name; null when we do not know it.</summary>
    public static AgentSpec? Find(string name) =>
        All.FirstOrDefault(agent => string.Equals(agent.Name, name, StringComparison.Ordinal));
}
