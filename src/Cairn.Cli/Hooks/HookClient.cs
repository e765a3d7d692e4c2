using Cairn.Cli.Connection;
using Cairn.Core;
using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;
using Cairn.Core.Spool;
using Cairn.Core.Wire;

namespace Cairn.Cli.Hooks;

/// <summary>
/// <c>cairn hook &lt;agent&gt;</c>: hands one payload to the daemon and says to the agent what the daemon answers. An agent
/// waits for this process at every step, so it does as little as can be, and whatever goes wrong it ends well and says nothing.
/// </summary>
internal sealed class HookClient(AgentSpec agent, HookAnswer answer, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    /// <summary>codemem's name for a hook that only captures.</summary>
    public const string IngestCommand = "claude-hook-ingest";

    /// <summary>codemem's older name for the same.</summary>
    public const string DirectIngestCommand = "ingest-claude-hook";

    /// <summary>codemem's name for the hook that brings memories.</summary>
    public const string InjectCommand = "claude-hook-inject";

    private readonly CairnPaths _paths = CairnHome.Resolve(environment).Paths;

    /// <summary>What to run when the command line is a hook's; null when it is not.</summary>
    public static Func<int>? Of(string[] args) => args switch
    {
        ["hook", var agent, ..] when !agent.StartsWith('-') => () => Run(agent, HookAnswer.AsTheAgentExpects),
        [IngestCommand or DirectIngestCommand] => () => Run(AgentSpec.ClaudeCode.Name, HookAnswer.Nothing),
        [InjectCommand] => () => Run(AgentSpec.ClaudeCode.Name, HookAnswer.Continue),
        _ => null,
    };

    private static int Run(string agentName, HookAnswer answer)
    {
        var said = false;
        try
        {
            var environment = ProcessEnvironment.Read();
            if (!ProcessEnvironment.IsInternal(environment) && AgentSpec.Find(agentName) is { } agent)
            {
                said = new HookClient(agent, answer, environment, TimeProvider.System).Run();
            }
        }
        catch (Exception)
        {
            // Nothing that goes wrong here may reach the agent; 'cairn doctor' finds what can be found.
        }

        if (answer == HookAnswer.Continue && !said)
        {
            HookOutput.Write("{\"continue\": true}\n"u8);
        }

        return 0;
    }

    // True when the agent was told something.
    private bool Run()
    {
        var observedAt = time.GetUtcNow();
        if (HookInput.Read() is not { } payload)
        {
            new QuarantineFolder(_paths, new Redactor(), time).Keep([], $"{agent.Name} sent more than {HookInput.Limit / (1024 * 1024)} MB at once; nothing of it was kept.");
            return false;
        }

        if (payload.IsEmpty)
        {
            return false;
        }

        var settings = new SettingsReader(SettingsFile.Read(_paths.SettingsFile), environment);
        var session = ProcessEnvironment.ForSession(environment);
        var patience = new HookPatience(_paths, settings, time);
        var post = new HookPost(Route, Encode(session), observedAt.ToUnixTimeMilliseconds(), payload);

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
            var said = Finish(reply);
            patience.NoteAnswer();
            return said;
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

        return false;
    }

    private bool TryPost(HookPost post, HookPatience patience, out HttpReply? reply) =>
        post.TrySend(_paths.SocketFile, new Deadline(time, patience.ConnectLimitMs), new Deadline(time, patience.LimitMs), out reply);

    private string Route => answer == HookAnswer.Nothing
        ? Routes.ClaudeHooks
        : Routes.Hook.Replace("{agent}", agent.Name, StringComparison.Ordinal);

    private bool Finish(HttpReply reply)
    {
        var said = answer != HookAnswer.Nothing && reply is { Status: 200, Body.Length: > 2 };
        if (said)
        {
            Say(reply.Body.Span);
        }

        new DaemonReplacement(_paths, environment, time).StartIfOlder(reply.Version);
        return said;
    }

    private void Say(ReadOnlySpan<byte> body)
    {
        if (answer == HookAnswer.Continue)
        {
            HookOutput.Write([.. "{\"continue\": true, "u8, .. body[1..]]);
        }
        else
        {
            HookOutput.Write(body);
        }
    }

    private static string Encode(IReadOnlyDictionary<string, string> variables) =>
        string.Join('&', variables.Select(variable => $"{Uri.EscapeDataString(variable.Key)}={Uri.EscapeDataString(variable.Value)}"));
}

/// <summary>What a hook prints.</summary>
internal enum HookAnswer
{
    /// <summary>What the agent is to be told, in its own words; nothing when there is nothing.</summary>
    AsTheAgentExpects = 0,

    /// <summary>Nothing, whatever happens: it only captures.</summary>
    Nothing,

    /// <summary>Always an object that says to go on, with the memories in it where there are any.</summary>
    Continue,
}
