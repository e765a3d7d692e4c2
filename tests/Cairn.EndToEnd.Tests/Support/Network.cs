using System.Net.NetworkInformation;

namespace Cairn.EndToEnd.Tests.Support;

/// <summary>What the clients under test can reach.</summary>
internal static class Network
{
    /// <summary>True where loopback is the only network, as <c>scripts/in-loopback-only</c> makes it.</summary>
    public static bool LoopbackOnly { get; } =
        NetworkInterface.GetAllNetworkInterfaces().All(network => network.NetworkInterfaceType == NetworkInterfaceType.Loopback);

    /// <summary>
    /// Variables that keep a client from reaching out where it is not alone: every proxy is a closed port. Empty inside a
    /// namespace with loopback alone.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Restrictions() =>
        LoopbackOnly
            ? new Dictionary<string, string>()
            : new Dictionary<string, string>
            {
                ["HTTP_PROXY"] = "http://127.0.0.1:9",
                ["HTTPS_PROXY"] = "http://127.0.0.1:9",
                ["ALL_PROXY"] = "http://127.0.0.1:9",
                ["NO_PROXY"] = "127.0.0.1,localhost",
            };

    /// <summary>Says in the test's output which of the two holds.</summary>
    public static void Report() =>
        TestContext.Current.TestOutputHelper?.WriteLine(LoopbackOnly
            ? "network: loopback alone"
            : "network: the machine's own; proxies point to a closed port, so a client that ignores them could reach out");
}
