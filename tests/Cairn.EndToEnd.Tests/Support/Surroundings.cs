namespace Cairn.EndToEnd.Tests.Support;

/// <summary>The environment that programs under test get: nothing of the developer's own, so that nothing of it can matter.</summary>
internal static class Surroundings
{
    public static Dictionary<string, string> Minimal(string home)
    {
        var variables = Fixed();
        variables["HOME"] = home;
        foreach (var (name, value) in Network.Restrictions())
        {
            variables[name] = value;
        }

        return variables;
    }

    private static Dictionary<string, string> Fixed() => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
        ["LANG"] = "C.UTF-8",
        ["TERM"] = "xterm-256color",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_AUTHOR_NAME"] = "Dev",
        ["GIT_AUTHOR_EMAIL"] = "dev@example.com",
        ["GIT_COMMITTER_NAME"] = "Dev",
        ["GIT_COMMITTER_EMAIL"] = "dev@example.com",
        ["IS_SANDBOX"] = "1", // lets root skip permissions
        ["DISABLE_TELEMETRY"] = "1",
        ["DISABLE_ERROR_REPORTING"] = "1",
        ["DISABLE_AUTOUPDATER"] = "1",
        ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
        ["CLAUDE_CODE_MAX_RETRIES"] = "0",
    };
}
