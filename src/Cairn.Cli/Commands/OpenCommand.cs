using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Cairn.Core.Wire;

namespace Cairn.Cli.Commands;

/// <summary><c>cairn open</c></summary>
internal static class OpenCommand
{
    public static CairnCommand Create() => new CairnCommand(
        "open",
        "Open the daemon's page in a browser, and print its address.",
        "cairn open")
        .Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken ct)
    {
        var daemon = await context.RunningDaemonAsync(ct);
        var health = await daemon.GetAsync(Routes.ApiHealth, WireJson.Default.HealthReply, ct);
        if (context.Output.IsJson)
        {
            context.Output.Json(health, WireJson.Default.HealthReply);
            return ExitCode.Ok;
        }

        var address = $"http://127.0.0.1:{health.Port}/";
        context.Output.Line(address);
        if (context.Output.IsWatched && HasScreen(context.Environment))
        {
            Show(address);
        }

        return ExitCode.Ok;
    }

    private static bool HasScreen(IReadOnlyDictionary<string, string> environment) =>
        !OperatingSystem.IsLinux() || environment.ContainsKey("DISPLAY") || environment.ContainsKey("WAYLAND_DISPLAY");

    private static void Show(string address)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(address) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        try
        {
            using var browser = Process.Start(start);
        }
        catch (Win32Exception)
        {
            // There is no program that opens pages; the address is printed.
        }
    }
}
