using System.Globalization;

namespace Cairn.Cli;

/// <summary>Builds the daemon's addresses.</summary>
internal static class Address
{
    /// <summary>A route with its query; what is null or empty is left out.</summary>
    public static string Of(string route, params IReadOnlyList<(string Name, string? Value)> query)
    {
        var given = query.Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}").ToList();
        return given.Count == 0 ? route : $"{route}?{string.Join('&', given)}";
    }

    /// <summary>A route that names one thing by its number.</summary>
    public static string Of(string route, long id) =>
        route.Replace("{id:long}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
