using Cairn.Core.Configuration;
using Cairn.Core.Files;
using Cairn.Daemon.Hosting;

namespace Cairn.Daemon;

/// <summary>The daemon: one process for one data directory.</summary>
internal static class Program
{
    private const int Usage = 2;
    private const int AlreadyRunning = 3;

    private static async Task<int> Main(string[] args)
    {
        if (DaemonArguments.Parse(args) is not { } arguments)
        {
            await Console.Error.WriteAsync(DaemonArguments.Usage + Environment.NewLine);
            return Usage;
        }

        if (arguments.Detach)
        {
            Detachment.Leave();
        }

        SafeFile.EnsurePrivateDirectory(arguments.Paths.Home);
        using var instance = InstanceLock.TryTake(arguments.Paths);
        if (instance is null)
        {
            await Console.Error.WriteAsync($"A daemon for {arguments.Paths.Home} is running already.{Environment.NewLine}");
            return AlreadyRunning;
        }

        var settings = new SettingsReader(SettingsFile.Read(arguments.Paths.SettingsFile), HookHandler.NoEnvironment);
        var endpoint = new ListeningPoint(arguments.Paths, settings.Get(Settings.ServerPort), settings.Get(Settings.SecondPort), TimeProvider.System);
        endpoint.Prepare();
        await using var app = DaemonHost.Build(arguments.Paths, endpoint, settings, TimeProvider.System);
        await app.StartAsync();
        endpoint.Announce();
        var life = app.Services.GetRequiredService<DaemonLife>();
        try
        {
            life.NoteStart();
            await app.WaitForShutdownAsync();
        }
        finally
        {
            endpoint.Withdraw();
            life.NoteStop();
        }

        return 0;
    }
}
