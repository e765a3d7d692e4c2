using System.Globalization;

namespace Cairn.Engine.Capture;

/// <summary>Shortens text without breaking a character in two.</summary>
internal static class TextCut
{
    /// <summary>Keeps the beginning and the end; where characters were cut out stands how many.</summary>
    public static string InTheMiddle(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        var head = limit * 2 / 3;
        var tail = text.Length - (limit - head);
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)}\n[… {tail - head} characters cut …]\n{text.AsSpan(tail)}");
    }

    /// <summary>Keeps the beginning.</summary>
    public static string AtTheEnd(string text, int limit) =>
        text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
}
