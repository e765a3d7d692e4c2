using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>The pinned real client, as <c>scripts/install-clients</c> put it under <c>artifacts/</c>.</summary>
/// <param name="Program">Absolute path of the program.</param>
/// <param name="Version">The version that is pinned.</param>
internal sealed record InstalledClient(string Program, string Version)
{
    /// <summary>The client, or a skip of the running test with the reason: never a silent pass.</summary>
    public static InstalledClient OrSkip(string client = "claude-code")
    {
        var platform = $"linux-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
        using var pins = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests", "Cairn.EndToEnd.Tests", "clients.json")));
        var pin = pins.RootElement.EnumerateArray().FirstOrDefault(
            entry => entry.GetProperty("client").ValueEquals(client) && entry.GetProperty("platform").ValueEquals(platform));
        Assert.SkipWhen(pin.ValueKind == JsonValueKind.Undefined, $"no {client} is pinned for {platform}");

        var version = pin.GetProperty("version").GetString()!;
        var folder = Repository.PathOf("artifacts", "clients", client);
        var program = Path.Combine(folder, pin.GetProperty("program").GetString()!);
        var wanted = $"{version} {pin.GetProperty("integrity").GetString()}";
        var stamp = Path.Combine(folder, "installed");
        Assert.SkipUnless(
            File.Exists(program) && File.Exists(stamp) && File.ReadAllText(stamp).Trim() == wanted,
            $"{client} {version} is not installed: run scripts/install-clients");
        return new InstalledClient(program, version);
    }
}
