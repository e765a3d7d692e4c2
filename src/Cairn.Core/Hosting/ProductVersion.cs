using System.Reflection;

namespace Cairn.Core.Hosting;

/// <summary>The version of the product that this code belongs to.</summary>
public static class ProductVersion
{
    /// <summary>E.g. <c>0.1.0</c>.</summary>
    public static string Current { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>True when <paramref name="candidate"/> is an older release than <paramref name="than"/>; text that is no version counts as older.</summary>
    public static bool IsOlder(string candidate, string than) =>
        !Version.TryParse(candidate, out var left) || (Version.TryParse(than, out var right) && left < right);
}
