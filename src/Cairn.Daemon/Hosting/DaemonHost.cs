using System.Net;
using Cairn.Core.Configuration;
using Cairn.Core.Hosting;
using Cairn.Core.Redaction;
using Cairn.Core.Spool;
using Cairn.Core.Wire;
using Cairn.Daemon.Http;
using Cairn.Daemon.Viewer;
using Cairn.Engine;

namespace Cairn.Daemon.Hosting;

/// <summary>The daemon, wired: what it is made of, and which doors it has.</summary>
internal static class DaemonHost
{
    /// <summary>Builds the host; nothing listens yet.</summary>
    public static WebApplication Build(CairnPaths paths, ListeningPoint endpoint, SettingsReader settings, TimeProvider time)
    {
        // The empty builder: the usual ones watch the home for a configuration file, and every write to the database wakes them.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "cairn-daemon", ContentRootPath = paths.Home });
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new DaemonLog(paths, settings));
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HookEndpoints.LargestPayload;
            kestrel.ListenUnixSocket(paths.SocketFile);
            kestrel.Listen(IPAddress.Loopback, endpoint.Port);
            if (endpoint.SecondPort != 0)
            {
                kestrel.Listen(IPAddress.Loopback, endpoint.SecondPort);
            }
        });

        builder.WebHost.UseSockets(sockets =>
        {
            sockets.CreateBoundListenSocket = endpoint.ListenerOf;
            // What a socket brings is handled on the thread that brought it: a hook's answer waits for nobody else's turn.
            sockets.UnsafePreferInlineScheduling = true;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.Services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(paths);
        builder.Services.AddSingleton(endpoint);
        builder.Services.AddSingleton<Redactor>();
        builder.Services.AddSingleton<AccessToken>();
        builder.Services.AddSingleton<LiveSettings>();
        builder.Services.AddSingleton<QuarantineFolder>();
        builder.Services.AddSingleton<SpoolReader>();
        builder.Services.AddSingleton<Recollections>();
        builder.Services.AddSingleton<Examination>();
        builder.Services.AddSingleton<Health>();
        builder.Services.AddSingleton<HookHandler>();
        builder.Services.AddSingleton<TranscriptQueue>();
        builder.Services.AddSingleton<BackfillJob>();
        builder.Services.AddSingleton<DaemonLife>();
        builder.Services.AddSingleton(services => new CairnEngine(
            paths, services.GetRequiredService<Redactor>(), time, services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddHostedService<WarmUp>();
        builder.Services.AddHostedService<BatchService>();
        builder.Services.AddHostedService<SpoolService>();
        builder.Services.AddHostedService<TranscriptService>();
        builder.Services.AddHostedService<SweepService>();

        var app = builder.Build();
        app.UseMiddleware<Errors>();
        app.UseMiddleware<LocalGuard>();
        app.MapHooks();
        app.MapRawEvents();
        app.MapQueue();
        app.MapCare();
        app.MapPlugins();
        app.MapHealth();
        app.MapStatus();
        app.MapMemories();
        app.MapSearch();
        app.MapContext();
        app.MapSessions();
        app.MapBackfill();
        app.MapPauses();
        app.MapStatusPage();
        app.MapFallback(context => Errors.WriteAsync(
            context, StatusCodes.Status404NotFound, "not_found", "There is nothing at this address."));
        return app;
    }
}
