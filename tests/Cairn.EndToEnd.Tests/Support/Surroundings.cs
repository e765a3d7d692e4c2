namespace Cairn.EndToEnd.Tests.Support;

/// <summary>The environment that programs under test get: nothing of the developer's own, so that nothing of it can matter.</summary>
internal static class Surroundings
{
    public static Dictionary<string, string> Minimal(string home) => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
        ["HOME"] = home,
        ["LANG"] = "C.UTF-8",
        ["TERM"] = "xterm-256color",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_AUTHOR_NAME"] = "Dev",
        ["GIT_AUTHOR_EMAIL"] = "dev@example.com",
        ["GIT_COMMITTER_NAME"] = "Dev",
        ["GIT_COMMITTER_EMAIL"] = "dev@example.com",
    };
}
