using System.Collections;
using Cairn.Core.Configuration;

namespace Cairn.Core.Hosting;

/// <summary>The variables that this process was started with; the only place that reads them.</summary>
public static class ProcessEnvironment
{
    /// <summary>The variables by which people tell agents to keep their files elsewhere: below those directories are transcripts.</summary>
    public static IReadOnlyList<string> AgentDirectories { get; } = ["CLAUDE_CONFIG_DIR", "CODEX_HOME", "GEMINI_CLI_HOME"];

    /// <summary>All variables; names as the system compares them.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var variables = new Dictionary<string, string>(comparer);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return variables;
    }

    /// <summary>
    /// The variables that a client forwards to the daemon with each call: those that name a setting or an agent's directory, and the marks
    /// of internal processes. Never a secret: no setting holds one.
    /// </summary>
    public static IReadOnlyDictionary<string, string> ForSession(IReadOnlyDictionary<string, string> all) =>
        all.Where(variable => IsForwarded(variable.Key)).ToDictionary(variable => variable.Key, variable => variable.Value);

    /// <summary>True when the process was started by Cairn or by claude-mem to think for itself: it is never observed.</summary>
    public static bool IsInternal(IReadOnlyDictionary<string, string> environment) =>
        IsSet(environment, "CAIRN_INTERNAL") || IsSet(environment, "CLAUDE_MEM_INTERNAL");

    private static bool IsSet(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && value is not ("" or "0" or "false");

    /// <summary>True for a variable that goes with a call. Only what the registry declares: a variable that carries a secret is no setting.</summary>
    public static bool IsForwarded(string name) =>
        AgentDirectories.Contains(name)
        || ((name.StartsWith("CAIRN_", StringComparison.Ordinal)
                || name.StartsWith("CODEMEM_", StringComparison.Ordinal)
                || name.StartsWith("CLAUDE_MEM_", StringComparison.Ordinal))
            && (name is "CAIRN_INTERNAL" or "CLAUDE_MEM_INTERNAL" || Settings.Find(name) is not null));
}
