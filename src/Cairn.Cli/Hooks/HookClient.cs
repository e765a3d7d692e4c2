using Cairn.Cli.Connection;
using Cairn.Core;
using Cairn.Core.Configuration;
using Cairn.Core.Hosting;

namespace Cairn.Cli.Hooks;

/// <summary>
/// <c>cairn hook &lt;agent&gt;</c>: hands one payload to the daemon and says to the agent what the daemon answers. An agent
/// waits for this process at every step, so it does as little as can be, and whatever goes wrong it ends well and says nothing.
/// </summary>
internal sealed class HookClient(AgentSpec agent, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    private static readonly TimeSpan BetweenReplacements = TimeSpan.FromMinutes(1);

    private readonly CairnPaths _paths = CairnHome.Resolve(environment).Paths;

    /// <summary>Runs one hook.</summary>
    /// <returns>0, always.</returns>
    public static int Run(string agentName)
    {
        try
        {
            var environment = ProcessEnvironment.Read();
            if (!ProcessEnvironment.IsInternal(environment) && AgentSpec.Find(agentName) is { } agent)
            {
                new HookClient(agent, environment, TimeProvider.System).Run();
            }
        }
        catch (Exception)
        {
            // Nothing that goes wrong here may reach the agent; 'cairn doctor' finds what can be found.
        }

        return 0;
    }

    private void Run()
    {
        var observedAt = time.GetUtcNow();
        if (HookInput.Read() is not { IsEmpty: false } payload)
        {
            return;
        }

        var settings = new SettingsReader(SettingsFile.Read(_paths.SettingsFile), environment);
        var session = ProcessEnvironment.ForSession(environment);
        var post = new HookPost(agent.Name, Encode(session), observedAt.ToUnixTimeMilliseconds(), payload);
        var launcher = new DaemonLauncher(_paths, environment, time);

        var reached = TryPost(post, settings, out var reply);
        if (!reached)
        {
            var isStart = HookInput.IsSessionStart(payload.Span);
            launcher.TryStart(insist: isStart);
            if (isStart && launcher.WaitUntilListening(settings.Get(Settings.HookStartWait)))
            {
                TryPost(post, settings, out reply);
            }
        }

        if (reply is { IsFinal: true })
        {
            Finish(reply);
        }
    }

    private bool TryPost(HookPost post, SettingsReader settings, out HookReply? reply) =>
        post.TrySend(_paths.SocketFile, new Deadline(time, settings.Get(Settings.HookTimeout)), out reply);

    private void Finish(HookReply reply)
    {
        if (reply is { Status: 200, Body.IsEmpty: false })
        {
            HookOutput.Write(reply.Body.Span);
        }

        if (reply.Version is { } version && ProductVersion.IsOlder(version, ProductVersion.Current))
        {
            ReplaceDaemon();
        }
    }

    // Another process does it: the old daemon finishes its writes first, and the agent waits for this one.
    private void ReplaceDaemon()
    {
        if (time.GetUtcNow() - File.GetLastWriteTimeUtc(_paths.ReplacedFile) > BetweenReplacements)
        {
            File.WriteAllBytes(_paths.ReplacedFile, []);
            DetachedProcess.TryStart(Environment.ProcessPath!, ["restart"], DaemonProgram.EnvironmentOfSibling(environment));
        }
    }

    private static string Encode(IReadOnlyDictionary<string, string> variables) =>
        string.Join('&', variables.Select(variable => $"{Uri.EscapeDataString(variable.Key)}={Uri.EscapeDataString(variable.Value)}"));
}
