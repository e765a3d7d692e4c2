using System.Globalization;

namespace Cairn.Daemon.Http;

/// <summary>Reads numbers of a query string; what is out of range is refused with the range.</summary>
internal static class QueryText
{
    /// <summary>The number, or the default where it is not given.</summary>
    /// <exception cref="BadHttpRequestException">It is no number in the range; the message says what is allowed.</exception>
    public static int Number(HttpRequest request, string name, int defaultValue, int min, int max)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
        {
            return defaultValue;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new BadHttpRequestException(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {min} to {max}."));
    }

    /// <summary>The text; null where it is not given.</summary>
    public static string? Text(HttpRequest request, string name) =>
        request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
