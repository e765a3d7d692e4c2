using Cairn.Core;
using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Core.Wire;
using Cairn.Daemon.Hosting;
using Cairn.Engine;

namespace Cairn.Daemon.Http;

/// <summary>What an agent's plugin asks before it sends.</summary>
internal static class PluginEndpoints
{
    public static void MapPlugins(this IEndpointRouteBuilder routes) => routes.MapGet(Routes.OpenCodePlugin, Answer);

    private static async Task Answer(HttpContext context, CairnEngine engine, LiveSettings settings)
    {
        if (engine.StoreProblem is { } problem)
        {
            await Errors.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "not_ready", problem);
            return;
        }

        var reader = settings.For(HookRequest.EnvironmentOf(context.Request));
        await TypedResults.Ok(new PluginReply(ProductVersion.Current, SettingsOf(reader), Forwarded)).ExecuteAsync(context);
    }

    private static IReadOnlyList<string> Forwarded { get; } =
        [.. Settings.All.SelectMany(setting => setting.Names).Where(ProcessEnvironment.IsForwarded)];

    private static PluginSettingsReply SettingsOf(SettingsReader reader) => new(
        reader.Get(OpenCodeSettings.Stream),
        reader.Get(OpenCodeSettings.StartDaemon),
        reader.Get(OpenCodeSettings.StopDaemon),
        reader.Get(OpenCodeSettings.Backoff),
        reader.Get(OpenCodeSettings.StatusCheck),
        reader.Get(OpenCodeSettings.BatchEvents),
        reader.Get(OpenCodeSettings.HardMaximum),
        reader.Get(OpenCodeSettings.CommandTimeout),
        Math.Min(AgentSpec.OpenCode.ContextLimit, reader.Get(Settings.MaxCharacters)),
        reader.Get(OpenCodeSettings.MinimumVersion),
        reader.Get(OpenCodeSettings.UpdatePolicy),
        reader.Get(Settings.Viewer));
}
