using Cairn.Cli.Connection;
using Cairn.Core;
using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;
using Cairn.Core.Spool;

namespace Cairn.Cli.Hooks;

/// <summary>
/// <c>cairn hook &lt;agent&gt;</c>: hands one payload to the daemon and says to the agent what the daemon answers. An agent
/// waits for this process at every step, so it does as little as can be, and whatever goes wrong it ends well and says nothing.
/// </summary>
internal sealed class HookClient(AgentSpec agent, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
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
        if (HookInput.Read() is not { } payload)
        {
            new QuarantineFolder(_paths, new Redactor(), time).Keep([], $"{agent.Name} sent more than {HookInput.Limit / (1024 * 1024)} MB at once; nothing of it was kept.");
            return;
        }

        if (payload.IsEmpty)
        {
            return;
        }

        var settings = new SettingsReader(SettingsFile.Read(_paths.SettingsFile), environment);
        var session = ProcessEnvironment.ForSession(environment);
        var patience = new HookPatience(_paths, settings, time);
        var post = new HookPost(agent.Name, Encode(session), observedAt.ToUnixTimeMilliseconds(), payload);

        // Only the start of a session waits for a daemon that has to be started: its answer is what the session begins with.
        var reached = TryPost(post, patience, out var reply);
        var launcher = new DaemonLauncher(_paths, environment, time);
        if (!reached
            && HookInput.IsSessionStart(payload.Span)
            && launcher.TryStart(insist: true)
            && launcher.WaitUntilListening(settings.Get(Settings.HookStartWait)))
        {
            reached = TryPost(post, patience, out reply);
        }

        if (reply is { IsFinal: true })
        {
            Finish(reply);
            patience.NoteAnswer();
            return;
        }

        new SpoolWriter(_paths, new Redactor(), time).Append(agent.Name, payload.Span, session, observedAt);
        if (!reached)
        {
            launcher.TryStart(insist: false);
        }
        else if (reply is null)
        {
            patience.NoteSilence();
        }
    }

    private bool TryPost(HookPost post, HookPatience patience, out HttpReply? reply) =>
        post.TrySend(_paths.SocketFile, new Deadline(time, patience.LimitMs), out reply);

    private void Finish(HttpReply reply)
    {
        if (reply is { Status: 200, Body.IsEmpty: false })
        {
            HookOutput.Write(reply.Body.Span);
        }

        new DaemonReplacement(_paths, environment, time).StartIfOlder(reply.Version);
    }

    private static string Encode(IReadOnlyDictionary<string, string> variables) =>
        string.Join('&', variables.Select(variable => $"{Uri.EscapeDataString(variable.Key)}={Uri.EscapeDataString(variable.Value)}"));
}
